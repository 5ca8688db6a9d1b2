// What is to be changed of many devices; what is left empty stays as it is.
import { useId, useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import { useQuery } from '@tanstack/react-query'
import type { BulkEditNew } from '#contract/bulk-edits.ts'
import { premisesQuery } from '#dashboard/client/queries.ts'
import { useDeviceTypes } from '#dashboard/components/device-types.ts'
import { IntervalField } from '#dashboard/components/IntervalField.tsx'
import { OrganisationSelect } from '#dashboard/components/OrganisationSelect.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { tagsOf } from '#dashboard/components/tags.ts'
import { findWords } from '#dashboard/text/find/words.ts'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Grid, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'

type Edit = BulkEditNew['edit']
const TEXTS = ['manufacturer', 'model'] as const
const ROLES = ['holder', 'maintainer', 'user', 'payer', 'dataHolder'] as const
const EMPTY = {
  addTags: '',
  removeTags: '',
  space: '',
  type: '',
  manufacturer: '',
  model: '',
  expectedInterval: '',
  role: '',
  organisation: '',
  roleFrom: '',
  state: '',
  stateFrom: '',
}
const editOf = (wanted: typeof EMPTY): Edit => {
  const edit: Record<string, unknown> = {}
  const [add, remove] = [tagsOf(wanted.addTags), tagsOf(wanted.removeTags)]
  if (add.length > 0) edit['addTags'] = add
  if (remove.length > 0) edit['removeTags'] = remove
  for (const key of [...TEXTS, 'space', 'type', 'expectedInterval'] as const)
    if (wanted[key].trim() !== '') edit[key] = wanted[key].trim()
  const { role, organisation, roleFrom, state, stateFrom } = wanted
  if (role !== '' && organisation !== '')
    edit['role'] = { role, organisation, ...(roleFrom === '' ? {} : { from: roleFrom }) }
  if (state !== '') edit['state'] = { state, ...(stateFrom === '' ? {} : { from: stateFrom }) }
  return edit as Edit
}

type Props = {
  busy: boolean
  /** Where all of the devices are; their space is then chosen from its spaces. */
  premises: string | undefined
  onCheck: (edit: Edit) => void
}
export const EditForm = ({ busy, premises, onCheck }: Props) => {
  const { bulk: words } = useWords(findWords)
  const lifecycle = useWords(lifecycleWords)
  const { text, language } = useText()
  const types = useDeviceTypes()
  const { all, nameOf } = usePremisesNames()
  const [chosenPlace, setChosenPlace] = useState('')
  const where = premises ?? chosenPlace
  const place = useQuery({ ...premisesQuery(where), enabled: where !== '' }).data
  const [wanted, setWanted] = useState(EMPTY)
  const [isEmpty, setEmpty] = useState(false)
  const [roleFrom, stateFrom] = [useId(), useId()]
  const put = (part: Partial<typeof EMPTY>) => setWanted({ ...wanted, ...part })
  const field = (key: 'addTags' | 'removeTags' | (typeof TEXTS)[number], label: string, hint?: string) => (
    <TextInput
      labelText={label}
      {...(hint === undefined ? {} : { hintText: hint })}
      value={wanted[key]}
      fullWidth
      onChange={(value) => put({ [key]: String(value ?? '') })}
    />
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const edit = editOf(wanted)
        setEmpty(Object.keys(edit).length === 0)
        if (Object.keys(edit).length > 0) onCheck(edit)
      }}
    >
      <Stack $gap={3}>
        <Grid $min={280} $gap={3}>
          {field('addTags', words.addTags, words.tagsHint)}
          {field('removeTags', words.removeTags, words.tagsHint)}
          {premises === undefined ? (
            <Select
              label={`${words.space}: ${lifecycle.transfer.premises.toLowerCase()}`}
              value={chosenPlace}
              options={[{ value: '', text: '–' }, ...all.map(({ id }) => ({ value: id, text: nameOf(id) }))]}
              onChange={(value) => {
                setChosenPlace(value)
                put({ space: '' })
              }}
            />
          ) : null}
          {place === undefined ? null : (
            <Select
              label={words.space}
              value={wanted.space}
              options={[
                { value: '', text: '–' },
                ...(place.spaces ?? []).map(({ id, name }) => ({ value: id, text: pickName(name, language, id).text })),
              ]}
              onChange={(space) => put({ space })}
            />
          )}
          <Select
            label={words.type}
            value={wanted.type}
            options={[{ value: '', text: '–' }, ...types.options(wanted.type)]}
            onChange={(type) => put({ type })}
          />
          {field('manufacturer', words.manufacturer)}
          {field('model', words.model)}
          <IntervalField
            value={wanted.expectedInterval}
            none={words.noInterval}
            onChange={(expectedInterval) => put({ expectedInterval })}
          />
        </Grid>
        <Grid $min={280} $gap={3}>
          <Select
            label={words.role}
            value={wanted.role}
            options={[
              { value: '', text: words.noRole },
              ...ROLES.map((role) => ({ value: role, text: text.roles[role] })),
            ]}
            onChange={(role) => put({ role })}
          />
          {wanted.role === '' ? null : (
            <>
              <OrganisationSelect
                label={words.organisation}
                none="–"
                value={wanted.organisation}
                onChange={(organisation) => put({ organisation })}
              />
              <DateField
                id={roleFrom}
                label={words.from}
                value={wanted.roleFrom}
                onChange={(day) => put({ roleFrom: day })}
              />
            </>
          )}
          <Select
            label={words.state}
            value={wanted.state}
            options={[
              { value: '', text: words.noState },
              ...Object.entries(lifecycle.states).map(([value, name]) => ({ value, text: name })),
            ]}
            onChange={(state) => put({ state })}
          />
          {wanted.state === '' ? null : (
            <DateField
              id={stateFrom}
              label={words.from}
              value={wanted.stateFrom}
              onChange={(day) => put({ stateFrom: day })}
            />
          )}
        </Grid>
        {isEmpty ? (
          <Small as="p" role="alert">
            {words.nothing}
          </Small>
        ) : null}
        <div>
          <Button type="submit" disabled={busy}>
            {words.preview}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
