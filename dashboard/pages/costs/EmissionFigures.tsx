// Emissions of each period by cost type, the factors they go by with their sources, and what has none.
import type { CostFigures } from '#contract/cost-figures.ts'
import { costWords } from '#dashboard/text/costs/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Figures, Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { wordOf } from '#domain/writing/word-of.ts'
import { FactorForm, FactorList } from './FactorForm.tsx'
import { usePeriodName } from './period-name.ts'

export const EmissionFigures = ({ figures }: { figures: CostFigures }) => {
  const { text, format } = useText()
  const words = useWords(costWords)
  const periodName = usePeriodName()
  const rows = figures.periods.filter(({ months }) => months > 0).toReversed()
  const categories = [
    ...new Set(rows.flatMap(({ emissions }) => emissions.byCategory.map(({ category }) => category))),
  ].sort()
  const missing = [...new Set(rows.flatMap(({ emissions }) => emissions.missing))].sort()
  const kg = (value: string | null | undefined) => (value == null ? '–' : format.number(Number(value), 0))
  return (
    <Panel>
      <Stack>
        <h2>{words.emissions}</h2>
        {categories.length === 0 ? (
          <p>{words.noFactors}</p>
        ) : (
          <>
            <Soft as="p">{words.emissionsNote}</Soft>
            <DataTable
              caption={`${words.emissions}, ${words.kg}`}
              rows={rows}
              rowKey={({ period }) => period}
              sortWord={text.common.sorted}
              columns={[
                {
                  key: 'period',
                  head: words.period,
                  heading: true,
                  sort: ({ period }) => period,
                  render: ({ period }) => periodName(period),
                },
                ...categories.map((category) => ({
                  key: category,
                  head: wordOf(text.categories, category),
                  figures: true,
                  render: ({ emissions }: (typeof rows)[number]) => (
                    <Figures>{kg(emissions.byCategory.find((one) => one.category === category)?.kg)}</Figures>
                  ),
                })),
                {
                  key: 'total',
                  head: words.total,
                  figures: true,
                  render: ({ emissions }) => (
                    <strong>
                      <Figures>{kg(emissions.kg)}</Figures>
                    </strong>
                  ),
                },
              ]}
            />
          </>
        )}
        {missing.length === 0 || categories.length === 0 ? null : (
          <p>{words.missingFactor(missing.map((one) => wordOf(text.categories, one)).join(', '))}</p>
        )}
        <FactorList figures={figures} />
        {figures.mayChange ? <FactorForm premises={figures.premises} missing={missing} /> : null}
      </Stack>
    </Panel>
  )
}
