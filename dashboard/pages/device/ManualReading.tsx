// A reading by hand, at the meter with a phone: value, time, photo; what is odd is told while the meter is still in sight.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { DeviceRecorded } from '#contract/devices.ts'
import type { ManualReadingTaken } from '#contract/manual-readings.ts'
import { apiPath, segment, sendFile, sendJson } from '#dashboard/client/http.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { FileInput } from '#dashboard/components/FileInput.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { importWords } from '#dashboard/text/imports/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'

export const ManualReading = ({ device }: { device: DeviceRecorded }) => {
  const words = useWords(importWords)
  const session = useSession()
  const points = (device.points ?? []).filter(({ kind }) => kind === 'counter' || kind === 'gauge')
  if (points.length === 0 || !hasRole(session, 'technician', 'manager', 'controller')) return null
  return (
    <Panel className="no-print">
      <details>
        <summary>
          <strong>{words.manualTitle}</strong>
        </summary>
        <Form device={device} points={points} />
      </details>
    </Panel>
  )
}

type Point = NonNullable<DeviceRecorded['points']>[number]
const Form = ({ device, points }: { device: DeviceRecorded; points: Point[] }) => {
  const { format, language } = useText()
  const words = useWords(importWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const timeId = useId()
  const [key, setKey] = useState((points.find(({ kind }) => kind === 'counter') ?? points[0]!).key)
  const [value, setValue] = useState('')
  const [at, setAt] = useState('')
  const [note, setNote] = useState('')
  const [photo, setPhoto] = useState<File | null>(null)
  const point = points.find((one) => one.key === key)
  const last = device.latest.find((one) => one.point === key)
  const send = useMutation({
    mutationFn: async (sure: boolean) =>
      sendJson<ManualReadingTaken>('POST', apiPath(`/devices/${segment(device.id)}/readings`), {
        point: key,
        value,
        ...(at === '' ? {} : { at: new Date(at).toISOString() }),
        ...(note === '' ? {} : { note }),
        ...(photo === null ? {} : { photo: await sendFile(photo) }),
        ...(sure ? { sure } : {}),
      }),
    onSuccess: async () => {
      announce(words.manualDone)
      setValue('')
      setNote('')
      setPhoto(null)
      await client.invalidateQueries({ queryKey: ['devices', device.id] })
    },
  })
  const doubts = send.error instanceof RequestError && send.error.status === 409 ? send.error.problems : []
  const maySay = doubts.length > 0 && doubts.every(({ pointer }) => pointer === '/value')
  return (
    <Stack>
      {points.length > 1 ? (
        <Select
          label={words.manualPoint}
          value={key}
          options={points.map((one) => ({ value: one.key, text: pickName(one.name, language, one.key).text }))}
          onChange={setKey}
        />
      ) : null}
      {last === undefined ? null : (
        <Soft as="p">
          {words.manualLast(
            typeof last.value === 'number' ? format.number(last.value) : String(last.value),
            point?.unit ?? '',
          )}
        </Soft>
      )}
      {point?.multiplier === undefined ? null : <Small as="p">{words.manualMultiplier(point.multiplier)}</Small>}
      <TextInput
        labelText={words.manualValue(point?.unit ?? '')}
        value={value}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        onChange={(next) => setValue(String(next ?? ''))}
      />
      <div>
        <label htmlFor={timeId}>
          <strong>{words.manualAt}</strong>
        </label>
        <br />
        <input
          id={timeId}
          type="datetime-local"
          value={at}
          onChange={({ target }) => setAt(target.value)}
          style={{ minHeight: 44, font: 'inherit', maxWidth: '100%' }}
        />
      </div>
      <FileInput
        label={words.manualPhoto}
        accept="image/jpeg,image/png,image/webp"
        camera
        chosen={photo?.name}
        onFile={setPhoto}
      />
      <TextInput labelText={words.manualNote} value={note} onChange={(next) => setNote(String(next ?? ''))} fullWidth />
      {doubts.length > 0 ? (
        <InlineAlert status="warning">
          <ul>
            {doubts.map(({ code, message }) => (
              <li key={code}>
                {Object.hasOwn(words.manualCodes, code)
                  ? words.manualCodes[code as keyof typeof words.manualCodes]
                  : message}
              </li>
            ))}
          </ul>
        </InlineAlert>
      ) : send.error === null ? null : (
        <Refusal error={send.error} />
      )}
      {send.data === undefined || send.data === null ? null : (
        <p>
          {words.manualDone} <AppLink to={`/imports/${send.data.import}`}>{words.manualUndo}</AppLink>
        </p>
      )}
      <div>
        <Button disabled={value === '' || send.isPending} onClick={() => send.mutate(maySay)}>
          {maySay ? words.manualSure : words.manualSend}
        </Button>
      </div>
    </Stack>
  )
}
