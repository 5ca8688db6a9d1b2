// Which column is which field, one value for all rows where no column says it, and what unknown words mean.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { styled } from 'styled-components'
import { TextInput } from 'suomifi-ui-components'
import type { ImportShown } from '#contract/imports.ts'
import { importRowsQuery } from '#dashboard/client/imports.ts'
import { deviceListQuery, organisationsQuery } from '#dashboard/client/queries.ts'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { importWords } from '#dashboard/text/imports/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Grid, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import type { Decide } from './ImportPage.tsx'

type Field = ImportShown['fields'][number]
type Option = { value: string; text: string }
/** Unknown words that are asked about at one time. */
const ASKED = 20

const Wide = styled.div`
  select,
  > div {
    width: 100%;
  }
`
export const Columns = ({ shown, onDecide }: { shown: ImportShown; onDecide: Decide }) => {
  const words = useWords(importWords)
  const { work } = shown
  const optionsOf = useOptions(work.defaults['premises'])
  const setColumn = (key: string, column: string) => {
    const { [key]: _gone, ...columns } = work.columns
    onDecide({ ...work, columns: column === '' ? columns : { ...columns, [key]: Number(column) } })
  }
  const setDefault = (key: string, value: string) => {
    const { [key]: _gone, ...defaults } = work.defaults
    onDecide({ ...work, defaults: value === '' ? defaults : { ...defaults, [key]: value } })
  }
  const header = shown.header.map((text, index) => ({ value: String(index), text }))
  // What is needed or found stands first; the rest waits behind a fold.
  const first = shown.fields.filter(
    ({ key, required }) => required || work.columns[key] !== undefined || key === 'premises',
  )
  const rest = shown.fields.filter((field) => !first.includes(field))
  const fieldOf = (field: Field) => (
    <Wide key={field.key}>
      <Stack $gap={1}>
        <Select
          label={
            field.required ? `${wordOf(words.fields, field.key)} (${words.required})` : wordOf(words.fields, field.key)
          }
          value={String(work.columns[field.key] ?? '')}
          options={[{ value: '', text: words.noColumn }, ...header]}
          onChange={(column) => setColumn(field.key, column)}
        />
        {work.columns[field.key] === undefined ? (
          <Default
            label={words.sameForAll(wordOf(words.fields, field.key))}
            options={optionsOf(field)}
            value={work.defaults[field.key] ?? ''}
            placeholder={field.default ?? ''}
            onChange={(value) => setDefault(field.key, value)}
          />
        ) : null}
      </Stack>
    </Wide>
  )
  return (
    <Panel>
      <Stack>
        <h2>{words.columnsTitle}</h2>
        <Soft as="p">{words.columnsLead}</Soft>
        <Grid $min={240}>{first.map(fieldOf)}</Grid>
        {rest.length === 0 ? null : (
          <details>
            <summary>{rest.map(({ key }) => wordOf(words.fields, key)).join(', ')}</summary>
            <Grid $min={240}>{rest.map(fieldOf)}</Grid>
          </details>
        )}
        <Meanings shown={shown} onDecide={onDecide} optionsOf={optionsOf} />
      </Stack>
    </Panel>
  )
}

type DefaultProps = {
  label: string
  options: Option[] | null
  value: string
  placeholder: string
  onChange: (value: string) => void
}
const Default = ({ label, options, value, placeholder, onChange }: DefaultProps) => {
  const words = useWords(importWords)
  const [typed, setTyped] = useState(value)
  if (options !== null)
    return (
      <Select
        label={label}
        value={value}
        options={[{ value: '', text: words.nothingChosen }, ...options]}
        onChange={onChange}
      />
    )
  return (
    <TextInput
      labelText={label}
      value={typed}
      visualPlaceholder={placeholder}
      onChange={(next) => setTyped(String(next ?? ''))}
      onBlur={() => {
        if (typed !== value) onChange(typed)
      }}
      fullWidth
    />
  )
}

/** Texts of the file that name nothing known: each is asked about once. */
const Meanings = ({
  shown,
  onDecide,
  optionsOf,
}: {
  shown: ImportShown
  onDecide: Decide
  optionsOf: (field: Field) => Option[] | null
}) => {
  const words = useWords(importWords)
  const { work } = shown
  const rows = useQuery({
    ...importRowsQuery(shown.id, shown.version, 'problems', 500),
    enabled: shown.errors > 0,
  }).data
  const asked = new Map<string, { field: Field; text: string; options: Option[] }>()
  for (const { cells, mends, problems } of rows?.rows ?? [])
    for (const { field: key, code } of problems) {
      const field = shown.fields.find((one) => one.key === key)
      const options = code === 'unknown-id' && field !== undefined ? optionsOf(field) : null
      if (field === undefined || options === null || asked.size >= ASKED) continue
      const text = (mends[field.key] ?? cells[work.columns[field.key] ?? -1] ?? '').trim()
      if (text !== '') asked.set(`${field.key} ${text}`, { field, text, options })
    }
  if (asked.size === 0) return null
  return (
    <Stack>
      <h3>{words.meaningsTitle}</h3>
      <Soft as="p">{words.meaningsLead}</Soft>
      <Row $gap={3} $end>
        {[...asked].map(([key, { field, text, options }]) => (
          <Select
            key={key}
            label={`${wordOf(words.fields, field.key)}: ${text}`}
            value=""
            options={[{ value: '', text: words.nothingChosen }, ...options, { value: '-', text: words.leaveOutValue }]}
            onChange={(value) =>
              onDecide({
                ...work,
                values: { ...work.values, [field.key]: { ...work.values[field.key], [text]: value } },
              })
            }
          />
        ))}
      </Row>
    </Stack>
  )
}

/** The things that a field can name, to choose from; null where one writes. */
const useOptions = (premises: string | undefined): ((field: Field) => Option[] | null) => {
  const { language } = useText()
  const { all } = usePremisesNames()
  const organisations = useQuery(organisationsQuery).data ?? []
  const devices = useInfiniteQuery({
    ...deviceListQuery(premises === undefined ? {} : { premises }, 200),
    refetchInterval: false,
  })
  const named = (one: { id: string; name?: Parameters<typeof pickName>[0] }): Option => ({
    value: one.id,
    text: pickName(one.name, language, one.id).text,
  })
  return ({ form, choices }) => {
    if (form === 'premises') return all.map(named)
    if (form === 'organisation') return organisations.map(named)
    if (form === 'device')
      return (devices.data?.pages ?? [])
        .flatMap(({ items }) => items)
        .map(({ id, name }) => named({ id, name: name ?? undefined }))
    return choices === null ? null : choices.map((value) => ({ value, text: value }))
  }
}
