// Webhooks of the organisation, and its MQTT listeners: how they stand, making one, its secret shown once.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { WebhookMade, WebhookShown, WebhookWanted } from '#contract/webhooks.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { webhooksQuery } from '#dashboard/client/notification-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { ShownOnce } from '#dashboard/pages/admin/ShownOnce.tsx'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { Listeners } from './Listeners.tsx'
import { WebhookForm } from './WebhookForm.tsx'
import { WebhookState } from './WebhookState.tsx'

export const Webhooks = () => {
  const { webhooks: words } = useWords(notificationWords)
  const { text } = useText()
  const client = useQueryClient()
  const query = useQuery(webhooksQuery)
  const [adding, setAdding] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const make = useMutation({
    mutationFn: (wanted: WebhookWanted) => sendJson<WebhookMade>('POST', apiPath('/webhooks'), wanted),
    onSuccess: async (made) => {
      setAdding(false)
      setSecret(made?.secret ?? null)
      await client.invalidateQueries({ queryKey: webhooksQuery.queryKey })
    },
  })
  return (
    <Stack $gap={3}>
      {secret === null ? null : (
        <ShownOnce
          title={words.secretTitle}
          text={words.secretText}
          label={words.secret}
          secret={secret}
          close={() => setSecret(null)}
        />
      )}
      {adding ? (
        <Panel>
          <WebhookForm title={words.newTitle} known={null} save={make} cancel={() => setAdding(false)} />
        </Panel>
      ) : (
        <div>
          <Button onClick={() => setAdding(true)}>{words.add}</Button>
        </div>
      )}
      <Panel>
        <WhenLoaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={words.none} step={words.noneStep} />
            ) : (
              <DataTable<WebhookShown>
                caption="Webhooks"
                quietCaption
                rows={items}
                rowKey={({ id }) => id}
                sortWord={text.common.sorted}
                columns={[
                  {
                    key: 'name',
                    head: words.name,
                    heading: true,
                    sort: ({ name }) => name,
                    render: ({ id, name }) => <AppLink to={`/notifications/webhooks/${id}`}>{name}</AppLink>,
                  },
                  { key: 'url', head: words.url, render: ({ url }) => <code>{url}</code> },
                  { key: 'state', head: words.state, render: (webhook) => <WebhookState webhook={webhook} /> },
                  { key: 'waiting', head: words.waiting, figures: true, render: ({ waiting }) => String(waiting) },
                  { key: 'dead', head: words.dead, figures: true, render: ({ dead }) => String(dead) },
                ]}
              />
            )
          }
        </WhenLoaded>
      </Panel>
      <Panel>
        <Listeners />
      </Panel>
    </Stack>
  )
}
