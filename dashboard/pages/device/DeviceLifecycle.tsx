// The life of the device: which state from when, who recorded it, and the step to the next.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { DeviceRecorded } from '#contract/devices.ts'
import type { LifecycleShown } from '#contract/lifecycle.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { lifecycleQuery } from '#dashboard/client/queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { LifecycleMark } from '#dashboard/components/LifecycleMark.tsx'
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
import { localDate } from '#domain/writing/date.ts'

type Props = { device: DeviceRecorded; timeZone: string }
export const DeviceLifecycle = ({ device, timeZone }: Props) => {
  const { format } = useText()
  const words = useWords(lifecycleWords)
  const session = useSession()
  const today = localDate(useNow(), timeZone)
  const life = useQuery(lifecycleQuery(device.id)).data
  if (life === undefined) return null
  return (
    <Panel>
      <Stack>
        <Row $spread>
          <h2>{words.title}</h2>
          <LifecycleMark state={life.state} />
        </Row>
        {life.rows.length === 0 ? (
          <Soft as="p">{words.noRows}</Soft>
        ) : (
          <ol>
            {life.rows.toReversed().map(({ state, from, note, recordedAt, recordedByName }) => (
              <li key={`${from} ${state}`}>
                <strong>{words.line(words.states[state], format.date(from))}</strong>
                {from > today ? ` (${words.toCome})` : ''}
                {from > today && from === life.rows.at(-1)?.from && hasRole(session, 'manager', 'technician') ? (
                  <Withdraw device={device} from={from} state={words.states[state]} />
                ) : null}
                {note === null ? null : <p>{note}</p>}
                <div>
                  <Small>{words.recorded(recordedByName, format.instant(recordedAt, timeZone))}</Small>
                </div>
              </li>
            ))}
          </ol>
        )}
        {life.next.length === 0 || !hasRole(session, 'manager', 'technician') ? null : (
          <div className="no-print">
            <Fold summary={<strong>{words.move}</strong>}>
              <Move key={life.rows.length} device={device} life={life} today={today} />
            </Fold>
          </div>
        )}
      </Stack>
    </Panel>
  )
}

/** What is still to come can be taken back; what has begun is history. */
const Withdraw = ({ device, from, state }: { device: DeviceRecorded; from: string; state: string }) => {
  const { format } = useText()
  const words = useWords(lifecycleWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const send = useMutation({
    mutationFn: () => sendJson('DELETE', apiPath(`/devices/${segment(device.id)}/lifecycle/${from}`)),
    onSuccess: async () => {
      announce(words.withdrawn)
      await client.invalidateQueries({ queryKey: ['devices'] })
    },
  })
  return (
    <div className="no-print">
      {send.error === null ? null : <Refusal error={send.error} />}
      <Button variant="secondaryNoBorder" disabled={send.isPending} onClick={() => send.mutate()}>
        {words.withdraw(state, format.date(from))}
      </Button>
    </div>
  )
}

const Move = ({ device, life, today }: { device: DeviceRecorded; life: LifecycleShown; today: string }) => {
  const { format } = useText()
  const words = useWords(lifecycleWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const dateId = useId()
  const [state, setState] = useState(life.next[0]!)
  const [from, setFrom] = useState(today)
  const [note, setNote] = useState('')
  const binding = (device.funding ?? []).filter(({ encumberedUntil = '' }) => from <= encumberedUntil)
  const send = useMutation({
    mutationFn: () =>
      sendJson<LifecycleShown>('POST', apiPath(`/devices/${segment(device.id)}/lifecycle`), {
        state,
        from,
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      }),
    onSuccess: async () => {
      announce(words.moved)
      await client.invalidateQueries({ queryKey: ['devices'] })
    },
  })
  return (
    <Stack>
      <Row $gap={2} $end>
        <Select
          label={words.state}
          value={state}
          options={life.next.map((value) => ({ value, text: words.states[value] }))}
          onChange={setState}
        />
        <DateField id={dateId} label={words.from} value={from} onChange={setFrom} />
      </Row>
      <TextInput labelText={words.note} value={note} onChange={(value) => setNote(String(value ?? ''))} />
      {state === 'retired' ? <p>{words.retiredNote}</p> : null}
      {state === 'retired'
        ? binding.map(({ by, encumberedUntil = '' }) => (
            <InlineAlert key={`${by} ${encumberedUntil}`} status="warning">
              {words.money.encumbersOnRetire(format.date(encumberedUntil), by)}
            </InlineAlert>
          ))
        : null}
      {send.error === null ? null : <Refusal error={send.error} />}
      <div>
        <Button onClick={() => send.mutate()} disabled={send.isPending || from === ''}>
          {words.save(words.states[state])}
        </Button>
      </div>
    </Stack>
  )
}
