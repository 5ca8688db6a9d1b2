// The messages of a webhook, the newest first: state, tries, status and duration of the last one; sent again one by one or all dead letters.
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, IconCheckCircle, IconClock, IconError, IconInfo, IconWarning } from 'suomifi-ui-components'
import type { DeliveryShown, ReplayDone, WebhookShown } from '#contract/webhooks.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { deliveriesQuery, webhooksQuery } from '#dashboard/client/notification-queries.ts'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { MoreRows } from '#dashboard/components/MoreRows.tsx'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { ToneMark } from '#dashboard/ui/ToneMark.tsx'

const STATES = ['', 'due', 'failed', 'dead', 'sent', 'dropped'] as const
const MARKS = {
  due: { tone: 'info', icon: IconClock },
  sent: { tone: 'good', icon: IconCheckCircle },
  failed: { tone: 'warn', icon: IconWarning },
  dead: { tone: 'bad', icon: IconError },
  dropped: { tone: 'info', icon: IconInfo },
} as const

export const Deliveries = ({ webhook, zone }: { webhook: WebhookShown; zone: string }) => {
  const { webhooks: words } = useWords(notificationWords)
  const { text, format } = useText()
  const { get, set } = useAddress()
  const announce = useAnnounce()
  const client = useQueryClient()
  const state = STATES.find((one) => one === get('state')) ?? ''
  const list = useInfiniteQuery(deliveriesQuery(webhook.id, state))
  const replay = useMutation({
    mutationFn: (ids: string[] | null) =>
      sendJson<ReplayDone>('POST', apiPath(`/webhooks/${segment(webhook.id)}/replay`), ids === null ? {} : { ids }),
    onSuccess: async (done) => {
      announce(words.replayed(done?.replayed ?? 0))
      await client.invalidateQueries({ queryKey: webhooksQuery.queryKey })
    },
  })
  const last = ({ attempts }: DeliveryShown) => {
    const one = attempts.at(-1)
    if (one === undefined) return '–'
    return (
      <Stack $gap={0}>
        <span>
          {format.instant(one.at, zone, 'second')}
          {one.status === null ? '' : `, ${one.status}`}, {words.duration(one.durationMs)}
        </span>
        {one.error === null ? null : <Small lang="en">{one.error}</Small>}
      </Stack>
    )
  }
  return (
    <Stack $gap={2}>
      <h3>{words.messages}</h3>
      <Row $end $spread>
        <Select
          label={words.show}
          value={state}
          options={STATES.map((value) => ({ value, text: value === '' ? words.every : words.deliveryStates[value] }))}
          onChange={(value) => set({ state: value === '' ? null : value })}
        />
        {webhook.dead === 0 ? null : (
          <Button variant="secondary" disabled={replay.isPending} onClick={() => replay.mutate(null)}>
            {words.replayDead}
          </Button>
        )}
      </Row>
      {replay.error === null ? null : <Refusal error={replay.error} />}
      <WhenLoaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items)
          if (items.length === 0) return <Empty title={state === '' ? words.noMessages : words.noSuchMessages} />
          return (
            <DataTable
              caption={words.messages}
              quietCaption
              rows={items}
              rowKey={({ id }) => id}
              sortWord={text.common.sorted}
              columns={[
                {
                  key: 'type',
                  head: words.type,
                  heading: true,
                  render: ({ type, body }) => (
                    <details>
                      <summary>
                        <code>{type}</code>
                      </summary>
                      <Soft as="p">{words.body}</Soft>
                      <pre lang="en">{JSON.stringify(JSON.parse(body), null, 2)}</pre>
                    </details>
                  ),
                },
                {
                  key: 'state',
                  head: words.state,
                  render: (one) => <ToneMark {...MARKS[one.state]}>{words.deliveryStates[one.state]}</ToneMark>,
                },
                { key: 'made', head: words.made, render: ({ createdAt }) => format.instant(createdAt, zone) },
                { key: 'tries', head: words.tries, figures: true, render: ({ attempts }) => String(attempts.length) },
                { key: 'last', head: words.last, render: last },
                {
                  key: 'action',
                  act: true,
                  head: words.action,
                  render: ({ id, state: is }) =>
                    is === 'due' || webhook.state !== 'on' ? (
                      '–'
                    ) : (
                      <Button
                        variant="secondaryNoBorder"
                        disabled={replay.isPending}
                        onClick={() => replay.mutate([id])}
                      >
                        {words.replay}
                      </Button>
                    ),
                },
              ]}
            />
          )
        }}
      </WhenLoaded>
      <MoreRows list={list} />
    </Stack>
  )
}
