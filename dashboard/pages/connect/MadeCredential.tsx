// A credential that was just made: shown this once, as text, as a QR code, and as the configuration of common programs.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { styled } from 'styled-components'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { Connection, CredentialMade } from '#contract/credentials.ts'
import { apiPath, getJson } from '#dashboard/client/http.ts'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Facts, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { QrCode } from '#dashboard/ui/QrCode.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { SNIPPET_PROGRAMS, snippetFor, type SnippetProgram } from '#domain/snippets/snippet.ts'

const NAMES: Record<SnippetProgram, string> = {
  zigbee2mqtt: 'Zigbee2MQTT',
  tasmota: 'Tasmota',
  shelly: 'Shelly',
  chirpstack: 'ChirpStack',
  telegraf: 'Telegraf',
  'node-red': 'Node-RED',
  mosquitto: 'Mosquitto',
}
const Code = styled.pre`
  padding: 12px;
  overflow-x: auto;
  font-size: 14px;
  color: var(--ink);
  background: var(--ground);
  border: 1px solid var(--line);
`

export const MadeCredential = ({ made, close }: { made: CredentialMade; close: () => void }) => {
  const { credentials: words } = useWords(connectWords)
  const { text } = useText()
  return (
    <InlineAlert status="warning" labelText={made.device}>
      <Stack>
        <p>{words.once}</p>
        <Facts
          facts={[
            [words.username, <code key="user">{made.username}</code>],
            [
              words.password,
              <code key="password" style={{ overflowWrap: 'anywhere' }}>
                {made.password}
              </code>,
            ],
          ]}
        />
        <QrCode
          text={JSON.stringify({ username: made.username, password: made.password })}
          label={words.qr(made.device)}
        />
        <Snippets made={made} />
        <Row>
          <Button variant="secondary" onClick={close}>
            {text.common.close}
          </Button>
        </Row>
      </Stack>
    </InlineAlert>
  )
}

const Snippets = ({ made }: { made: CredentialMade }) => {
  const { credentials: words } = useWords(connectWords)
  const announce = useAnnounce()
  const connection = useQuery({
    queryKey: ['connection'],
    queryFn: ({ signal }) => getJson<Connection>(apiPath('/connection'), signal),
  })
  const [program, setProgram] = useState<SnippetProgram>('zigbee2mqtt')
  if (connection.data === undefined) return null
  const { mqtt, mqtts } = connection.data
  const address = mqtts ?? mqtt
  if (address === null) return <Soft as="p">{words.notReached}</Soft>
  const { username, password } = made
  const snippet = snippetFor(program, { ...address, tls: mqtts !== null, username, password })
  return (
    <Stack>
      <Select
        label={words.program}
        value={program}
        options={SNIPPET_PROGRAMS.map((value) => ({ value, text: NAMES[value] }))}
        onChange={setProgram}
      />
      {snippet === null ? (
        <p>{words.noSnippet}</p>
      ) : (
        <>
          <Soft as="p">{words.snippetPlace(snippet.place)}</Soft>
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keyboard */}
          <Code tabIndex={0}>{snippet.text}</Code>
          <Row>
            <Button
              variant="secondary"
              onClick={() => void navigator.clipboard?.writeText(snippet.text).then(() => announce(words.copied))}
            >
              {words.copy}
            </Button>
          </Row>
          {snippet.needs === null ? null : (
            <Soft as="p">{words.snippetNeeds(snippet.needs.codec, snippet.needs.topicFilter)}</Soft>
          )}
        </>
      )}
    </Stack>
  )
}
