// One's own budget: a sum of the year for each cost type, or a table.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button, Checkbox, InlineAlert } from 'suomifi-ui-components'
import type { BudgetAnswer, BudgetWanted } from '#contract/budgets.ts'
import { sendJson } from '#dashboard/client/http.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { typedAmount } from '#dashboard/client/typed-amount.ts'
import { budgetFilePath, budgetPath } from '#dashboard/client/year-queries.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { decimalToType } from '#dashboard/format/typed.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { yearWords } from '#dashboard/text/year/words.ts'
import { AmountField } from '#dashboard/components/AmountField.tsx'
import { FileInput } from '#dashboard/components/FileInput.tsx'
import { SaidByServer } from '#dashboard/components/SaidByServer.tsx'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Grid, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { wordOf } from '#domain/writing/word-of.ts'

const TYPES: Record<string, string> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}
type Props = { premises: string; answer: BudgetAnswer; close: () => void }
export const BudgetForm = ({ premises, answer: { report, version, shared: wasShared }, close }: Props) => {
  const { text, language } = useText()
  const words = useWords(yearWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const [years, setYears] = useState<Record<string, string>>({})
  const [spread, setSpread] = useState<'last-year' | 'even'>('last-year')
  const [shared, setShared] = useState(wasShared)
  const done = async () => {
    announce(words.saved)
    await client.invalidateQueries({ queryKey: ['year', premises] })
    close()
  }
  const save = useMutation({
    mutationFn: () => sendJson('PUT', budgetPath(premises, report.year), wanted(), version === 0 ? undefined : version),
    onSuccess: done,
  })
  const upload = useMutation({
    mutationFn: (file: File) =>
      sendJson(
        'PUT',
        budgetFilePath(premises, report.year, shared ? { shared: 'true' } : { shared: 'false' }),
        new Blob([file], { type: TYPES[file.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? file.type }),
        version === 0 ? undefined : version,
      ),
    onSuccess: done,
  })
  /** A line that nobody touched keeps its months. */
  const wanted = (): BudgetWanted => ({
    shared,
    lines: report.rows.flatMap((row): BudgetWanted['lines'] => {
      const written = years[row.category]
      if (written === undefined)
        return row.spread === null
          ? []
          : [{ category: row.category, months: row.months.map(({ budget }) => budget ?? '0') }]
      return written.trim() === '' ? [] : [{ category: row.category, year: typedAmount(written), spread }]
    }),
  })
  const error = save.error ?? upload.error
  const problems = error instanceof RequestError ? error.problems : []
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Stack as="form" onSubmit={submit}>
      <h2>{version === 0 ? words.make : words.edit}</h2>
      {error === null ? null : problems.length === 0 ? (
        <Refusal error={error} />
      ) : (
        <InlineAlert status="error">
          <p>{words.wrongRows}</p>
          <ul>
            {problems.map(({ pointer, message }) => (
              <li key={pointer}>
                <code>{pointer}</code> <SaidByServer>{message}</SaidByServer>
              </li>
            ))}
          </ul>
        </InlineAlert>
      )}
      <Grid $min={240}>
        {report.rows.map(({ category, budget, spread: had }) => (
          <AmountField
            key={category}
            label={words.yearSum(wordOf(text.categories, category))}
            fullWidth
            value={years[category] ?? (had === null ? '' : decimalToType(budget ?? '', language))}
            onChange={(typed) => setYears({ ...years, [category]: typed })}
          />
        ))}
      </Grid>
      <div>
        <Select
          label={words.spread}
          value={spread}
          options={(['last-year', 'even'] as const).map((value) => ({ value, text: words.spreads[value] }))}
          onChange={setSpread}
        />
      </div>
      <Soft as="p">{words.spreadNote}</Soft>
      <Checkbox checked={shared} onClick={({ checkboxState }) => setShared(checkboxState)}>
        {words.shared}
      </Checkbox>
      <Row>
        <Button type="submit" aria-disabled={save.isPending}>
          {words.save}
        </Button>
        <Button variant="secondary" type="button" onClick={close}>
          {words.cancel}
        </Button>
      </Row>
      <FileInput
        label={words.upload}
        hint={words.uploadHint}
        accept=".csv,.xlsx"
        onFile={(file) => upload.mutate(file)}
      />
    </Stack>
  )
}
