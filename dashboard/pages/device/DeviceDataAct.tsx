// The right to the device's data: who holds them, who has the right, requests as letters, and what became of each.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button, Textarea, TextInput } from 'suomifi-ui-components'
import type { DataAct, DataRequestShown } from '#contract/data-requests.ts'
import type { DeviceRecorded } from '#contract/devices.ts'
import { dataActQuery, letterPath } from '#dashboard/client/equipment-queries.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import type { Language } from '#domain/writing/language.ts'

type Props = { device: DeviceRecorded; timeZone: string }
export const DeviceDataAct = ({ device, timeZone }: Props) => {
  const { dataAct: words } = useWords(lifecycleWords)
  const session = useSession()
  const act = useQuery(dataActQuery(device.id)).data
  if (act === undefined) return null
  return (
    <Panel>
      <Stack>
        <h2>{words.title}</h2>
        <p>{words.text}</p>
        <h3>{words.holder}</h3>
        {act.holder === null ? (
          <Soft as="p">{words.noHolder}</Soft>
        ) : (
          <p>
            {act.holder.organisation === null ? act.holder.name : <OrganisationName id={act.holder.organisation} />}
            {act.holder.contact === null ? null : <Soft> {act.holder.contact}</Soft>}
          </p>
        )}
        <h3>{words.users}</h3>
        {act.users.length === 0 ? (
          <Soft as="p">{words.noUsers}</Soft>
        ) : (
          <ul>
            {act.users.map(({ organisation, ground }) => (
              <li key={organisation}>
                <OrganisationName id={organisation} /> <Soft>{words.grounds[ground]}</Soft>
              </li>
            ))}
          </ul>
        )}
        <h3>{words.log}</h3>
        {act.requests.length === 0 ? <Soft as="p">{words.noRequests}</Soft> : null}
        {act.requests.map((request) => (
          <Request key={request.id} request={request} device={device.id} timeZone={timeZone} />
        ))}
        <Stack className="no-print">
          {act.mayRequest && act.holder !== null ? (
            <Fold summary={<strong>{words.ask}</strong>}>
              <Ask key={act.requests.length} device={device} />
            </Fold>
          ) : null}
          {hasRole(session, 'manager') ? (
            <Fold summary={<strong>{words.setHolder}</strong>}>
              <Holder key={device.version} device={device} recorded={act.recorded} />
            </Fold>
          ) : null}
        </Stack>
      </Stack>
    </Panel>
  )
}

