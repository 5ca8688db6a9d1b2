// Whether the device's meter may be billed by, and the form to record it.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { DeviceRecorded } from '#contract/devices.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { addDays } from '#dashboard/format/zone.ts'
import { meterWords } from '#dashboard/text/meters/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Facts, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { localDate } from '#domain/writing/date.ts'

export const MeterApproval = ({ device, timeZone }: { device: DeviceRecorded; timeZone: string }) => {
  const { format } = useText()
  const words = useWords(meterWords)
  const session = useSession()
  const today = localDate(useNow(), timeZone)
  const isMeter = (device.points ?? []).some(({ kind }) => kind === 'counter' || kind === 'interval')
  const { meter } = device
  if (!isMeter && meter === undefined) return null
  const until = meter?.verifiedUntil
  const facts: [string, React.ReactNode][] = [
    [words.approved, meter === undefined ? words.unknown : meter.approved ? words.yes : words.no],
    ...(meter?.mid === undefined ? [] : [[words.mid, meter.mid] as [string, string]]),
    ...(until === undefined ? [] : [[words.verified, format.date(addDays(until, -1))] as [string, string]]),
  ]
  return (
    <Panel>
      <Stack>
        <h2>{words.title}</h2>
        <Facts facts={facts} />
        {until !== undefined && until <= today ? <p>{words.over}</p> : null}
        <Soft as="p">{words.why}</Soft>
        {hasRole(session, 'manager', 'technician') ? (
          <div className="no-print">
            <Fold summary={<strong>{words.edit}</strong>}>
              <Form key={device.version} device={device} />
            </Fold>
          </div>
        ) : null}
      </Stack>
    </Panel>
  )
}

const Form = ({ device }: { device: DeviceRecorded }) => {
  const words = useWords(meterWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const dateId = useId()
  const { meter } = device
  const [approved, setApproved] = useState(meter === undefined ? 'unknown' : meter.approved ? 'yes' : 'no')
  const [mid, setMid] = useState(meter?.mid ?? '')
  const [last, setLast] = useState(meter?.verifiedUntil === undefined ? '' : addDays(meter.verifiedUntil, -1))
  const send = useMutation({
    mutationFn: () =>
      sendJson('POST', apiPath(`/devices/${segment(device.id)}/meter`), {
        meter:
          approved === 'unknown'
            ? null
            : {
                approved: approved === 'yes',
                ...(mid.trim() === '' ? {} : { mid: mid.trim() }),
                ...(last === '' ? {} : { verifiedUntil: addDays(last, 1) }),
              },
      }),
    onSuccess: async () => {
      announce(words.saved)
      await client.invalidateQueries({ queryKey: ['devices', device.id] })
    },
  })
  return (
    <Stack>
      <Select
        label={words.approved}
        value={approved}
        options={(['unknown', 'yes', 'no'] as const).map((value) => ({ value, text: words[value] }))}
        onChange={setApproved}
      />
      {approved === 'unknown' ? null : (
        <Row $gap={3} $end>
          <TextInput
            labelText={words.mid}
            hintText={words.midHint}
            value={mid}
            onChange={(value) => setMid(String(value ?? ''))}
          />
          <DateField id={dateId} label={words.verified} value={last} onChange={setLast} />
        </Row>
      )}
      {send.error === null ? null : <Refusal error={send.error} />}
      <div>
        <Button onClick={() => send.mutate()} disabled={send.isPending}>
          {words.save}
        </Button>
      </div>
    </Stack>
  )
}
