// The audit log, newest first: who did what, whether its chain of digests holds; to be taken out as a file.
import { infiniteQueryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { AuditPage, AuditShown } from '#contract/audit.ts'
import { apiPath, getJson } from '#dashboard/client/http.ts'
import { systemQuery } from '#dashboard/client/queries.ts'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { auditWords } from '#dashboard/text/audit/words.ts'
import { adminWords } from '#dashboard/text/admin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { wordOf } from '#domain/writing/word-of.ts'
import { downloadFile } from '#dashboard/ui/download.ts'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'

const ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone
const PAGE_LINES = 100
const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ pageParam, signal }) =>
    getJson<AuditPage>(apiPath('/audit', { limit: PAGE_LINES, after: pageParam }), signal),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
})

export const AuditLog = () => {
  const words = useWords(adminWords)
  const log = useWords(auditWords)
  const { text, format } = useText()
  const nameOf = useOrganisationNames()
  const query = useInfiniteQuery(auditQuery)
  const system = useQuery(systemQuery)
  const brokenAt = system.data?.auditBrokenAt
  const lines = query.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Stack $gap={3}>
      {brokenAt === undefined ? null : brokenAt === null ? (
        <InlineAlert>{words.chainHolds}</InlineAlert>
      ) : (
        <InlineAlert status="error">{words.chainBroken(String(brokenAt))}</InlineAlert>
      )}
      <Panel>
        <WhenLoaded query={query}>
          {() =>
            lines.length === 0 ? (
              <Empty title={words.noLines} />
            ) : (
              <Stack>
                <DataTable
                  caption={words.audit}
                  quietCaption
                  rows={lines}
                  rowKey={({ seq }) => String(seq)}
                  sortWord={text.common.sorted}
                  columns={[
                    {
                      key: 'when',
                      head: words.when,
                      heading: true,
                      render: ({ at }) => format.instant(at, ZONE, 'second'),
                    },
                    {
                      key: 'who',
                      head: words.who,
                      render: ({ actor }) => (
                        <Stack $gap={0.5}>
                          {actor.name}
                          <Small>
                            {words.actors[actor.kind]}
                            {actor.organisation === null ? '' : `, ${nameOf(actor.organisation)}`}
                          </Small>
                        </Stack>
                      ),
                    },
                    { key: 'what', head: words.what, render: ({ action }) => wordOf(log.actions, action) },
                    {
                      key: 'target',
                      head: words.target,
                      render: ({ kind, id }) => (
                        <Stack $gap={0.5}>
                          {wordOf(log.kinds, kind)}
                          <Small>{id}</Small>
                        </Stack>
                      ),
                    },
                    { key: 'check', head: words.check, render: ({ hash }) => <code>{hash.slice(0, 12)}</code> },
                  ]}
                />
                <Row>
                  {query.hasNextPage ? (
                    <Button variant="secondary" onClick={() => void query.fetchNextPage()}>
                      {words.more}
                    </Button>
                  ) : null}
                  <Button variant="secondaryNoBorder" onClick={() => save(lines)}>
                    {words.download}
                  </Button>
                </Row>
              </Stack>
            )
          }
        </WhenLoaded>
      </Panel>
    </Stack>
  )
}

/** The lines that are shown, one JSON object each, as the API gives them: their digests can be checked again. */
const save = (lines: AuditShown[]) =>
  downloadFile('samtila-audit.ndjson', lines.map((line) => JSON.stringify(line)).join('\n'), 'application/x-ndjson')
