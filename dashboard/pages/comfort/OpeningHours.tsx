// The opening hours of premises: the week, whether it is open now, the two weeks ahead with holidays and exceptions, and changing them.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, IconCheckCircle, IconDisabled } from 'suomifi-ui-components'
import type { OpeningHours } from '#contract/comfort.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { openingHoursQuery } from '#dashboard/client/plan-queries.ts'
import { schedulesQuery } from '#dashboard/client/twin-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { usePremises } from '#dashboard/pages/premises/PremisesPage.tsx'
import { ScheduleForm } from '#dashboard/pages/steering/ScheduleForm.tsx'
import { comfortWords } from '#dashboard/text/comfort/words.ts'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Dialog } from '#dashboard/components/Dialog.tsx'
import { Facts, Figures, Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { ToneMark } from '#dashboard/ui/ToneMark.tsx'

export const OpeningHoursPanel = () => {
  const words = useWords(comfortWords)
  const { premises } = usePremises()
  const session = useSession()
  const hours = useQuery(openingHoursQuery(premises.id))
  const [editing, setEditing] = useState(false)
  // The landlord's hours go before another's: others make schedules of their own on the page of schedules.
  const mayEdit =
    (session.organisation === null || session.organisation === premises.landlord) &&
    hasRole(session, 'manager', 'technician')
  return (
    <Panel>
      <Stack>
        <WhenLoaded query={hours}>{(data) => <Shown hours={data} />}</WhenLoaded>
        <Row $gap={2} className="no-print">
          {mayEdit && hours.data !== undefined ? (
            <Button variant="secondary" onClick={() => setEditing(true)}>
              {hours.data.schedule === null ? words.giveHours : words.changeHours}
            </Button>
          ) : null}
          <AppLink to={`/schedules?premises=${premises.id}`}>{words.toSchedules}</AppLink>
        </Row>
      </Stack>
      {editing ? <Edited id={hours.data?.schedule?.id ?? null} onClose={() => setEditing(false)} /> : null}
    </Panel>
  )
}

const Edited = ({ id, onClose }: { id: string | null; onClose: () => void }) => {
  const words = useWords(comfortWords)
  const { premises } = usePremises()
  const schedules = useQuery(schedulesQuery(premises.id))
  return (
    <Dialog title={words.opening} onClose={onClose}>
      <WhenLoaded query={schedules}>
        {({ items }) => (
          <ScheduleForm
            premises={premises.id}
            schedule={items.find((one) => one.id === id) ?? null}
            scenes={null}
            onDone={onClose}
          />
        )}
      </WhenLoaded>
    </Dialog>
  )
}

const Shown = ({ hours: { schedule, openNow, days, timeZone } }: { hours: OpeningHours }) => {
  const words = useWords(comfortWords)
  const { holidays } = useWords(twinWords).schedules
  const { text, format } = useText()
  const clock = (at: string) => format.time(Date.parse(at), timeZone)
  // The same every week, so of no date: written as the clock of any day.
  const wallClock = (time: string) => format.time(Date.parse(`2000-01-01T${time}Z`), 'UTC')
  const spans = (open: OpeningHours['days'][number]['open']) =>
    open.length === 0 ? words.closedDay : open.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join(', ')
  return (
    <Stack>
      <Row>
        <h2>{words.opening}</h2>
        {openNow === null ? null : (
          <ToneMark tone={openNow ? 'good' : 'info'} icon={openNow ? IconCheckCircle : IconDisabled}>
            {openNow ? words.open : words.closed}
          </ToneMark>
        )}
      </Row>
      {schedule === null ? (
        <Empty title={words.noOpening} />
      ) : (
        <>
          <Facts
            facts={words.weekdays.map((weekday, index): [string, string] => [
              weekday,
              schedule.hours
                .filter(({ days: open }) => open.includes(index + 1))
                .map(({ from, to }) => `${wallClock(from)}–${wallClock(to)}`)
                .join(', ') || words.closedDay,
            ])}
            min={110}
          />
          <p>
            {[
              ...(schedule.closedOnHolidays ? [words.holidays] : []),
              ...(schedule.closedOnEves ? [words.eves] : []),
            ].join(' · ')}
          </p>
          <DataTable
            caption={words.days}
            rows={days}
            rowKey={({ date }) => date}
            sortWord={text.common.sorted}
            columns={[
              {
                key: 'day',
                head: words.day,
                heading: true,
                render: ({ date }) =>
                  `${words.weekdays[(new Date(date).getUTCDay() + 6) % 7] ?? ''} ${format.date(date)}`,
              },
              { key: 'open', head: words.opening, render: ({ open }) => <Figures>{spans(open)}</Figures> },
              {
                key: 'why',
                head: words.because,
                render: ({ holiday, exception }) =>
                  [
                    ...(holiday === null ? [] : [wordOf(holidays, holiday)]),
                    ...(exception === null ? [] : [exception]),
                  ].join(', '),
              },
            ]}
          />
        </>
      )}
    </Stack>
  )
}
