// The audit log, newest first: who did what, whether its chain of digests holds; what fits the filter to be taken out as a file.
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { AuditShown } from '#contract/audit.ts'
import { auditCheckQuery, auditQuery, takeAudit } from '#dashboard/client/audit-queries.ts'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { TableLinks } from '#dashboard/components/TableLinks.tsx'
import { formatCsv } from '#dashboard/format/csv.ts'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { actionWord } from '#dashboard/text/audit/action-word.ts'
import { auditWords } from '#dashboard/text/audit/words.ts'
import { adminWords } from '#dashboard/text/admin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { downloadFile, downloadText } from '#dashboard/ui/download.ts'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { wordOf } from '#domain/writing/word-of.ts'
import { AuditFilters, useAuditFilter } from './AuditFilters.tsx'

/** The id of what was seen when a whole list was. */
const WHOLE_LIST = 'all'

const XLSX = ['xlsx'] as const

export const AuditLog = () => {
  const words = useWords(adminWords)
  const filter = useAuditFilter()
  const query = useInfiniteQuery({ ...auditQuery(filter), placeholderData: keepPreviousData })
  const lines = query.data?.pages.flatMap(({ items }) => items) ?? []
  const isFiltered = Object.keys(filter).length > 0
  return (
    <Stack $gap={3}>
      <Chain />
      <Panel>
        <Stack $gap={3}>
          <AuditFilters />
          <WhenLoaded query={query}>
            {() =>
              lines.length === 0 ? (
                <Empty title={isFiltered ? words.noMatch : words.noLines} />
              ) : (
                <Stack>
                  <Lines lines={lines} />
                  {query.hasNextPage ? (
                    <div>
                      <Button variant="secondary" onClick={() => void query.fetchNextPage()}>
                        {words.more}
                      </Button>
                    </div>
                  ) : null}
                  <Take />
                </Stack>
              )
            }
          </WhenLoaded>
        </Stack>
      </Panel>
    </Stack>
  )
}

/** Whether every line still fits the one before it. */
const Chain = () => {
  const words = useWords(adminWords)
  const check = useQuery(auditCheckQuery).data
  if (check === undefined) return null
  return check.brokenAt === null ? (
    <InlineAlert>{words.chainHolds}</InlineAlert>
  ) : (
    <InlineAlert status="error">{words.chainBroken(String(check.brokenAt))}</InlineAlert>
  )
}

const Lines = ({ lines }: { lines: readonly AuditShown[] }) => {
  const words = useWords(adminWords)
  const log = useWords(auditWords)
  const { text, format } = useText()
  const nameOf = useOrganisationNames()
  const { all, nameOf: premisesNameOf } = usePremisesNames()
  return (
    <DataTable
      caption={words.audit}
      quietCaption
      rows={lines}
      rowKey={({ seq }) => String(seq)}
      sortWord={text.common.sorted}
      columns={[
        { key: 'when', head: words.when, heading: true, render: ({ at }) => format.instant(at, OWN_ZONE, 'second') },
        {
          key: 'who',
          head: words.who,
          render: ({ actor, login }) => (
            <Stack $gap={0.5}>
              {actor.name}
              <Small>
                {login ?? words.actors[actor.kind]}
                {actor.organisation === null ? '' : `, ${nameOf(actor.organisation)}`}
              </Small>
            </Stack>
          ),
        },
        { key: 'what', head: words.what, render: ({ action }) => actionWord(log, action) },
        {
          key: 'target',
          head: words.target,
          render: ({ kind, id, target, premises }) => (
            <Stack $gap={0.5}>
              {wordOf(log.kinds, kind)}
              {(target ?? id) === WHOLE_LIST ? null : <Small>{target ?? id}</Small>}
              {premises === null || kind === 'premises' || all.length < 2 ? null : (
                <Small>{premisesNameOf(premises)}</Small>
              )}
            </Stack>
          ),
        },
        { key: 'check', head: words.check, wideOnly: true, render: ({ hash }) => <code>{hash.slice(0, 12)}</code> },
      ]}
    />
  )
}

/** Everything that fits the filter as a file: one JSON object a line, whose digests can be checked again; or a table. */
const Take = () => {
  const words = useWords(adminWords)
  const log = useWords(auditWords)
  const { language, format } = useText()
  const filter = useAuditFilter()
  const [taken, setTaken] = useState(0)
  const take = useMutation({
    mutationFn: async (form: 'ndjson' | 'csv') => {
      setTaken(0)
      const lines = await takeAudit(filter, setTaken)
      if (form === 'csv') {
        const head = [
          words.when,
          words.who,
          words.login,
          words.organisation,
          words.what,
          words.target,
          'id',
          words.check,
        ]
        const rows = lines.map(({ at, actor, login, action, kind, id, target, hash }) => [
          at,
          actor.name,
          login,
          actor.organisation,
          actionWord(log, action),
          [wordOf(log.kinds, kind), target].filter((part) => part !== null).join(': '),
          id,
          hash,
        ])
        downloadText('samtila-audit.csv', formatCsv(language, [head, ...rows]), 'text/csv')
      } else {
        const text = lines.map((line) => JSON.stringify(line)).join('\n')
        downloadFile('samtila-audit.ndjson', text, 'application/x-ndjson')
      }
    },
  })
  return (
    <Stack $gap={1}>
      {take.error === null ? null : <Refusal error={take.error} />}
      <Row>
        <Button variant="secondary" disabled={take.isPending} onClick={() => take.mutate('csv')}>
          {words.downloadCsv}
        </Button>
        <Button variant="secondaryNoBorder" disabled={take.isPending} onClick={() => take.mutate('ndjson')}>
          {words.download}
        </Button>
        <TableLinks list="audit" filters={filter} formats={XLSX} />
      </Row>
      <Small as="output">{take.isPending ? words.taking(format.number(taken, 0)) : words.everything}</Small>
    </Stack>
  )
}
