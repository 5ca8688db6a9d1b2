// What a square metre and a person cost in each period.
import type { CostFigures } from '#contract/cost-figures.ts'
import { costWords } from '#dashboard/text/costs/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Figures, Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { usePeriodName } from './period-name.ts'

export const RelativeFigures = ({ figures }: { figures: CostFigures }) => {
  const { text, format } = useText()
  const words = useWords(costWords)
  const periodName = usePeriodName()
  const rows = figures.periods.filter(({ months }) => months > 0)
  const decimal = (value: string | null) => (value === null ? '–' : format.decimal(value))
  return (
    <Panel>
      <Stack>
        <h2>{words.relative}</h2>
        <Soft as="p">{words.relativeNote}</Soft>
        {rows.every(({ people }) => people === null) ? <Soft as="p">{words.noPeople}</Soft> : null}
        <DataTable
          caption={words.relative}
          quietCaption
          rows={rows.toReversed()}
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
            {
              key: 'net',
              head: text.costs.net,
              figures: true,
              sort: ({ net }) => net,
              render: ({ net }) => <Figures>{format.money(net)}</Figures>,
            },
            {
              key: 'floor',
              head: words.floor,
              figures: true,
              render: ({ floorM2 }) => <Figures>{decimal(floorM2)}</Figures>,
            },
            {
              key: 'perM2',
              head: words.perM2,
              figures: true,
              sort: ({ netPerM2 }) => netPerM2,
              render: ({ netPerM2 }) => <Figures>{format.money(netPerM2)}</Figures>,
            },
            {
              key: 'people',
              head: words.people,
              figures: true,
              render: ({ people }) => <Figures>{decimal(people)}</Figures>,
            },
            {
              key: 'perPerson',
              head: words.perPerson,
              figures: true,
              sort: ({ netPerPerson }) => netPerPerson,
              render: ({ netPerPerson }) => <Figures>{format.money(netPerPerson)}</Figures>,
            },
          ]}
        />
      </Stack>
    </Panel>
  )
}
