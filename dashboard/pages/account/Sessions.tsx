// Where one is signed in, and ending what one doesn't know.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { OwnSessions } from '#contract/session.ts'
import { apiPath, getJson, segment, sendJson } from '#dashboard/client/http.ts'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { sessionWords } from '#dashboard/text/session/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Soft, Stack } from '#dashboard/ui/Layout.tsx'

const ownSessionsQuery = queryOptions({
  queryKey: ['session', 'all'],
  queryFn: ({ signal }) => getJson<OwnSessions>(apiPath('/session/all'), signal),
})

export const Sessions = () => {
  const words = useWords(sessionWords)
  const { text, format } = useText()
  const client = useQueryClient()
  const query = useQuery(ownSessionsQuery)
  const end = useMutation({
    mutationFn: (id: string) => sendJson<null>('DELETE', apiPath(`/session/all/${segment(id)}`)),
    onSuccess: () => client.invalidateQueries({ queryKey: ownSessionsQuery.queryKey }),
  })
  return (
    <Stack>
      <h2>{words.sessions}</h2>
      <Soft as="p">{words.sessionsText}</Soft>
      {end.isSuccess ? <InlineAlert>{words.ended}</InlineAlert> : null}
      <WhenLoaded query={query}>
        {({ items }) => (
          <DataTable
            caption={words.sessions}
            quietCaption
            rows={items}
            rowKey={({ id }) => id}
            sortWord={text.common.sorted}
            columns={[
              {
                key: 'browser',
                head: words.browser,
                heading: true,
                render: ({ agent }) => browserOf(agent) ?? words.unknownBrowser,
              },
              { key: 'since', head: words.since, render: ({ createdAt }) => format.instant(createdAt, OWN_ZONE) },
              { key: 'until', head: words.until, render: ({ expiresAt }) => format.instant(expiresAt, OWN_ZONE) },
              {
                key: 'end',
                act: true,
                head: words.action,
                render: ({ id, current }) =>
                  current ? (
                    words.thisOne
                  ) : (
                    <Button variant="secondaryNoBorder" onClick={() => end.mutate(id)}>
                      {words.end}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </WhenLoaded>
    </Stack>
  )
}

const BROWSERS = [/Edg\//, /OPR\//, /Firefox\//, /Chrome\//, /Safari\//]
const BROWSER_NAMES = ['Edge', 'Opera', 'Firefox', 'Chrome', 'Safari']
const SYSTEMS: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]
/** What a browser says it is, in words that its user knows; null when it says nothing known. */
const browserOf = (agent: string): string | null => {
  const browser = BROWSER_NAMES[BROWSERS.findIndex((pattern) => pattern.test(agent))]
  const system = SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1]
  const known = [browser, system].filter((word) => word !== undefined)
  return known.length === 0 ? null : known.join(', ')
}
