// Who is on call: the organisation's calendars, each with who is on call now.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { OnCallMade, OnCallShown, OnCallWanted } from '#contract/on-call.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { onCallQuery } from '#dashboard/client/notification-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Facts, Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { CalendarForm } from './CalendarForm.tsx'

export const OnCall = () => {
  const { onCall: words, saved } = useWords(notificationWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const session = useSession()
  const query = useQuery(onCallQuery)
  const [adding, setAdding] = useState(false)
  const make = useMutation({
    mutationFn: (wanted: OnCallWanted) => sendJson<OnCallMade>('POST', apiPath('/on-call'), wanted),
    onSuccess: async () => {
      setAdding(false)
      announce(saved)
      await client.invalidateQueries({ queryKey: onCallQuery.queryKey })
    },
  })
  return (
    <Stack $gap={3}>
      <WhenLoaded query={query}>
        {({ items, people }) => (
          <>
            {adding ? (
              <Panel>
                <CalendarForm
                  title={words.newTitle}
                  known={null}
                  people={people}
                  save={make}
                  cancel={() => setAdding(false)}
                />
              </Panel>
            ) : hasRole(session, 'manager') ? (
              <div>
                <Button onClick={() => setAdding(true)}>{words.add}</Button>
              </div>
            ) : null}
            {items.length === 0 && !adding ? (
              <Panel>
                <Empty title={words.none} step={hasRole(session, 'manager') ? words.noneStep : words.noneOther} />
              </Panel>
            ) : (
              items.map((calendar) => <CalendarPanel key={calendar.id} calendar={calendar} />)
            )}
          </>
        )}
      </WhenLoaded>
    </Stack>
  )
}

const CalendarPanel = ({ calendar }: { calendar: OnCallShown }) => {
  const words = useWords(notificationWords)
  const { onCall } = words
  const { format, language } = useText()
  const { nameOf } = usePremisesNames()
  const name = pickName(calendar.name, language, calendar.id).text
  const { person, substitute, to } = calendar.now
  return (
    <Panel aria-labelledby={calendar.id}>
      <Stack $gap={2}>
        <h2 id={calendar.id}>{name}</h2>
        {calendar.enabled ? null : <p>{onCall.off}</p>}
        <Facts
          facts={[
            [
              onCall.now,
              person === null ? words.nobody : `${person.name}, ${onCall.until(format.instant(to, calendar.timeZone))}`,
            ],
            [onCall.substitute, substitute?.name ?? words.nobody],
            [words.premises, calendar.premises === null ? words.allPremises : nameOf(calendar.premises)],
          ]}
        />
        <p>
          <AppLink to={`/notifications/on-call/${calendar.id}`}>{onCall.open(name)}</AppLink>
        </p>
      </Stack>
    </Panel>
  )
}
