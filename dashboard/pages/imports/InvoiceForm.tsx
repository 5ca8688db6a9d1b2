// One invoice by form: it becomes a draft of one row, so that it is checked, taken and undone like any other import.
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import { organisationsQuery } from '#dashboard/client/queries.ts'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { importWords } from '#dashboard/text/imports/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Grid, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'

const WRITTEN = ['supplier', 'number', 'net', 'vatRate', 'gross'] as const
const DAYS = ['serviceFrom', 'lastDay'] as const
const COLUMNS = ['premises', 'payer', 'category', ...WRITTEN, ...DAYS] as const
type Row = Record<(typeof COLUMNS)[number], string>
const USUAL_VAT = '25.5'
const EMPTY: Row = {
  premises: '',
  payer: '',
  supplier: '',
  number: '',
  category: '',
  net: '',
  vatRate: '',
  gross: '',
  serviceFrom: '',
  lastDay: '',
}

export const InvoiceForm = ({
  premises,
  busy,
  onFile,
}: {
  /** Chosen already; empty when none is. */
  premises: string
  busy: boolean
  onFile: (file: File) => void
}) => {
  const { text, format, language } = useText()
  const words = useWords(importWords)
  const { all, nameOf } = usePremisesNames()
  const organisations = useQuery(organisationsQuery).data ?? []
  const [given, setRow] = useState<Row>({ ...EMPTY, premises, vatRate: format.decimal(USUAL_VAT) })
  const id = useId()
  // Where there is one premises only, nobody has to choose it.
  const row = { ...given, premises: given.premises || (all.length === 1 ? (all[0]?.id ?? '') : '') }
  const set = (key: keyof Row, value: string) => setRow({ ...row, [key]: value })
  const send = () => {
    const line = COLUMNS.map((key) => `"${row[key].replaceAll('"', '""')}"`).join(';')
    onFile(new File([`${COLUMNS.join(';')}\r\n${line}\r\n`], `${row.supplier} ${row.number}.csv`.slice(0, 150)))
  }
  const ready = [row.premises, row.payer, row.supplier, row.number, row.category, row.net, row.vatRate].every(
    (one) => one.trim() !== '',
  )
  return (
    <Stack>
      <Grid $min={280}>
        <Select
          label={words.fields.premises}
          value={row.premises}
          options={[
            { value: '', text: words.nothingChosen },
            ...all.map(({ id }) => ({ value: id, text: nameOf(id) })),
          ]}
          onChange={(value) => set('premises', value)}
        />
        <Select
          label={words.fields.payer}
          value={row.payer}
          options={[
            { value: '', text: words.nothingChosen },
            ...organisations.map(({ id, name }) => ({ value: id, text: pickName(name, language, id).text })),
          ]}
          onChange={(value) => set('payer', value)}
        />
        <Select
          label={words.fields.category}
          value={row.category}
          options={[
            { value: '', text: words.nothingChosen },
            ...Object.entries(text.categories)
              .map(([value, name]) => ({ value, text: name }))
              .toSorted((a, b) => a.text.localeCompare(b.text, language)),
          ]}
          onChange={(value) => set('category', value)}
        />
        {WRITTEN.map((key) => (
          <TextInput
            key={key}
            labelText={words.fields[key]}
            value={row[key]}
            fullWidth
            onChange={(value) => set(key, String(value ?? ''))}
          />
        ))}
        {DAYS.map((key) => (
          <DateField
            key={key}
            id={`${id}-${key}`}
            label={words.fields[key]}
            value={row[key]}
            onChange={(value) => set(key, value)}
          />
        ))}
      </Grid>
      <div>
        <Button disabled={!ready || busy} onClick={send}>
          {words.invoiceCheck}
        </Button>
      </div>
    </Stack>
  )
}
