// The meter change step by step, at the meter with a phone: old meter, new meter, time and reason, witness, check and send.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useParams } from 'react-router'
import { useGo } from '#dashboard/components/AppLink.tsx'
import { Button, TextInput } from 'suomifi-ui-components'
import type { DeviceRecorded } from '#contract/devices.ts'
import type { MeterChangeShown, MeterChangeWanted } from '#contract/meter-changes.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { witnessesQuery } from '#dashboard/client/meter-queries.ts'
import { deviceQuery, premisesQuery } from '#dashboard/client/queries.ts'
import { FileField, type SentFile } from '#dashboard/components/FileField.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { typedDecimal } from '#dashboard/format/typed.ts'
import { meterWords } from '#dashboard/text/meters/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { OwnField } from '#dashboard/ui/DateField.tsx'
import { Facts, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { unitSign } from '#domain/writing/number.ts'
import { ChangeEffect } from './ChangeEffect.tsx'

export const MeterSwap = () => {
  const { id = '' } = useParams()
  return (
    <PageWhenLoaded query={useQuery(deviceQuery(id))}>{(data) => <Opened key={id} device={data} />}</PageWhenLoaded>
  )
}

type Side = { register: string; serial: string; seal: string; photo: SentFile | null }
const EMPTY: Side = { register: '', serial: '', seal: '', photo: null }
const REASONS = ['verification', 'fault', 'renewal', 'move', 'other'] as const
const STEPS = 5

/** This minute as the browser's own field writes it. */
const thisMinute = (): string => {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
const sideOf = ({ register, serial, seal, photo }: Side): MeterChangeWanted['old'] => ({
  register: typedDecimal(register),
  photo: photo?.digest ?? '',
  ...(serial.trim() === '' ? {} : { serial: serial.trim() }),
  ...(seal.trim() === '' ? {} : { seal: seal.trim() }),
})

const Opened = ({ device }: { device: DeviceRecorded }) => {
  const { swap: words } = useWords(meterWords)
  const { language, format } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const goTo = useGo()
  const timeId = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const premises = useQuery(premisesQuery(device.premises)).data
  const witnesses = useQuery(witnessesQuery(device.id)).data?.items
  const counters = (device.points ?? []).filter(({ kind }) => kind === 'counter')
  const [step, setStep] = useState(0)
  const [point, setPoint] = useState(counters[0]?.key ?? '')
  const [old, setOld] = useState<Side>({ ...EMPTY, serial: device.serial ?? '', seal: device.meter?.seal ?? '' })
  const [fresh, setFresh] = useState<Side>(EMPTY)
  const [at, setAt] = useState(thisMinute)
  const [reason, setReason] = useState<(typeof REASONS)[number]>('verification')
  const [note, setNote] = useState('')
  const [witness, setWitness] = useState('')
  const unit = counters.find(({ key }) => key === point)?.unit ?? ''
  const wanted = (): MeterChangeWanted => ({
    point,
    at: new Date(at).toISOString(),
    old: sideOf(old),
    new: sideOf(fresh),
    reason,
    ...(note.trim() === '' ? {} : { note: note.trim() }),
    witness,
  })
  const send = useMutation({
    mutationFn: (apply: boolean) =>
      sendJson<MeterChangeShown>('POST', apiPath(`/devices/${segment(device.id)}/meter-changes`), {
        wanted: wanted(),
        apply,
      }),
    onSuccess: async (shown, apply) => {
      if (!apply || shown === null) return
      announce(words.sent)
      await client.invalidateQueries({ queryKey: ['devices', device.id] })
      await goTo(`/meter-changes/${shown.id ?? ''}`)
    },
  })
  const ready = [
    old.register.trim() !== '' && old.photo !== null && point !== '',
    fresh.register.trim() !== '' && fresh.photo !== null,
    at !== '',
    witness !== '',
    send.data != null,
  ][step]
  const go = (to: number): void => {
    send.reset()
    setStep(to)
    // The heading of the new step is drawn by then.
    requestAnimationFrame(() => heading.current?.focus())
    if (to === STEPS - 1) send.mutate(false)
  }
  const shown = send.data ?? null
  const sides = [
    { side: old, set: setOld, register: words.oldRegister(unitSign(unit)), photo: words.oldPhoto },
    { side: fresh, set: setFresh, register: words.newRegister(unitSign(unit)), photo: words.newPhoto },
  ]
  const side = sides[step]
  return (
    <Page
      title={words.title}
      crumbs={[
        { to: `/premises/${device.premises}`, text: pickName(premises?.name, language, device.premises).text },
        { to: `/devices/${device.id}`, text: pickName(device.name, language, device.id).text },
      ]}
      lead={words.intro}
    >
      <Panel>
        <Stack $gap={3}>
          <h2 ref={heading} tabIndex={-1}>
            {words.step(step + 1, STEPS, words.steps[step] ?? '')}
          </h2>
          {step === 0 && counters.length > 1 ? (
            <Select
              label={words.point}
              value={point}
              options={counters.map(({ key, name }) => ({ value: key, text: pickName(name, language, key).text }))}
              onChange={setPoint}
            />
          ) : null}
          {side === undefined ? null : <SideFields key={step} {...side} />}
          {step === 1 ? <Soft as="p">{words.sameMultiplier}</Soft> : null}
          {step === 2 ? (
            <>
              <OwnField>
                <label htmlFor={timeId}>{words.at}</label>
                <input
                  id={timeId}
                  type="datetime-local"
                  value={at}
                  max={thisMinute()}
                  onChange={({ target }) => setAt(target.value)}
                />
              </OwnField>
              <Select
                label={words.reason}
                value={reason}
                options={REASONS.map((value) => ({ value, text: words.reasons[value] }))}
                onChange={setReason}
              />
              <TextInput
                labelText={words.note}
                value={note}
                onChange={(value) => setNote(String(value ?? ''))}
                fullWidth
              />
            </>
          ) : null}
          {step === 3 ? (
            <>
              <p>{words.witnessText}</p>
              {witnesses?.length === 0 ? (
                <p>{words.noWitness}</p>
              ) : (
                <Select
                  label={words.witness}
                  value={witness}
                  options={[
                    { value: '', text: words.choose },
                    ...(witnesses ?? []).map(({ id, name }) => ({
                      value: id,
                      text: pickName(name, language, id).text,
                    })),
                  ]}
                  onChange={setWitness}
                />
              )}
            </>
          ) : null}
          {step === STEPS - 1 && shown !== null ? (
            <>
              <Facts
                facts={[
                  [words.point, point],
                  [words.at, format.instant(shown.wanted.at, shown.timeZone)],
                  [words.old, `${format.decimal(shown.wanted.old.register)} ${unitSign(unit)}`],
                  [words.fresh, `${format.decimal(shown.wanted.new.register)} ${unitSign(unit)}`],
                  [words.reason, words.reasons[reason]],
                ]}
              />
              <ChangeEffect effect={shown.effect} />
              <p>{words.waits}</p>
            </>
          ) : null}
          {send.error === null ? null : <Refusal error={send.error} />}
          {side !== undefined && ready === false ? <Soft as="p">{words.required}</Soft> : null}
          <Row>
            {step === 0 ? null : (
              <Button variant="secondary" onClick={() => go(step - 1)} disabled={send.isPending}>
                {words.back}
              </Button>
            )}
            {step < STEPS - 1 ? (
              <Button onClick={() => go(step + 1)} disabled={ready !== true}>
                {words.next}
              </Button>
            ) : (
              <Button onClick={() => send.mutate(true)} disabled={ready !== true || send.isPending}>
                {words.send}
              </Button>
            )}
          </Row>
        </Stack>
      </Panel>
    </Page>
  )
}

type SideProps = { side: Side; set: (side: Side) => void; register: string; photo: string }
const SideFields = ({ side, set, register, photo }: SideProps) => {
  const { swap: words } = useWords(meterWords)
  const change = (key: 'register' | 'serial' | 'seal') => (value: string | number | undefined) =>
    set({ ...side, [key]: String(value ?? '') })
  return (
    <>
      <TextInput
        labelText={register}
        inputMode="decimal"
        autoComplete="off"
        value={side.register}
        onChange={change('register')}
      />
      <FileField
        label={photo}
        action={words.takePhoto}
        sent={words.photoTaken}
        photo
        value={side.photo}
        onChange={(file) => set({ ...side, photo: file })}
      />
      <TextInput labelText={words.serial} value={side.serial} onChange={change('serial')} autoComplete="off" />
      <TextInput labelText={words.seal} value={side.seal} onChange={change('seal')} autoComplete="off" />
    </>
  )
}
