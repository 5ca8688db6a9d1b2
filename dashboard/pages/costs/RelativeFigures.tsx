// What a square metre and a person cost in each period.
import type { CostFigures } from '#contract/cost-figures.ts'
import { figureColumn, FigureTable } from '#dashboard/components/FigureTable.tsx'
import { costWords } from '#dashboard/text/costs/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { figuresFile, periodsShown, usePeriodColumn, type CostPeriod } from './period-column.ts'

export const RelativeFigures = ({ figures }: { figures: CostFigures }) => {
  const { text, format } = useText()
  const words = useWords(costWords)
  const period = usePeriodColumn()
  const rows = periodsShown(figures)
  const decimal = (value: string | null) => (value === null ? '–' : format.decimal(value))
  return (
    <Panel>
      <Stack>
        <h2>{words.relative}</h2>
        <Soft as="p">{words.relativeNote}</Soft>
        {rows.every(({ people }) => people === null) ? <Soft as="p">{words.noPeople}</Soft> : null}
        <FigureTable
          caption={words.relative}
          quietCaption
          rows={rows}
          rowKey={(row) => row.period}
          fileName={figuresFile(figures, 'm2')}
          columns={[
            period,
            figureColumn<CostPeriod>('net', text.costs.net, ({ net }) => net, format.money),
            figureColumn<CostPeriod>('floor', words.floor, ({ floorM2 }) => floorM2, decimal),
            figureColumn<CostPeriod>('perM2', words.perM2, ({ netPerM2 }) => netPerM2, format.money),
            figureColumn<CostPeriod>('people', words.people, ({ people }) => people, decimal),
            figureColumn<CostPeriod>('perPerson', words.perPerson, ({ netPerPerson }) => netPerPerson, format.money),
          ]}
        />
      </Stack>
    </Panel>
  )
}
