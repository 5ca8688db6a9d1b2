// Bridges to other MQTT brokers: how each stands, and making, changing and removing them.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { BridgeShown } from '#contract/bridges.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { Age } from '#dashboard/components/Age.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { sureWords } from '#dashboard/text/sure/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Facts, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { BridgeForm } from './BridgeForm.tsx'
import { bridgesQuery } from './connect-queries.ts'

export const Bridges = () => {
  const { bridges: words } = useWords(connectWords)
  const sure = useWords(sureWords)
  const session = useSession()
  const announce = useAnnounce()
  const client = useQueryClient()
  const query = useQuery(bridgesQuery)
  const [editing, setEditing] = useState<BridgeShown | 'new' | null>(null)
  const mayChange = session.operator && hasRole(session, 'admin')
  const refresh = async (sentence: string) => {
    setEditing(null)
    announce(sentence)
    await client.invalidateQueries({ queryKey: bridgesQuery.queryKey })
  }
  const remove = async (id: string) => {
    await sendJson<null>('DELETE', apiPath(`/bridges/${segment(id)}`))
    await refresh(words.removed)
  }
  return (
    <Stack $gap={3}>
      <Soft as="p">{words.lead}</Soft>
      {!mayChange ? null : editing === null ? (
        <div>
          <Button onClick={() => setEditing('new')}>{words.add}</Button>
        </div>
      ) : (
        <Panel>
          <BridgeForm
            key={editing === 'new' ? 'new' : editing.id}
            known={editing === 'new' ? null : editing}
            saved={() => refresh(words.saved)}
            cancel={() => setEditing(null)}
          />
        </Panel>
      )}
      <WhenLoaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel>
              <Empty title={words.none} step={words.noneStep} />
            </Panel>
          ) : (
            <>
              {items.map((bridge) => (
                <Panel key={bridge.id}>
                  <Stack $gap={2}>
                    <BridgeView bridge={bridge} />
                    {mayChange ? (
                      <Row>
                        <Button variant="secondary" onClick={() => setEditing(bridge)}>
                          {words.change}
                        </Button>
                        <SureButton
                          variant="secondaryNoBorder"
                          text={words.remove}
                          effect={sure.bridge(bridge.name)}
                          act={() => remove(bridge.id)}
                        />
                      </Row>
                    ) : null}
                  </Stack>
                </Panel>
              ))}
            </>
          )
        }
      </WhenLoaded>
    </Stack>
  )
}

const BridgeView = ({ bridge }: { bridge: BridgeShown }) => {
  const { bridges: words } = useWords(connectWords)
  const { format } = useText()
  const { id, name, host, port, tls, topicFilters, standing } = bridge
  const state = standing?.state ?? 'off'
  return (
    <Stack $gap={2}>
      <h2>{name}</h2>
      <InlineAlert status={state === 'waiting' ? 'error' : 'neutral'}>
        {words.states[state]}
        {standing?.lastError == null || state === 'connected' ? null : (
          <>
            {' '}
            <span lang="en">{standing.lastError}</span>
          </>
        )}
      </InlineAlert>
      <Facts
        facts={[
          [words.id, id],
          [words.address, `${tls ? 'mqtts' : 'mqtt'}://${host}:${port}`],
          [words.filters, topicFilters.join(', ')],
          ...(standing === null
            ? []
            : ([
                [
                  words.since,
                  standing.connectedSince === null ? '–' : format.instant(standing.connectedSince, OWN_ZONE, 'second'),
                ],
                [
                  words.lastMessage,
                  standing.lastMessageAt === null ? (
                    words.noMessage
                  ) : (
                    <Age key="last" at={standing.lastMessageAt} timeZone={OWN_ZONE} />
                  ),
                ],
                [words.messages, String(standing.messages)],
                [words.inFlight, String(standing.inFlight)],
              ] satisfies [string, React.ReactNode][])),
        ]}
      />
    </Stack>
  )
}
