// Transfers and loans of the device, and the offer of a new one: first what it comes to, then sent.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { DeviceRecorded } from '#contract/devices.ts'
import type { TransferShown } from '#contract/transfers.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { deviceTransfersQuery, organisationsQuery } from '#dashboard/client/queries.ts'
import { typedAmount } from '#dashboard/client/typed-amount.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { AmountField } from '#dashboard/components/AmountField.tsx'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { localDate } from '#domain/writing/date.ts'
import { pickName } from '#domain/writing/names.ts'
import { TransferFigures } from './TransferFigures.tsx'

type Props = { device: DeviceRecorded; timeZone: string }
export const DeviceTransfers = ({ device, timeZone }: Props) => {
  const { transfer: words } = useWords(lifecycleWords)
  const { format } = useText()
  const session = useSession()
  const nameOf = useOrganisationNames()
  const found = useQuery(deviceTransfersQuery(device.id)).data?.items
  const owns = device.rolesAt.some(
    ({ role, organisation }) => role === 'owner' && organisation === session.organisation,
  )
  const mayOffer = owns && hasRole(session, 'manager')
  if (found === undefined || (found.length === 0 && !mayOffer)) return null
  return (
    <Panel>
      <Stack>
        <h2>{words.title}</h2>
        {found.length === 0 ? (
          <Soft as="p">{words.none}</Soft>
        ) : (
          <ul>
            {found.map(({ id, wanted, state }) => (
              <li key={id}>
                <AppLink to={`/transfers/${id ?? ''}`}>
                  {words.line(words.kinds[wanted.kind], nameOf(wanted.receiver), format.date(wanted.from))}
                </AppLink>{' '}
                <Soft>{words.states[state]}</Soft>
              </li>
            ))}
          </ul>
        )}
        {mayOffer ? (
          <div className="no-print">
            <Fold summary={<strong>{words.offer}</strong>}>
              <Offer key={found.length} device={device} timeZone={timeZone} />
            </Fold>
          </div>
        ) : null}
      </Stack>
    </Panel>
  )
}

const Offer = ({ device, timeZone }: Props) => {
  const { transfer: words } = useWords(lifecycleWords)
  const { language } = useText()
  const session = useSession()
  const announce = useAnnounce()
  const client = useQueryClient()
  const [fromId, toId] = [useId(), useId()]
  const organisations = useQuery(organisationsQuery).data ?? []
  const [kind, setKind] = useState<'transfer' | 'loan'>('transfer')
  const [receiver, setReceiver] = useState('')
  const [from, setFrom] = useState(localDate(useNow(), timeZone))
  const [to, setTo] = useState('')
  const [price, setPrice] = useState('')
  const [note, setNote] = useState('')
  const wanted = () => ({
    kind,
    receiver,
    from,
    ...(kind === 'loan' ? { to } : price.trim() === '' ? {} : { price: typedAmount(price) }),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  })
  const send = useMutation({
    mutationFn: (apply: boolean) =>
      sendJson<TransferShown>('POST', apiPath('/transfers'), { device: device.id, wanted: wanted(), apply }),
    onSuccess: async (_shown, apply) => {
      if (!apply) return
      announce(words.sent)
      await client.invalidateQueries({ queryKey: ['devices', device.id] })
    },
  })
  /** Figures are of what was asked: another wish hides them. */
  const change =
    <T,>(set: (value: T) => void) =>
    (value: T): void => {
      set(value)
      send.reset()
    }
  const isReady = receiver !== '' && from !== '' && (kind === 'transfer' || to !== '')
  const shown = send.data ?? null
  return (
    <Stack>
      <Row $gap={2} $end>
        <Select
          label={words.kind}
          value={kind}
          options={(['transfer', 'loan'] as const).map((value) => ({ value, text: words.kinds[value] }))}
          onChange={change(setKind)}
        />
        <Select
          label={words.receiver}
          value={receiver}
          options={[
            { value: '', text: words.choose },
            ...organisations
              .filter(({ id }) => id !== session.organisation)
              .map(({ id, name }) => ({ value: id, text: pickName(name, language, id).text })),
          ]}
          onChange={change(setReceiver)}
        />
        <DateField id={fromId} label={words.from} value={from} onChange={change(setFrom)} />
        {kind === 'loan' ? <DateField id={toId} label={words.to} value={to} onChange={change(setTo)} /> : null}
      </Row>
      <Soft as="p">{words.kindText[kind]}</Soft>
      {kind === 'transfer' ? <AmountField label={words.price} value={price} onChange={change(setPrice)} /> : null}
      <TextInput labelText={words.note} value={note} onChange={(value) => change(setNote)(String(value ?? ''))} />
      {shown === null ? null : <TransferFigures wanted={shown.wanted} figures={shown.figures} />}
      {send.error === null ? null : <Refusal error={send.error} />}
      <div>
        {shown === null ? (
          <Button variant="secondary" onClick={() => send.mutate(false)} disabled={!isReady || send.isPending}>
            {words.preview}
          </Button>
        ) : (
          <Button onClick={() => send.mutate(true)} disabled={send.isPending}>
            {words.send}
          </Button>
        )}
      </div>
    </Stack>
  )
}
