// Costs month by month: stacked bars by party or by category, and the list of months with their state.
import { useQuery } from '@tanstack/react-query'
import type { SettlementSummary } from '#contract/settlements.ts'
import { biggestKinds, inOrderOf, partyKinds } from '#dashboard/charts/biggest-kinds.ts'
import { StackedMonths } from '#dashboard/charts/StackedMonths.tsx'
import { settlementsQuery } from '#dashboard/client/queries.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Figures, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { useNow } from './Age.tsx'
import { AppLink, useAddress } from './AppLink.tsx'
import { monthsShown } from './cost-query.ts'
import { useOrganisationNames } from './organisations.ts'
import { Empty, WhenLoaded } from './QueryStates.tsx'
import { StateMark } from './StateMark.tsx'

type Props = { premises: string; timeZone: string; parties: readonly string[] }
export const MonthlyCosts = ({ premises, timeZone, parties }: Props) => {
  const { text } = useText()
  const { get, set } = useAddress()
  const now = useNow()
  const year = get('year')
  const { from, to } = monthsShown(year, now, timeZone)
  const months = useQuery(settlementsQuery(premises, from, to))
  const thisYear = new Date(now).getUTCFullYear()
  return (
    <Stack $gap={3}>
      <Row className="no-print">
        <Select
          label={text.chart.range}
          value={year ?? ''}
          options={[
            { value: '', text: text.costs.lastMonths },
            ...[0, 1, 2, 3, 4].map((back) => ({ value: String(thisYear - back), text: String(thisYear - back) })),
          ]}
          onChange={(value) => set({ year: value })}
        />
      </Row>
      <WhenLoaded query={months}>
        {({ items }) =>
          items.every(({ net }) => net === null) && items.every(({ blocked }) => blocked === 0) ? (
            <Panel>
              <Empty title={text.costs.noMonths} step={text.costs.noMonthsStep} />
            </Panel>
          ) : (
            <>
              <Panel>
                <MonthsChart premises={premises} items={items} parties={parties} />
              </Panel>
              <Panel>
                <MonthsTable premises={premises} items={items} />
              </Panel>
            </>
          )
        }
      </WhenLoaded>
    </Stack>
  )
}

type ChartProps = { premises: string; items: readonly SettlementSummary[]; parties: readonly string[] }
const MonthsChart = ({ premises, items, parties }: ChartProps) => {
  const { text } = useText()
  const { get, set } = useAddress()
  const nameOf = useOrganisationNames()
  const byParty = get('by') !== 'category'
  const inTime = items.toSorted((a, b) => a.period.localeCompare(b.period))
  const bars = inTime.map(({ period, net, statements, byCategory }) => ({
    month: period,
    total: net,
    pieces: byParty
      ? statements.map(({ party, net: amount }) => ({ key: party, amount }))
      : byCategory.map(({ category, net: amount }) => ({ key: category, amount })),
  }))
  const kinds = byParty ? partyKinds(parties, bars, nameOf) : biggestKinds(bars, (key) => wordOf(text.categories, key))
  return (
    <Stack>
      <Row $spread>
        <h2>{text.costs.byMonth}</h2>
        <Select
          label={text.common.show}
          value={byParty ? 'party' : 'category'}
          options={[
            { value: 'party', text: text.costs.party },
            { value: 'category', text: text.costs.category },
          ]}
          onChange={(by) => set({ by: by === 'party' ? null : by })}
        />
      </Row>
      <Soft as="p">{byParty ? text.costs.whoBearsText : text.costs.byMonthText}</Soft>
      <StackedMonths
        label={text.costs.byMonth}
        fileName={`${premises}-${inTime[0]?.period ?? ''}-${inTime.at(-1)?.period ?? ''}`}
        kinds={kinds}
        bars={inOrderOf(kinds, bars)}
        linkOf={(month, key) =>
          `/costs/${premises}/${month}${byParty || key === null ? '' : `?category=${encodeURIComponent(key)}`}`
        }
      />
    </Stack>
  )
}

const MonthsTable = ({ premises, items }: { premises: string; items: readonly SettlementSummary[] }) => {
  const { text, format } = useText()
  return (
    <Stack>
      <h2>{text.costs.lastMonths}</h2>
      <DataTable
        caption={text.costs.byMonth}
        quietCaption
        rows={items.toSorted((a, b) => b.period.localeCompare(a.period))}
        rowKey={({ period }) => period}
        sortWord={text.common.sorted}
        columns={[
          {
            key: 'month',
            head: text.costs.month,
            heading: true,
            sort: ({ period }) => period,
            render: ({ period }) => <AppLink to={`/costs/${premises}/${period}`}>{format.month(period)}</AppLink>,
          },
          {
            key: 'state',
            head: text.costs.state,
            render: ({ status, blocked, estimated }) => (
              <Row $gap={1}>
                <StateMark state={status} />
                {blocked > 0 ? <StateMark state="blocked" count={blocked} /> : null}
                {estimated ? <StateMark state="estimated" /> : null}
              </Row>
            ),
          },
          {
            key: 'net',
            head: text.costs.net,
            figures: true,
            sort: ({ net }) => net,
            render: ({ net }) => <Figures>{format.money(net)}</Figures>,
          },
        ]}
      />
    </Stack>
  )
}
