// The first column of the tables of key figures: which month or year.
import type { CostFigures } from '#contract/cost-figures.ts'
import type { FigureColumn } from '#dashboard/components/FigureTable.tsx'
import { costWords } from '#dashboard/text/costs/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { usePeriodName } from './period-name.ts'

export type CostPeriod = CostFigures['periods'][number]

export const usePeriodColumn = (): FigureColumn<CostPeriod> => {
  const words = useWords(costWords)
  const periodName = usePeriodName()
  return {
    key: 'period',
    head: words.period,
    heading: true,
    cell: ({ period }) => period,
    render: ({ period }) => periodName(period),
  }
}

/** The periods that have costs, the newest first. */
export const periodsShown = ({ periods }: CostFigures): CostPeriod[] =>
  periods.filter(({ months }) => months > 0).toReversed()

/** `talo-2025-10-2026-09-<what>`: a file of these figures. */
export const figuresFile = ({ premises, periods }: CostFigures, what: string): string =>
  [premises, periods[0]?.period, periods.at(-1)?.period, what].filter((part) => part !== undefined).join('-')
