// Commands to the device: whether you may give one and by what right, a form for it, and what became of those that were given.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { DeviceRecorded } from '#contract/devices.ts'
import type { CommandShown, SteeringShown } from '#contract/twins.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { commandsQuery, steeringQuery, twinQuery } from '#dashboard/client/twin-queries.ts'
import { CommandStateMark } from '#dashboard/components/CommandStateMark.tsx'
import { useMemberWords } from '#dashboard/components/member-value.ts'
import { MemberFields, membersOf, type Written } from '#dashboard/components/MemberFields.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { wordOf } from '#domain/writing/word-of.ts'

type Props = { device: DeviceRecorded; timeZone: string }
export const DeviceCommands = ({ device, timeZone }: Props) => {
  const words = useWords(twinWords).commands
  const steering = useQuery(steeringQuery(device.id)).data
  const commands = useQuery(commandsQuery(device.id)).data
  if (steering === undefined || commands === undefined) return null
  return (
    <Panel>
      <Stack>
        <h2>{words.title}</h2>
        <Right steering={steering} />
        {steering.allowed && steering.commands.length > 0 ? <Send device={device.id} steering={steering} /> : null}
        {commands.items.length === 0 ? (
          <Soft as="p">{words.none}</Soft>
        ) : (
          <Given device={device.id} items={commands.items} steering={steering} timeZone={timeZone} />
        )}
      </Stack>
    </Panel>
  )
}

const Right = ({ steering: { ground, reason, organisations, allowed } }: { steering: SteeringShown }) => {
  const words = useWords(twinWords).commands
  const { language } = useText()
  const who = organisations.map(({ id, name }) => pickName(name, language, id).text).join(', ')
  if (allowed) return ground === null ? null : <Soft as="p">{words.grounds[ground]}</Soft>
  return reason === null ? null : <InlineAlert status="neutral">{words.denied[reason](who)}</InlineAlert>
}

const Send = ({ device, steering }: { device: string; steering: SteeringShown }) => {
  const words = useWords(twinWords).commands
  const { language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const isConnected = useQuery(twinQuery(device)).data?.connected ?? true
  const [name, setName] = useState(steering.commands[0]?.name ?? '')
  const [written, setWritten] = useState<Written>({})
  const [reason, setReason] = useState('')
  const chosen = steering.commands.find((one) => one.name === name)
  const params = membersOf(chosen?.params ?? [], written)
  const isWhole = (chosen?.params ?? []).every(({ key, needed }) => !needed || params[key] !== undefined)
  const send = useMutation({
    mutationFn: () =>
      sendJson<CommandShown>('POST', apiPath(`/devices/${segment(device)}/commands`), {
        name,
        params,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      }),
    onSuccess: async () => {
      announce(words.sent)
      setReason('')
      await client.invalidateQueries({ queryKey: ['commands', device] })
      await client.invalidateQueries({ queryKey: ['twin', device] })
    },
  })
  if (chosen === undefined) return null
  const title = chosen.title[language]
  return (
    <Stack className="no-print">
      {steering.access ? <InlineAlert status="warning">{words.access}</InlineAlert> : null}
      <Row $gap={2} $end>
        <Select
          label={words.command}
          value={name}
          options={steering.commands.map((one) => ({ value: one.name, text: one.title[language] }))}
          onChange={(value) => {
            setName(value)
            setWritten({})
          }}
        />
        <MemberFields fields={chosen.params} written={written} onChange={setWritten} optional={false} />
        {steering.access ? (
          <TextInput labelText={words.reason} value={reason} onChange={(value) => setReason(String(value ?? ''))} />
        ) : null}
        <Button
          onClick={() => send.mutate()}
          disabled={send.isPending || !isWhole || (steering.access && reason.trim() === '')}
        >
          {words.send(title.toLowerCase())}
        </Button>
      </Row>
      {chosen.repeatable ? null : <Small>{words.repeatNote}</Small>}
      {isConnected || steering.access ? null : <Small>{words.away}</Small>}
      {send.error === null ? null : <Refusal error={send.error} />}
    </Stack>
  )
}

const Params = ({ command: { name, params }, steering }: { command: CommandShown; steering: SteeringShown }) => {
  const { nameOf, valueOf } = useMemberWords(steering.commands.find((one) => one.name === name)?.params ?? [])
  const given = Object.entries(params)
  return given.length === 0 ? null : (
    <div>
      <Small>{given.map(([key, value]) => `${nameOf(key)}: ${valueOf(key, value)}`).join(', ')}</Small>
    </div>
  )
}

type GivenProps = { device: string; items: readonly CommandShown[]; steering: SteeringShown; timeZone: string }
const Given = ({ device, items, steering, timeZone }: GivenProps) => {
  const words = useWords(twinWords).commands
  const { text, format, language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const withdraw = useMutation({
    mutationFn: (id: string) => sendJson('DELETE', apiPath(`/devices/${segment(device)}/commands/${segment(id)}`)),
    onSuccess: async () => {
      announce(words.withdrawn)
      await client.invalidateQueries({ queryKey: ['commands', device] })
    },
  })
  const titleOf = (name: string): string => steering.commands.find((one) => one.name === name)?.title[language] ?? name
  return (
    <Stack $gap={1}>
      {withdraw.error === null ? null : <Refusal error={withdraw.error} />}
      <DataTable
        caption={words.title}
        quietCaption
        rows={items}
        rowKey={({ id }) => id}
        sortWord={text.common.sorted}
        columns={[
          {
            key: 'name',
            head: words.command,
            heading: true,
            render: (one) => (
              <span>
                {titleOf(one.name)}
                <Params command={one} steering={steering} />
                {one.reason === null || one.source !== 'person' ? null : (
                  <div>
                    <Small>{one.reason}</Small>
                  </div>
                )}
              </span>
            ),
          },
          { key: 'state', head: words.state, render: ({ state }) => <CommandStateMark state={state} /> },
          { key: 'at', head: words.at, render: ({ createdAt }) => format.instant(createdAt, timeZone, 'second') },
          {
            key: 'by',
            head: words.by,
            render: ({ createdBy, source }) => (source === 'person' ? createdBy : words.sources[source]),
          },
          {
            key: 'answer',
            head: words.answer,
            render: (one) => (
              <span>
                <Answer command={one} steering={steering} />
                {one.late ? ` (${words.late})` : ''}
              </span>
            ),
          },
          {
            key: 'do',
            act: true,
            head: words.actions,
            render: ({ id, state }) =>
              state === 'queued' && steering.allowed ? (
                <Button variant="secondaryNoBorder" onClick={() => withdraw.mutate(id)} disabled={withdraw.isPending}>
                  {words.withdraw}
                </Button>
              ) : null,
          },
        ]}
      />
    </Stack>
  )
}

type AnswerProps = { command: CommandShown; steering: SteeringShown }
/** What the device answered: members as they are read elsewhere, a reason in words, a text as it is. */
const Answer = ({ command: { name, answer }, steering }: AnswerProps) => {
  const words = useWords(twinWords).commands
  const { nameOf, valueOf } = useMemberWords(steering.commands.find((one) => one.name === name)?.params ?? [])
  if (answer === null || answer === undefined) return null
  if (typeof answer !== 'object')
    return typeof answer === 'string' ? <span lang="en">{answer}</span> : JSON.stringify(answer)
  if ('reason' in answer) return wordOf(words.answers, String(answer.reason), String(answer.reason))
  return Object.entries(answer)
    .map(([key, value]) => `${nameOf(key)}: ${valueOf(key, value)}`)
    .join(', ')
}
