// Backups: make one while everything goes on, see those that are there, and how one is restored.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { BackupBegun, SystemState } from '#contract/system.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { systemQuery } from '#dashboard/client/queries.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { adminWords } from '#dashboard/text/admin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Figures, Panel, Small, Stack } from '#dashboard/ui/Layout.tsx'

const MEGABYTE = 1024 * 1024
const ASK_AGAIN_MS = 1_000

export const Backups = ({ state: { backup, backups, backupsFolder } }: { state: SystemState }) => {
  const { backup: words, when } = useWords(adminWords)
  const { text, format } = useText()
  const client = useQueryClient()
  const running = backup?.running === true
  // Asked again until it is ready; the backup goes on also when nobody asks.
  useQuery({ ...systemQuery, refetchInterval: running ? ASK_AGAIN_MS : false })
  const make = useMutation({
    mutationFn: () => sendJson<BackupBegun>('POST', apiPath('/backup'), { wait: false }),
    onSettled: () => client.invalidateQueries({ queryKey: systemQuery.queryKey }),
  })
  return (
    <Panel aria-labelledby="backups">
      <Stack>
        <h2 id="backups">{text.system.backups}</h2>
        <Stack $gap={1}>
          <div>
            <Button disabled={running || make.isPending} onClick={() => make.mutate()}>
              {words.make}
            </Button>
          </div>
          <Small>{words.next}</Small>
        </Stack>
        {make.error === null ? null : <Refusal error={make.error} />}
        <output>
          {backup === null ? null : running ? (
            <InlineAlert>{words.running(format.instant(backup.startedAt, OWN_ZONE))}</InlineAlert>
          ) : backup.failed === null ? (
            <InlineAlert>{words.done}</InlineAlert>
          ) : (
            <InlineAlert status="error" labelText={words.failed}>
              <span lang="en">{backup.failed}</span>
            </InlineAlert>
          )}
        </output>
        {backups.length === 0 ? (
          <p>{text.system.noBackups}</p>
        ) : (
          <DataTable
            caption={text.system.backups}
            quietCaption
            rows={backups}
            rowKey={({ folder }) => folder}
            sortWord={text.common.sorted}
            columns={[
              { key: 'when', head: when, heading: true, render: ({ at }) => format.instant(at, OWN_ZONE) },
              { key: 'folder', head: words.folder, render: ({ folder }) => <code>{folder}</code> },
              {
                key: 'size',
                head: words.size,
                figures: true,
                sort: ({ bytes }) => bytes,
                render: ({ bytes }) => <Figures>{format.quantity(bytes / MEGABYTE, 'MB')}</Figures>,
              },
            ]}
          />
        )}
        <p>{words.where(backupsFolder)}</p>
        <p>
          {words.restore}{' '}
          <code>
            samtila restore {backupsFolder}/{backups[0]?.folder ?? '…'}
          </code>
        </p>
      </Stack>
    </Panel>
  )
}
