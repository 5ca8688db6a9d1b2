// Emission factors with date and source: those that stand, and a new one from whoever says them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { CostFigures, EmissionFactorWanted } from '#contract/cost-figures.ts'
import { factorsPath, factorsQuery } from '#dashboard/client/cost-figure-queries.ts'
import { sendJson } from '#dashboard/client/http.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { typedDecimal } from '#dashboard/format/typed.ts'
import { costWords } from '#dashboard/text/costs/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { unitSign } from '#domain/writing/number.ts'
import { wordOf } from '#domain/writing/word-of.ts'

const UNITS = ['kWh', 'MWh', 'm3'] as const
const METERED = ['electricity', 'heat', 'cooling', 'water']

const useSaved = (premises: string) => {
  const client = useQueryClient()
  const announce = useAnnounce()
  const words = useWords(costWords)
  return async () => {
    announce(words.saved)
    await Promise.all(
      [
        ['emission-factors', premises],
        ['cost-figures', premises],
      ].map((queryKey) => client.invalidateQueries({ queryKey })),
    )
  }
}

export const FactorList = ({ figures }: { figures: CostFigures }) => {
  const { text, format } = useText()
  const words = useWords(costWords)
  const saved = useSaved(figures.premises)
  const known = useQuery(factorsQuery(figures.premises)).data?.items ?? figures.factors
  const remove = useMutation({
    mutationFn: (id: string) => sendJson<null>('DELETE', factorsPath(figures.premises, id)),
    onSuccess: saved,
  })
  if (known.length === 0) return null
  return (
    <Stack $gap={1}>
      <h3>{words.factors}</h3>
      <Stack as="ul" $gap={1}>
        {known.map(({ id, premises, category, grams, unit, from, source }) => (
          <li key={id}>
            <Row $gap={1}>
              <span>
                {wordOf(text.categories, category)}: {words.factorOf(format.decimal(grams), unitSign(unit))},{' '}
                {format.date(from)}– {premises === null ? <Small>({words.ofAll})</Small> : null}
              </span>
              <Soft>{words.sourceIs(source)}</Soft>
              {figures.mayChange && premises !== null ? (
                <Button
                  className="no-print"
                  variant="secondaryNoBorder"
                  aria-label={`${words.removeFactor}: ${wordOf(text.categories, category)}, ${format.date(from)}`}
                  onClick={() => remove.mutate(id)}
                >
                  {words.removeFactor}
                </Button>
              ) : null}
            </Row>
          </li>
        ))}
      </Stack>
      {remove.error === null ? null : <Refusal error={remove.error} />}
    </Stack>
  )
}

export const FactorForm = ({ premises, missing }: { premises: string; missing: readonly string[] }) => {
  const { text } = useText()
  const words = useWords(costWords)
  const dateId = useId()
  const saved = useSaved(premises)
  const year = new Date(useNow()).getUTCFullYear()
  const [wanted, setWanted] = useState<EmissionFactorWanted>({
    category: missing[0] ?? 'electricity',
    unit: missing[0] === 'water' ? 'm3' : 'kWh',
    grams: '',
    from: `${year}-01-01`,
    source: '',
  })
  const put = (part: Partial<EmissionFactorWanted>) => setWanted({ ...wanted, ...part })
  const save = useMutation({
    mutationFn: () => sendJson('POST', factorsPath(premises), { ...wanted, grams: typedDecimal(wanted.grams) }),
    onSuccess: async () => {
      put({ grams: '' })
      await saved()
    },
  })
  return (
    <div className="no-print">
      <Fold summary={words.factorsAsked}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate()
          }}
        >
          <Stack>
            <Row $end>
              <Select
                label={words.factorCategory}
                value={wanted.category}
                options={[...new Set([...METERED, ...missing])].map((value) => ({
                  value,
                  text: wordOf(text.categories, value),
                }))}
                onChange={(category) => put({ category, unit: category === 'water' ? 'm3' : 'kWh' })}
              />
              <TextInput
                labelText={words.factorGrams}
                value={wanted.grams}
                onChange={(value) => put({ grams: String(value ?? '') })}
              />
              <Select
                label={words.factorUnit}
                value={wanted.unit}
                options={UNITS.map((value) => ({ value, text: unitSign(value) }))}
                onChange={(unit) => put({ unit })}
              />
              <DateField id={dateId} label={words.factorFrom} value={wanted.from} onChange={(from) => put({ from })} />
            </Row>
            <TextInput
              labelText={words.factorSource}
              fullWidth
              value={wanted.source}
              onChange={(value) => put({ source: String(value ?? '') })}
            />
            {save.error === null ? null : <Refusal error={save.error} />}
            <Row>
              <Button type="submit" disabled={save.isPending}>
                {words.saveFactor}
              </Button>
            </Row>
          </Stack>
        </form>
      </Fold>
    </div>
  )
}
