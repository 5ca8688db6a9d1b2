// The filters of device lists: words, state, type; each in the address.
import { useQuery } from '@tanstack/react-query'
import { SearchInput, TextInput } from 'suomifi-ui-components'
import { organisationsQuery } from '#dashboard/client/queries.ts'
import { findWords } from '#dashboard/text/find/words.ts'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Filters } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { useAddress } from './AppLink.tsx'
import { useDeviceTypes } from './device-types.ts'

const STATES = ['works', 'stale', 'offline', 'never'] as const

export const DeviceFilters = ({ children }: { children?: React.ReactNode }) => {
  const { text, language } = useText()
  const words = useWords(lifecycleWords)
  const { get, set } = useAddress()
  const types = useDeviceTypes()
  const find = useWords(findWords)
  const organisations = useQuery(organisationsQuery).data ?? []
  return (
    <Filters aria-label={text.devices.filters}>
      <SearchInput
        fullWidth
        labelText={text.common.search}
        visualPlaceholder={text.common.searchHint}
        clearButtonLabel={text.common.close}
        searchButtonLabel={text.common.search}
        defaultValue={get('q') ?? ''}
        debounce={300}
        onChange={(value) => set({ q: value })}
      />
      {children}
      <Select
        label={text.devices.state}
        value={get('state') ?? ''}
        options={[
          { value: '', text: text.devices.anyState },
          ...STATES.map((value) => ({ value, text: text.states[value] })),
        ]}
        onChange={(state) => set({ state })}
      />
      <Select
        label={words.filter}
        value={get('lifecycle') ?? ''}
        options={[
          { value: '', text: words.anyState },
          ...Object.entries(words.states).map(([value, name]) => ({ value, text: name })),
        ]}
        onChange={(lifecycle) => set({ lifecycle })}
      />
      <Select
        label={text.devices.type}
        value={get('type') ?? ''}
        options={[{ value: '', text: text.common.all }, ...types.options(get('type') ?? '')]}
        onChange={(type) => set({ type })}
      />
      <TextInput
        fullWidth
        labelText={find.tag}
        visualPlaceholder={find.anyTag}
        defaultValue={get('tag') ?? ''}
        debounce={300}
        onChange={(tag) => set({ tag: String(tag ?? '').trim() })}
      />
      <Select
        label={text.roles.maintainer}
        value={get('maintainer') ?? ''}
        options={[
          { value: '', text: find.anyone },
          ...organisations.map(({ id, name }) => ({ value: id, text: pickName(name, language, id).text })),
        ]}
        onChange={(maintainer) => set({ maintainer })}
      />
    </Filters>
  )
}
