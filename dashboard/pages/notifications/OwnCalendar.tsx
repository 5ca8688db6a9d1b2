// My shifts and service tasks in my own calendar program: a secret address that is shown once, and revoked here.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { CalendarLinkMade } from '#contract/notifications.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { calendarLinkQuery } from '#dashboard/client/notification-queries.ts'
import { Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { ShownOnce } from '#dashboard/pages/admin/ShownOnce.tsx'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'

export const OwnCalendar = () => {
  const { ownCalendar: words } = useWords(notificationWords)
  const { format } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const query = useQuery(calendarLinkQuery)
  const [address, setAddress] = useState<string | null>(null)
  const refresh = () => client.invalidateQueries({ queryKey: calendarLinkQuery.queryKey })
  const make = useMutation({
    mutationFn: () => sendJson<CalendarLinkMade>('POST', apiPath('/notifications/calendar-link')),
    onSuccess: async (made) => {
      setAddress(made?.url ?? null)
      await refresh()
    },
  })
  const revoke = useMutation({
    mutationFn: () => sendJson<null>('DELETE', apiPath('/notifications/calendar-link')),
    onSuccess: async () => {
      announce(words.revoked)
      await refresh()
    },
  })
  const error = make.error ?? revoke.error
  return (
    <Panel>
      <Stack $gap={2}>
        <h2>{words.title}</h2>
        <Soft as="p">{words.lead}</Soft>
        {address === null ? null : (
          <ShownOnce
            title={words.addressTitle}
            text={words.addressText}
            label={words.address}
            secret={address}
            close={() => setAddress(null)}
          />
        )}
        <WhenLoaded query={query}>
          {({ madeAt }) => (
            <>
              <p>{madeAt === null ? words.none : words.made(format.instant(madeAt, OWN_ZONE))}</p>
              <Row>
                <Button variant="secondary" disabled={make.isPending} onClick={() => make.mutate()}>
                  {madeAt === null ? words.make : words.renew}
                </Button>
                {madeAt === null ? null : (
                  <Button variant="secondaryNoBorder" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
                    {words.revoke}
                  </Button>
                )}
              </Row>
            </>
          )}
        </WhenLoaded>
        {error === null ? null : <Refusal error={error} />}
      </Stack>
    </Panel>
  )
}
