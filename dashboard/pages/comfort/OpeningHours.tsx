// The opening hours of premises: the week, whether it is open now, and the two weeks ahead with holidays and exceptions.
import { useQuery } from '@tanstack/react-query'
import { IconCheckCircle, IconDisabled } from 'suomifi-ui-components'
import type { OpeningHours } from '#contract/comfort.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { openingHoursQuery } from '#dashboard/client/plan-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { usePremises } from '#dashboard/pages/premises/PremisesPage.tsx'
import { comfortWords } from '#dashboard/text/comfort/words.ts'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Facts, Figures, Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { ToneMark } from '#dashboard/ui/ToneMark.tsx'

export const OpeningHoursPanel = () => {
  const words = useWords(comfortWords)
  const { premises } = usePremises()
  const hours = useQuery(openingHoursQuery(premises.id))
  return (
    <Panel>
      <Stack>
        <WhenLoaded query={hours}>{(data) => <Shown hours={data} />}</WhenLoaded>
        <AppLink to={`/schedules?premises=${premises.id}`}>{words.toSchedules}</AppLink>
      </Stack>
    </Panel>
  )
}

const Shown = ({ hours: { schedule, openNow, days, timeZone } }: { hours: OpeningHours }) => {
  const words = useWords(comfortWords)
  const { holidays } = useWords(twinWords).schedules
  const { text, format } = useText()
  const clock = (at: string) => format.time(Date.parse(at), timeZone)
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
                .map(({ from, to }) => `${from}–${to}`)
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
                  `${words.weekdays[Temporal.PlainDate.from(date).dayOfWeek - 1] ?? ''} ${format.date(date)}`,
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
