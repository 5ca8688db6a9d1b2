// Who waits for whom in a month, with the ends of their times.
import { useQuery } from '@tanstack/react-query'
import { waitingQuery } from '#dashboard/client/month-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { monthWords } from '#dashboard/text/month/words.ts'
import { dueText } from '#dashboard/format/due.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'

type Props = { premises: string; period: string; timeZone: string }
export const MonthWaits = ({ premises, period, timeZone }: Props) => {
  const words = useWords(monthWords)
  const { format } = useText()
  const waiting = useQuery(waitingQuery({ premises, period }))
  return (
    <Stack $gap={1}>
      <h3>{words.waits}</h3>
      <WhenLoaded query={waiting}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{words.waitsNobody}</p>
          ) : (
            <ul>
              {items.map(({ kind, waitsFor, dueAt, overdue, subject }) => (
                <li key={`${kind} ${waitsFor} ${subject ?? ''}`}>
                  <Row $gap={1}>
                    <span>
                      <strong>
                        <OrganisationName id={waitsFor} />
                      </strong>{' '}
                      {words.waitKinds[kind]}
                      {dueAt === null ? null : (
                        <Soft>
                          {', '}
                          {(overdue ? words.overdue : words.until)(dueText(format, dueAt, timeZone))}
                        </Soft>
                      )}
                    </span>
                    {kind === 'dispute-to-answer' || kind === 'dispute-to-settle' ? (
                      <AppLink to={`/disputes/${subject ?? ''}`}>{words.openDispute}</AppLink>
                    ) : null}
                  </Row>
                </li>
              ))}
            </ul>
          )
        }
      </WhenLoaded>
    </Stack>
  )
}