const OUTCOMES = ['received', 'partly', 'refused', 'withdrawn'] as const
const Request = ({ request, device, timeZone }: { request: DataRequestShown; device: string; timeZone: string }) => {
  const { dataAct: words } = useWords(lifecycleWords)
  const { format, language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>('received')
  const [note, setNote] = useState('')
  const send = useMutation({
    mutationFn: () =>
      sendJson('POST', apiPath(`/data-requests/${segment(request.id)}/answer`), {
        outcome,
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      }),
    onSuccess: async () => {
      announce(words.recorded)
      await client.invalidateQueries({ queryKey: ['devices', device] })
    },
  })
  const { state, dueAt, overdue, wanted, events } = request
  const due = dueAt === null ? null : format.instant(dueAt, timeZone, 'day')
  return (
    <Stack $gap={1} style={{ borderTop: '1px solid var(--line)', paddingTop: 12 }}>
      <div>
        <strong>{words.states[state]}</strong>
        {due === null ? '' : `, ${overdue ? words.overdue(due) : words.due(due)}`}
      </div>
      <div>{wanted.data}</div>
      <ul>
        {events.map(({ what, by, at, note: told }) => (
          <li key={what + at}>
            <Small>
              {words.event(words.states[what as keyof typeof words.states], by, format.instant(at, timeZone))}
            </Small>
            {told === null ? null : <div>{told}</div>}
          </li>
        ))}
      </ul>
      <div className="no-print">
        <a href={letterPath(request.id, language)}>{words.letter}</a>
      </div>
      {request.mayAnswer ? (
        <Stack className="no-print">
          <Row $gap={2} $end>
            <Select
              label={words.outcome}
              value={outcome}
              options={OUTCOMES.map((value) => ({ value, text: words.states[value] }))}
              onChange={setOutcome}
            />
            <TextInput labelText={words.note} value={note} onChange={(value) => setNote(String(value ?? ''))} />
          </Row>
          {send.error === null ? null : <Refusal error={send.error} />}
          <div>
            <Button variant="secondary" onClick={() => send.mutate()} disabled={send.isPending}>
              {words.record}
            </Button>
          </div>
        </Stack>
      ) : null}
    </Stack>
  )
}

const Ask = ({ device }: { device: DeviceRecorded }) => {
  const { dataAct: words } = useWords(lifecycleWords)
  const { language: own } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const [fromId, toId] = [useId(), useId()]
  const [article, setArticle] = useState<'4' | '5'>('4')
  const [data, setData] = useState('')
  const [thirdParty, setThirdParty] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [language, setLanguage] = useState<Language>(own)
  const send = useMutation({
    mutationFn: () =>
      sendJson('POST', apiPath(`/devices/${segment(device.id)}/data-requests`), {
        article: Number(article),
        data: data.trim(),
        language,
        ...(article === '5' ? { thirdParty: thirdParty.trim() } : {}),
        ...(from === '' ? {} : { from }),
        ...(to === '' ? {} : { to }),
      }),
    onSuccess: async () => {
      announce(words.sent)
      await client.invalidateQueries({ queryKey: ['devices', device.id] })
    },
  })
  return (
    <Stack>
      <Row $gap={2} $end>
        <Select
          label={words.article}
          value={article}
          options={(['4', '5'] as const).map((value) => ({ value, text: words.articles[value] }))}
          onChange={setArticle}
        />
        <Select
          label={words.language}
          value={language}
          options={(['fi', 'sv', 'en'] as const).map((value) => ({ value, text: words.languages[value] }))}
          onChange={setLanguage}
        />
        <DateField id={fromId} label={words.from} value={from} onChange={setFrom} />
        <DateField id={toId} label={words.to} value={to} onChange={setTo} />
      </Row>
      {article === '5' ? (
        <TextInput
          labelText={words.thirdParty}
          value={thirdParty}
          onChange={(value) => setThirdParty(String(value ?? ''))}
        />
      ) : null}
      <Textarea labelText={words.wanted} value={data} onChange={({ target }) => setData(target.value)} fullWidth />
      {send.error === null ? null : <Refusal error={send.error} />}
      <div>
        <Button
          onClick={() => send.mutate()}
          disabled={send.isPending || data.trim() === '' || (article === '5' && thirdParty.trim() === '')}
        >
          {words.send}
        </Button>
      </div>
    </Stack>
  )
}

const Holder = ({ device, recorded }: { device: DeviceRecorded; recorded: DataAct['recorded'] }) => {
  const { dataAct: words } = useWords(lifecycleWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const [name, setName] = useState(recorded?.name ?? '')
  const [contact, setContact] = useState(recorded?.contact ?? '')
  const [data, setData] = useState(recorded?.data ?? '')
  const send = useMutation({
    mutationFn: () =>
      sendJson(
        'PUT',
        apiPath(`/devices/${segment(device.id)}/data-holder`),
        {
          holder:
            name.trim() === ''
              ? null
              : {
                  name: name.trim(),
                  ...(contact.trim() === '' ? {} : { contact: contact.trim() }),
                  ...(data.trim() === '' ? {} : { data: data.trim() }),
                },
        },
        device.version,
      ),
    onSuccess: async () => {
      announce(words.holderSaved)
      await client.invalidateQueries({ queryKey: ['devices', device.id] })
    },
  })
  return (
    <Stack>
      <TextInput labelText={words.holderName} value={name} onChange={(value) => setName(String(value ?? ''))} />
      <TextInput labelText={words.contact} value={contact} onChange={(value) => setContact(String(value ?? ''))} />
      <TextInput labelText={words.data} value={data} onChange={(value) => setData(String(value ?? ''))} fullWidth />
      {send.error === null ? null : <Refusal error={send.error} />}
      <div>
        <Button onClick={() => send.mutate()} disabled={send.isPending}>
          {words.saveHolder}
        </Button>
      </div>
    </Stack>
  )
}
