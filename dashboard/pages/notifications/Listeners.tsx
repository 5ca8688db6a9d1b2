// MQTT listeners of the organisation: made, the password shown once, ended.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { ListenerMade } from '#contract/webhooks.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { listenersQuery } from '#dashboard/client/notification-queries.ts'
import { Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { ShownOnce } from '#dashboard/pages/admin/ShownOnce.tsx'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { sureWords } from '#dashboard/text/sure/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'

export const Listeners = () => {
  const { webhooks: words } = useWords(notificationWords)
  const { text } = useText()
  const sure = useWords(sureWords)
  const client = useQueryClient()
  const session = useSession()
  const query = useQuery(listenersQuery)
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const [made, setMade] = useState<ListenerMade | null>(null)
  const refresh = () => client.invalidateQueries({ queryKey: listenersQuery.queryKey })
  const make = useMutation({
    mutationFn: () => sendJson<ListenerMade>('POST', apiPath('/listeners'), { name: name.trim() }),
    onSuccess: async (answer) => {
      setMade(answer)
      setName('')
      setTried(false)
      await refresh()
    },
  })
  const end = async (id: string) => {
    await sendJson<null>('DELETE', apiPath(`/listeners/${segment(id)}`))
    await refresh()
  }
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (name.trim() !== '') make.mutate()
  }
  return (
    <Stack $gap={2}>
      <h2>{words.listeners}</h2>
      <Soft as="p">{words.listenersText}</Soft>
      {made === null ? null : (
        <ShownOnce
          title={`${words.username}: ${made.username}`}
          text={words.passwordText}
          label={words.password}
          secret={made.password}
          close={() => setMade(null)}
        />
      )}
      {make.error === null ? null : <Refusal error={make.error} />}
      <WhenLoaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{words.noListeners}</p>
          ) : (
            <DataTable
              caption={words.listeners}
              quietCaption
              rows={items}
              rowKey={({ id }) => id}
              sortWord={text.common.sorted}
              columns={[
                { key: 'name', head: words.name, heading: true, render: (one) => one.name },
                { key: 'id', head: words.username, render: ({ id }) => <code>{id}</code> },
                { key: 'topic', head: words.topic, render: ({ topic }) => <code>{topic}</code> },
                {
                  key: 'state',
                  head: words.state,
                  render: ({ connected }) => (connected ? words.connected : words.notConnected),
                },
                {
                  key: 'action',
                  act: true,
                  head: words.action,
                  render: ({ id, name: listener }) => (
                    <SureButton
                      variant="secondaryNoBorder"
                      text={words.endListener(listener)}
                      effect={sure.listener(listener)}
                      act={() => end(id)}
                    />
                  ),
                },
              ]}
            />
          )
        }
      </WhenLoaded>
      {session.operator ? null : (
        <form onSubmit={submit} noValidate>
          <Row $end $gap={2}>
            <TextInput
              labelText={words.listenerName}
              value={name}
              onChange={(typed) => setName(String(typed ?? ''))}
              {...(tried && name.trim() === '' ? { status: 'error' as const, statusText: words.nameNeeded } : {})}
            />
            <Button type="submit" variant="secondary" disabled={make.isPending}>
              {words.addListener}
            </Button>
          </Row>
        </form>
      )}
    </Stack>
  )
}
