// Trying a connector: a pasted message, or what the gateway sends now, with what is read from each. Nothing is stored.
import { useMutation } from '@tanstack/react-query'
import { useState, useSyncExternalStore } from 'react'
import { Button, InlineAlert, RadioButton, RadioButtonGroup, TextInput, Textarea } from 'suomifi-ui-components'
import type { Decoded } from '#contract/decode.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { createWatch, type Watch } from '#dashboard/client/watch.ts'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { DecodedView } from './DecodedView.tsx'

const ENCODINGS = ['text', 'hex', 'base64'] as const

type Props = {
  topicFilter: string
  codec: string
  expression: string | null
  gateway: string
  mapped: Readonly<Record<string, string>>
  map: (key: string) => void
}
export const Tester = (props: Props) => {
  const { tester: words } = useWords(connectWords)
  const [how, setHow] = useState<'paste' | 'live'>('paste')
  return (
    <Panel>
      <Stack $gap={3}>
        <h2>{words.title}</h2>
        <Soft as="p">{words.lead}</Soft>
        <RadioButtonGroup
          name="how"
          labelText={words.how}
          value={how}
          onChange={(value) => setHow(value === 'live' ? 'live' : 'paste')}
        >
          <RadioButton value="paste">{words.paste}</RadioButton>
          <RadioButton value="live">{words.live}</RadioButton>
        </RadioButtonGroup>
        {how === 'paste' ? <Paste {...props} /> : <Live {...props} />}
      </Stack>
    </Panel>
  )
}

const Paste = ({ topicFilter, codec, expression, mapped, map }: Props) => {
  const { tester: words } = useWords(connectWords)
  const [topic, setTopic] = useState('')
  const [payload, setPayload] = useState('')
  const [encoding, setEncoding] = useState<(typeof ENCODINGS)[number]>('text')
  const read = useMutation({
    mutationFn: () =>
      sendJson<Decoded>('POST', apiPath('/decode'), {
        topic: topic === '' ? topicFilter.replace(/[#+].*$/, 'x') || 'x' : topic,
        payload,
        encoding,
        codec,
        ...(expression === null ? {} : { mapping: { expression } }),
      }),
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        read.mutate()
      }}
    >
      <Stack $gap={2}>
        <TextInput
          labelText={words.topic}
          fullWidth
          value={topic}
          onChange={(value) => setTopic(String(value ?? ''))}
        />
        <Textarea
          labelText={words.payload}
          fullWidth
          value={payload}
          onChange={(event) => setPayload(event.target.value)}
        />
        <Row $gap={2} $end>
          <Select
            label={words.encoding}
            value={encoding}
            options={ENCODINGS.map((value) => ({ value, text: words.encodings[value] }))}
            onChange={setEncoding}
          />
          <Button type="submit" variant="secondary">
            {words.read}
          </Button>
        </Row>
        {read.error === null ? null : <RefusalWithProblems error={read.error} />}
        {read.data == null ? null : (
          <div aria-live="polite">
            <DecodedView decoded={read.data} mapped={mapped} map={map} />
          </div>
        )}
      </Stack>
    </form>
  )
}

const Live = ({ topicFilter, codec, gateway, mapped, map }: Props) => {
  const { tester: words } = useWords(connectWords)
  const [watch, setWatch] = useState<Watch | null>(null)
  const [isOn, setIsOn] = useState(false)
  const start = () => {
    setWatch(createWatch({ gateway, topicFilter, codec: codec === 'mapped' ? undefined : codec }))
    setIsOn(true)
  }
  const stop = () => {
    watch?.end()
    setIsOn(false)
  }
  return (
    <Stack $gap={2}>
      <Row>
        <Button variant="secondary" disabled={gateway === '' || topicFilter === ''} onClick={isOn ? stop : start}>
          {isOn ? words.stop : words.start}
        </Button>
      </Row>
      {watch === null ? null : <WatchView watch={watch} mapped={mapped} map={map} />}
    </Stack>
  )
}

const WatchView = ({ watch: watched, mapped, map }: { watch: Watch } & Pick<Props, 'mapped' | 'map'>) => {
  const { tester: words } = useWords(connectWords)
  const { format } = useText()
  const watch = useSyncExternalStore(watched.subscribe, watched.snapshot, watched.snapshot)
  return (
    <Stack $gap={2}>
      {watch.state === 'open' ? (
        <Small as="output">{watch.messages.length === 0 ? words.waiting : words.watching(watch.count)}</Small>
      ) : null}
      {watch.state === 'broken' ? <InlineAlert status="error">{words.broken}</InlineAlert> : null}
      {watch.skipped === 0 ? null : <Small>{words.skipped(watch.skipped)}</Small>}
      {watch.messages.map((message) => (
        <Stack key={message.number} $gap={1}>
          <h3>
            <code>{message.topic}</code>
          </h3>
          <Small>{format.instant(message.receivedAt, OWN_ZONE, 'second')}</Small>
          <DecodedView decoded={message.decoded} mapped={mapped} map={map} />
          <details>
            <summary>{words.raw}</summary>
            <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{message.payload}</pre>
            {message.truncated ? <Small>{words.truncated}</Small> : null}
          </details>
        </Stack>
      ))}
    </Stack>
  )
}
