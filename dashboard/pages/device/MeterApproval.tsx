// The device's meter: whether it may be billed by, what is on its plate, its changes and its main meter, and the form to record it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { DeviceRecorded } from '#contract/devices.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { meterChangesQuery } from '#dashboard/client/meter-queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
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
  const changes = useQuery(meterChangesQuery(device.id)).data?.items ?? []
  const isMeter = (device.points ?? []).some(({ kind }) => kind === 'counter' || kind === 'interval')
  const isCounter = (device.points ?? []).some(({ kind }) => kind === 'counter')
  const { meter } = device
  if (!isMeter && meter === undefined) return null
  const until = meter?.verifiedUntil
  const facts: [string, React.ReactNode][] = [
    [words.approved, meter === undefined ? words.unknown : meter.approved ? words.yes : words.no],
    ...(meter?.mid === undefined ? [] : [[words.mid, meter.mid] as [string, string]]),
    ...(until === undefined ? [] : [[words.verified, format.date(addDays(until, -1))] as [string, string]]),
    ...PLATE.flatMap((key): [string, string][] => {
      const value = meter?.[key]
      return value === undefined ? [] : [[words.facts[PLATE_WORDS[key]], String(value)]]
    }),
    ...(device.points ?? []).flatMap(({ key, mainMeter }): [string, React.ReactNode][] =>
      mainMeter === undefined
        ? []
        : [
            [
              `${words.facts.main} (${key})`,
              <AppLink key={key} to={`/devices/${mainMeter.device}`}>
                {mainMeter.device}/{mainMeter.point}
              </AppLink>,
            ],
          ],
    ),
  ]
  return (
    <Panel>
      <Stack>
        <h2>{words.facts.title}</h2>
        <Facts facts={facts} />
        {until !== undefined && until <= today ? <p>{words.over}</p> : null}
        <Soft as="p">{words.why}</Soft>
        {changes.length === 0 ? null : (
          <Stack $gap={1}>
            <h3>{words.facts.changes}</h3>
            <ul>
              {changes.map(({ id, wanted, state }) => (
                <li key={id}>
                  <AppLink to={`/meter-changes/${id ?? ''}`}>
                    {wanted.point}, {format.instant(wanted.at, timeZone)}
                  </AppLink>{' '}
                  <Soft>{words.swap.states[state]}</Soft>
                </li>
              ))}
            </ul>
          </Stack>
        )}
        {hasRole(session, 'manager', 'technician') ? (
          <div className="no-print">
            {isCounter ? (
              <p>
                <AppLink to={`/devices/${device.id}/meter-change`}>{words.facts.change}</AppLink>
              </p>
            ) : null}
            <Fold summary={<strong>{words.edit}</strong>}>
              <Form key={device.version} device={device} />
            </Fold>
          </div>
        ) : null}
      </Stack>
    </Panel>
  )
}

/** What is on the plate of the meter, by its fact. */
const PLATE = ['midClass', 'markingYear', 'pulsesPerUnit', 'digits', 'decimals', 'seal'] as const
const PLATE_WORDS = {
  midClass: 'midClass',
  markingYear: 'markingYear',
  pulsesPerUnit: 'pulses',
  digits: 'digits',
  decimals: 'decimals',
  seal: 'seal',
} as const
const WHOLE: readonly string[] = ['markingYear', 'digits', 'decimals']

const Form = ({ device }: { device: DeviceRecorded }) => {
  const words = useWords(meterWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const dateId = useId()
  const { meter } = device
  const [approved, setApproved] = useState(meter === undefined ? 'unknown' : meter.approved ? 'yes' : 'no')
  const [mid, setMid] = useState(meter?.mid ?? '')
  const [last, setLast] = useState(meter?.verifiedUntil === undefined ? '' : addDays(meter.verifiedUntil, -1))
  const [plate, setPlate] = useState<Record<(typeof PLATE)[number], string>>(
    () => Object.fromEntries(PLATE.map((key) => [key, String(meter?.[key] ?? '')])) as never,
  )
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
                ...Object.fromEntries(
                  PLATE.flatMap((key) => {
                    const value = plate[key].trim().replace(',', key === 'pulsesPerUnit' ? '.' : ',')
                    return value === '' ? [] : [[key, WHOLE.includes(key) ? Number(value) : value]]
                  }),
                ),
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
          {PLATE.map((key) => (
            <TextInput
              key={key}
              labelText={words.facts[PLATE_WORDS[key]]}
              value={plate[key]}
              onChange={(value) => setPlate({ ...plate, [key]: String(value ?? '') })}
            />
          ))}
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
