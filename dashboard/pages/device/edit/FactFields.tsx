// What the device is: names, serial, maker, type, place, tags, and how often it sends.
import { useQuery } from '@tanstack/react-query'
import { TextInput } from 'suomifi-ui-components'
import type { DeviceRecorded } from '#contract/devices.ts'
import { premisesQuery } from '#dashboard/client/queries.ts'
import { DeviceTypeField } from '#dashboard/components/DeviceTypeField.tsx'
import { IntervalField } from '#dashboard/components/IntervalField.tsx'
import { NamesFields } from '#dashboard/components/NamesFields.tsx'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Grid, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import type { DeviceDraft } from './device-draft.ts'

type Props = { device: DeviceRecorded; draft: DeviceDraft; onChange: (draft: DeviceDraft) => void }
export const FactFields = ({ device, draft, onChange }: Props) => {
  const { device: words } = useWords(registryWords)
  const { visibility } = useWords(lifecycleWords)
  const { language, format } = useText()
  const spaces = useQuery(premisesQuery(device.premises)).data?.spaces ?? []
  const { hidden } = device
  const put = (part: Partial<DeviceDraft>) => onChange({ ...draft, ...part })
  const field = (key: 'serial' | 'manufacturer' | 'model' | 'tags', label: string, hint?: string) => (
    <TextInput
      labelText={label}
      {...(hint === undefined ? {} : { hintText: hint })}
      value={draft[key]}
      fullWidth
      onChange={(value) => put({ [key]: String(value ?? '') })}
    />
  )
  return (
    <Stack $gap={3}>
      {hidden.length === 0 ? null : (
        <Soft as="p">{words.hidden(format.list(hidden.map((one) => wordOf(visibility.fields, one))))}</Soft>
      )}
      {hidden.includes('name') ? null : <NamesFields value={draft.name} onChange={(name) => put({ name })} />}
      <Grid $min={240}>
        {hidden.includes('serial') ? null : field('serial', words.serial)}
        {hidden.includes('model') ? null : (
          <>
            {field('manufacturer', words.manufacturer)}
            {field('model', words.model)}
          </>
        )}
      </Grid>
      {hidden.includes('type') ? null : (
        <Grid $min={320}>
          <DeviceTypeField
            label={words.type}
            none={words.typeNone}
            value={draft.type}
            onChange={(type) => put({ type })}
          />
          {field('tags', words.tags, words.tagsHint)}
        </Grid>
      )}
      <Grid $min={320}>
        {hidden.includes('place') ? null : (
          <Select
            label={words.space}
            value={draft.space}
            options={[
              { value: '', text: '–' },
              ...spaces.map(({ id, name }) => ({ value: id, text: `${pickName(name, language, id).text} (${id})` })),
            ]}
            onChange={(space) => put({ space })}
          />
        )}
        {hidden.includes('readings') ? null : (
          <IntervalField value={draft.expectedInterval} onChange={(expectedInterval) => put({ expectedInterval })} />
        )}
      </Grid>
    </Stack>
  )
}
