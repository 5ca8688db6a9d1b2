// Who is on call in a week, rotation and exceptions together, without gaps.
import { useQuery } from '@tanstack/react-query'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { OnCallShown } from '#contract/on-call.ts'
import { shiftsQuery } from '#dashboard/client/notification-queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { addDays, datesOf } from '#dashboard/format/zone.ts'
import { localDate } from '#domain/writing/date.ts'

const WEEK = 7
const mondayOf = (date: string): string => datesOf('week', date).from

export const Shifts = ({ calendar }: { calendar: OnCallShown }) => {
  const words = useWords(notificationWords)
  const { onCall } = words
  const { text, format } = useText()
  const { get, set } = useAddress()
  const zone = calendar.timeZone
  const now = localDate(useNow(), zone)
  const asked = get('week')
  const monday = mondayOf(asked !== null && !Number.isNaN(Date.parse(`${asked}T00:00:00Z`)) ? asked : now)
  const query = useQuery(shiftsQuery(calendar.id, monday, WEEK))
  const span = `${format.date(monday)} – ${format.date(addDays(monday, WEEK - 1))}`
  const to = (first: string) => set({ week: first === mondayOf(now) ? null : first })
  return (
    <Stack $gap={2}>
      <Row $spread>
        <h3>
          {onCall.week} {span}
        </h3>
        <Row $gap={1}>
          <Button variant="secondary" onClick={() => to(addDays(monday, -WEEK))}>
            {onCall.previous}
          </Button>
          <Button variant="secondary" onClick={() => to(mondayOf(now))}>
            {onCall.thisWeek}
          </Button>
          <Button variant="secondary" onClick={() => to(addDays(monday, WEEK))}>
            {onCall.next}
          </Button>
        </Row>
      </Row>
      <WhenLoaded query={query}>
        {({ items }) => (
          <>
            {items.some(({ person }) => person === null) ? (
              <InlineAlert status="warning">{onCall.gap}</InlineAlert>
            ) : null}
            <DataTable
              caption={`${onCall.week} ${span}`}
              quietCaption
              rows={items}
              rowKey={({ from }) => from}
              sortWord={text.common.sorted}
              columns={[
                {
                  key: 'from',
                  head: onCall.from,
                  heading: true,
                  render: ({ from }) => format.instant(from, zone),
                },
                { key: 'to', head: onCall.to, render: ({ to: end }) => format.instant(end, zone) },
                {
                  key: 'person',
                  head: onCall.person,
                  render: ({ person }) => (person === null ? words.nobody : <strong>{person.name}</strong>),
                },
                {
                  key: 'substitute',
                  head: onCall.substitute,
                  render: ({ substitute }) => substitute?.name ?? words.nobody,
                },
                {
                  key: 'kind',
                  head: onCall.kind,
                  render: ({ person, exception }) =>
                    person === null ? '–' : exception ? onCall.exception : onCall.regular,
                },
              ]}
            />
          </>
        )}
      </WhenLoaded>
    </Stack>
  )
}
