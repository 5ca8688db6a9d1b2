// Emissions of each period by cost type, the factors they go by with their sources, and what has none.
import type { CostFigures } from '#contract/cost-figures.ts'
import { costWords } from '#dashboard/text/costs/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { figureColumn, FigureTable } from '#dashboard/components/FigureTable.tsx'
import { Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { wordOf } from '#domain/writing/word-of.ts'
import { FactorForm, FactorList } from './FactorForm.tsx'
import { figuresFile, periodsShown, usePeriodColumn, type CostPeriod } from './period-column.ts'

export const EmissionFigures = ({ figures }: { figures: CostFigures }) => {
  const { text, format } = useText()
  const words = useWords(costWords)
  const period = usePeriodColumn()
  const rows = periodsShown(figures)
  const categories = [
    ...new Set(rows.flatMap(({ emissions }) => emissions.byCategory.map(({ category }) => category))),
  ].sort()
  const missing = [...new Set(rows.flatMap(({ emissions }) => emissions.missing))].sort()
  const kg = (value: string | null) => (value === null ? '–' : format.number(Number(value), 0))
  return (
    <Panel>
      <Stack>
        <h2>{words.emissions}</h2>
        {categories.length === 0 ? (
          <p>{words.noFactors}</p>
        ) : (
          <>
            <Soft as="p">{words.emissionsNote}</Soft>
            <FigureTable
              caption={`${words.emissions}, ${words.kg}`}
              rows={rows}
              rowKey={(row) => row.period}
              fileName={figuresFile(figures, 'co2e')}
              columns={[
                period,
                ...categories.map((category) =>
                  figureColumn<CostPeriod>(
                    category,
                    wordOf(text.categories, category),
                    ({ emissions }) => emissions.byCategory.find((one) => one.category === category)?.kg ?? null,
                    kg,
                  ),
                ),
                figureColumn<CostPeriod>('total', words.total, ({ emissions }) => emissions.kg, kg),
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
