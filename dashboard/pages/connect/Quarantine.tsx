// Messages that could not be used: why, and what can be done with each.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'suomifi-ui-components'
import type { QuarantineReplayed } from '#contract/quarantine.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { quarantineQuery } from '#dashboard/client/queries.ts'
import { Age } from '#dashboard/components/Age.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { wordOf } from '#domain/writing/word-of.ts'

export const Quarantine = () => {
  const { text } = useText()
  const { quarantineReasons } = useWords(connectWords)
  const reasonOf = (reason: string) => wordOf(quarantineReasons, reason)
  const announce = useAnnounce()
  const client = useQueryClient()
  const { timeZoneOf } = usePremisesNames()
  const list = useQuery(quarantineQuery)
  const refresh = () => client.invalidateQueries({ queryKey: quarantineQuery.queryKey })
  const replay = useMutation({
    mutationFn: (id: number) => sendJson<QuarantineReplayed>('POST', apiPath('/quarantine/replay'), { ids: [id] }),
    onSuccess: async (answer) => {
      const refused = answer?.refused[0]
      announce(
        refused === undefined
          ? text.quarantine.replayed(answer?.stored ?? 0)
          : text.quarantine.stillRefused(reasonOf(refused.reason)),
      )
      await refresh()
    },
  })
  const remove = useMutation({
    mutationFn: (id: number) => sendJson('DELETE', apiPath('/quarantine', { ids: id })),
    onSuccess: async () => {
      announce(text.quarantine.removed)
      await refresh()
    },
  })
  const error = replay.error ?? remove.error
  return (
    <Stack $gap={3}>
      <Soft as="p">{text.quarantine.intro}</Soft>
      {error === null ? null : <Refusal error={error} />}
      <Panel>
        <WhenLoaded query={list}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={text.quarantine.none} />
            ) : (
              <DataTable
                caption={text.quarantine.title}
                quietCaption
                rows={items}
                rowKey={({ id }) => String(id)}
                sortWord={text.common.sorted}
                columns={[
                  {
                    key: 'reason',
                    head: text.quarantine.reason,
                    heading: true,
                    sort: ({ reason }) => reasonOf(reason),
                    render: ({ reason, detail }) => (
                      <Stack $gap={0.5}>
                        <strong>{reasonOf(reason)}</strong>
                        <Small lang="en">
                          {reason}: {detail}
                        </Small>
                      </Stack>
                    ),
                  },
                  {
                    key: 'device',
                    head: text.quarantine.device,
                    sort: ({ device }) => device,
                    render: ({ device, credential, topic }) => (
                      <Stack $gap={0.5}>
                        {device === null ? credential : <AppLink to={`/devices/${device}`}>{device}</AppLink>}
                        <Small>{topic}</Small>
                      </Stack>
                    ),
                  },
                  {
                    key: 'payload',
                    head: text.quarantine.payload,
                    render: ({ payload }) => <code className="breaks">{payload.slice(0, 160)}</code>,
                  },
                  {
                    key: 'count',
                    head: text.quarantine.times,
                    figures: true,
                    sort: ({ count }) => count,
                    render: ({ count }) => count,
                  },
                  {
                    key: 'last',
                    head: text.quarantine.last,
                    sort: ({ lastAt }) => lastAt,
                    render: ({ lastAt, premises }) => <Age at={lastAt} timeZone={timeZoneOf(premises ?? '')} />,
                  },
                  {
                    key: 'answer',
                    act: true,
                    head: text.costs.whatToDo,
                    render: ({ id }) => (
                      <Row $gap={1}>
                        <Button variant="secondary" onClick={() => replay.mutate(id)}>
                          {text.quarantine.replay}
                        </Button>
                        <Button variant="secondaryNoBorder" onClick={() => remove.mutate(id)}>
                          {text.quarantine.remove}
                        </Button>
                      </Row>
                    ),
                  },
                ]}
              />
            )
          }
        </WhenLoaded>
      </Panel>
    </Stack>
  )
}
