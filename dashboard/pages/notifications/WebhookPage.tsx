// One webhook: how it stands, a new secret, a test message, every message with its attempts, dead letters sent again.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { WebhookMade, WebhookShown, WebhookWanted } from '#contract/webhooks.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { webhookQuery, webhooksQuery } from '#dashboard/client/notification-queries.ts'
import { useGo } from '#dashboard/components/AppLink.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { ShownOnce } from '#dashboard/pages/admin/ShownOnce.tsx'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { sureWords } from '#dashboard/text/sure/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Facts, Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Deliveries } from './Deliveries.tsx'
import { WebhookForm } from './WebhookForm.tsx'
import { WebhookState } from './WebhookState.tsx'

export const WebhookPage = () => {
  const { id = '' } = useParams()
  const query = useQuery(webhookQuery(id))
  return <WhenLoaded query={query}>{(webhook) => <Shown webhook={webhook} />}</WhenLoaded>
}

const Shown = ({ webhook }: { webhook: WebhookShown }) => {
  const common = useWords(notificationWords)
  const { webhooks: words } = common
  const { format } = useText()
  const { nameOf } = usePremisesNames()
  const announce = useAnnounce()
  const client = useQueryClient()
  const go = useGo()
  const [editing, setEditing] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const sure = useWords(sureWords)
  const path = `/webhooks/${segment(webhook.id)}`
  const refresh = async (sentence: string) => {
    announce(sentence)
    await client.invalidateQueries({ queryKey: webhooksQuery.queryKey })
  }
  const save = useMutation({
    mutationFn: (wanted: WebhookWanted) => sendJson('PUT', apiPath(path), wanted, webhook.version),
    onSuccess: async () => {
      setEditing(false)
      await refresh(common.saved)
    },
  })
  const rotate = useMutation({
    mutationFn: () => sendJson<WebhookMade>('POST', apiPath(`${path}/secret`)),
    onSuccess: async (made) => {
      setSecret(made?.secret ?? null)
      await refresh(words.secretTitle)
    },
  })
  const test = useMutation({
    mutationFn: () => sendJson('POST', apiPath(`${path}/test`)),
    onSuccess: () => refresh(words.tested),
  })
  const remove = async () => {
    await sendJson<null>('DELETE', apiPath(path))
    void go('/notifications/webhooks')
    await refresh(words.removed)
  }
  const error = rotate.error ?? test.error
  return (
    <Stack $gap={3}>
      <Row $gap={2}>
        <h2>{webhook.name}</h2>
        <WebhookState webhook={webhook} />
      </Row>
      {secret === null ? null : (
        <ShownOnce
          title={words.secretTitle}
          text={words.secretText}
          label={words.secret}
          secret={secret}
          close={() => setSecret(null)}
        />
      )}
      {webhook.failingSince === null ? null : (
        <InlineAlert status="error">{words.failing(format.instant(webhook.failingSince, OWN_ZONE))}</InlineAlert>
      )}
      {webhook.oldSecretUntil === null ? null : (
        <InlineAlert>{words.rotated(format.instant(webhook.oldSecretUntil, OWN_ZONE))}</InlineAlert>
      )}
      {test.isSuccess ? <InlineAlert>{words.tested}</InlineAlert> : null}
      {error === null ? null : <Refusal error={error} />}
      <Panel>
        {editing ? (
          <WebhookForm title={webhook.name} known={webhook} save={save} cancel={() => setEditing(false)} />
        ) : (
          <Stack $gap={2}>
            <Facts
              facts={[
                [words.url, <code key="url">{webhook.url}</code>],
                [words.families, webhook.families.map((family) => common.families[family]).join(', ')],
                [common.premises, webhook.premises === null ? common.allPremises : nameOf(webhook.premises)],
              ]}
            />
            <Row>
              <Button variant="secondary" disabled={test.isPending} onClick={() => test.mutate()}>
                {words.test}
              </Button>
              <Button variant="secondary" onClick={() => setEditing(true)}>
                {common.change}
              </Button>
              <Button variant="secondary" disabled={rotate.isPending} onClick={() => rotate.mutate()}>
                {words.rotate}
              </Button>
              <SureButton
                variant="secondaryNoBorder"
                text={common.remove}
                label={`${common.remove}: ${webhook.name}`}
                effect={sure.webhook(webhook.name)}
                act={remove}
              />
            </Row>
          </Stack>
        )}
      </Panel>
      <Panel>
        <Deliveries webhook={webhook} zone={OWN_ZONE} />
      </Panel>
    </Stack>
  )
}
