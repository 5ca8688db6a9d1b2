// How quickly organisations answer and repair: median and nine of ten, by the clock and in working hours.
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import type { FaultTimes } from '#contract/faults.ts'
import { faultTimesQuery } from '#dashboard/client/fault-queries.ts'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { faultWords } from '#dashboard/text/faults/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

const HOUR_MS = 3_600_000
/** What would be written as nothing. */
const SHORTEST_MS = HOUR_MS / 20

export const FaultTimesPage = () => {
  const words = useWords(faultWords)
  const [fromId, toId] = [useId(), useId()]
  const { get, set } = useAddress()
  const { all, nameOf } = usePremisesNames()
  const wished = (key: string): Record<string, string> => {
    const value = get(key)
    return value === null ? {} : { [key]: value }
  }
  const times = useQuery(faultTimesQuery({ ...wished('premises'), ...wished('from'), ...wished('to') }))
  return (
    <Page title={words.timesTitle} lead={words.timesLead} crumbs={[{ to: '/faults', text: words.title }]}>
      <Panel>
        <Stack $gap={3}>
          <Row $gap={2} $end className="no-print">
            <Select
              label={words.premises}
              value={get('premises') ?? ''}
              options={[
                { value: '', text: words.anyPremises },
                ...all.map(({ id }) => ({ value: id, text: nameOf(id) })),
              ]}
              onChange={(premises) => set({ premises })}
            />
            <DateField
              id={fromId}
              label={words.timesFrom}
              value={get('from') ?? ''}
              onChange={(from) => set({ from })}
            />
            <DateField id={toId} label={words.timesTo} value={get('to') ?? ''} onChange={(to) => set({ to })} />
          </Row>
          <WhenLoaded query={times}>
            {({ items }) => (items.length === 0 ? <Empty title={words.noTimes} /> : <Table items={items} />)}
          </WhenLoaded>
        </Stack>
      </Panel>
    </Page>
  )
}

const Table = ({ items }: { items: FaultTimes['items'] }) => {
  const words = useWords(faultWords)
  const { text, format } = useText()
  /** Down to a tenth: a shorter time is not none. */
  const tenths = (ms: number): string =>
    ms > 0 && ms < SHORTEST_MS ? `< ${format.number(0.1, 1)}` : format.number(ms / HOUR_MS, 1)
  const hours = (ms: number): string => words.hours(ms < 10 * HOUR_MS ? tenths(ms) : format.number(ms / HOUR_MS, 0))
  const both = (byClock: number | null, working: number | null) => (
    <div>
      {byClock === null ? '–' : hours(byClock)}
      {working === null ? null : (
        <div>
          <Small>{words.workingHours(tenths(working))}</Small>
        </div>
      )}
    </div>
  )
  const { timesHeads: heads } = words
  return (
    <DataTable
      caption={words.timesTitle}
      quietCaption
      rows={items}
      rowKey={({ organisation }) => organisation}
      sortWord={text.common.sorted}
      columns={[
        {
          key: 'organisation',
          head: heads.organisation,
          heading: true,
          render: ({ name, organisation }) => <Name names={name} id={organisation} />,
        },
        {
          key: 'offered',
          head: heads.offered,
          figures: true,
          sort: (one) => one.offered,
          render: (one) => one.offered,
        },
        { key: 'accepted', head: heads.accepted, figures: true, render: (one) => one.accepted },
        { key: 'declined', head: heads.declined, figures: true, render: (one) => one.declined },
        { key: 'late', head: heads.late, figures: true, sort: (one) => one.late, render: (one) => one.late },
        {
          key: 'response',
          head: heads.response,
          figures: true,
          sort: ({ response }) => response.medianMs,
          render: ({ response }) => both(response.medianMs, response.medianWorkingMs),
        },
        {
          key: 'response90',
          head: heads.response90,
          figures: true,
          sort: ({ response }) => response.p90Ms,
          render: ({ response }) => both(response.p90Ms, response.p90WorkingMs),
        },
        {
          key: 'repair',
          head: heads.repair,
          figures: true,
          sort: ({ repair }) => repair.medianMs,
          render: ({ repair }) => both(repair.medianMs, repair.medianWorkingMs),
        },
        {
          key: 'repair90',
          head: heads.repair90,
          figures: true,
          sort: ({ repair }) => repair.p90Ms,
          render: ({ repair }) => both(repair.p90Ms, repair.p90WorkingMs),
        },
      ]}
    />
  )
}
