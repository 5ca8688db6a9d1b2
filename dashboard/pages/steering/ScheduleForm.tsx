// A form for a schedule: opening hours, holidays, exceptions, and which scene runs when; with the two weeks that it would make.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState, type ReactNode } from 'react'
import { Button, Checkbox, IconPlus, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { SceneShown, ScheduleShown, ScheduleWanted } from '#contract/scenes.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { WholeField } from '#dashboard/components/WholeField.tsx'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DateField, OwnField } from '#dashboard/ui/DateField.tsx'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'

type Wanted = ScheduleWanted
type Trigger = Wanted['triggers'][number]
const OFFICE: Wanted['hours'] = [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '16:15' }]
const TIMES = ['opening', 'closing', 'clock', 'sunrise', 'sunset', 'dawn', 'dusk'] as const
const DAY_MS = 86_400_000
/** The last day that is in it, of the first that is not; and back. */
const shift = (date: string, days: number): string =>
  date === '' ? '' : new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

const startOf = (premises: string, schedule: ScheduleShown | null): Wanted => {
  if (schedule === null)
    return {
      premises,
      name: {},
      on: true,
      hours: OFFICE,
      closedOnHolidays: true,
      closedOnEves: true,
      exceptions: [],
      triggers: [],
    }
  const {
    id: _id,
    version: _version,
    changedAt: _at,
    changedBy: _by,
    organisation: _organisation,
    ...wanted
  } = schedule
  return wanted
}

type Props = {
  premises: string
  schedule: ScheduleShown | null
  /** Null: only the opening hours are asked for; what is run stays as it is. */
  scenes: readonly SceneShown[] | null
  onDone: () => void
}
export const ScheduleForm = ({ premises, schedule, scenes, onDone }: Props) => {
  const words = useWords(twinWords).schedules
  const { language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const [wanted, setWanted] = useState(() => startOf(premises, schedule))
  const [name, setName] = useState(() =>
    schedule !== null ? pickName(schedule.name, language, schedule.id).text : scenes === null ? words.hoursName : '',
  )
  const set = (changes: Partial<Wanted>): void => setWanted({ ...wanted, ...changes })
  const body: Wanted = { ...wanted, name: { ...wanted.name, [language]: name.trim() } }
  const save = useMutation({
    mutationFn: () =>
      schedule === null
        ? sendJson<ScheduleShown>('POST', apiPath('/schedules'), body)
        : sendJson<ScheduleShown>('PUT', apiPath(`/schedules/${segment(schedule.id)}`), body, schedule.version),
    onSuccess: async () => {
      announce(scenes === null ? words.hoursSaved : words.saved)
      await Promise.all(
        [['schedules'], ['opening-hours'], ['comfort']].map((queryKey) => client.invalidateQueries({ queryKey })),
      )
      onDone()
    },
  })
  const problem =
    name.trim() === '' ? words.needsName : wanted.triggers.some(({ scene }) => scene === '') ? words.needsScene : null
  return (
    <Stack>
      {scenes === null ? null : (
        <TextInput labelText={words.name} value={name} onChange={(value) => setName(String(value ?? ''))} />
      )}
      <h3>{words.hours}</h3>
      {wanted.hours.map((row, index) => (
        <Line
          // Rows have no names of their own.
          // eslint-disable-next-line react/no-array-index-key
          key={index}
          remove={() => set({ hours: wanted.hours.filter((_, at) => at !== index) })}
        >
          <Days
            value={row.days}
            onChange={(days) => set({ hours: wanted.hours.map((one, at) => (at === index ? { ...one, days } : one)) })}
          />
          <TimeField
            label={words.from}
            value={row.from}
            onChange={(from) => set({ hours: wanted.hours.map((one, at) => (at === index ? { ...one, from } : one)) })}
          />
          <TimeField
            label={words.to}
            value={row.to}
            onChange={(to) => set({ hours: wanted.hours.map((one, at) => (at === index ? { ...one, to } : one)) })}
          />
        </Line>
      ))}
      <Add text={words.addHours} onClick={() => set({ hours: [...wanted.hours, ...OFFICE] })} />
      <Checkbox
        checked={wanted.closedOnHolidays}
        onClick={({ checkboxState }) => set({ closedOnHolidays: checkboxState })}
      >
        {words.closedOnHolidays}
      </Checkbox>
      <Checkbox checked={wanted.closedOnEves} onClick={({ checkboxState }) => set({ closedOnEves: checkboxState })}>
        {words.closedOnEves}
      </Checkbox>
      <h3>{words.exceptions}</h3>
      {wanted.exceptions.map((row, index) => (
        // eslint-disable-next-line react/no-array-index-key
        <ExceptionLine
          // eslint-disable-next-line react/no-array-index-key
          key={index}
          row={row}
          onChange={(changed) =>
            set({ exceptions: wanted.exceptions.map((one, at) => (at === index ? changed : one)) })
          }
          remove={() => set({ exceptions: wanted.exceptions.filter((_, at) => at !== index) })}
        />
      ))}
      <Add
        text={words.addException}
        onClick={() => {
          const today = new Date().toISOString().slice(0, 10)
          set({ exceptions: [...wanted.exceptions, { from: today, to: shift(today, 1), hours: null }] })
        }}
      />
      {scenes === null ? null : (
        <>
          <h3>{words.triggers}</h3>
          {wanted.triggers.map((row, index) => (
            <TriggerLine
              key={row.id}
              row={row}
              scenes={scenes}
              onChange={(changed) =>
                set({ triggers: wanted.triggers.map((one, at) => (at === index ? changed : one)) })
              }
              remove={() => set({ triggers: wanted.triggers.filter((_, at) => at !== index) })}
            />
          ))}
          <Add
            text={words.addTrigger}
            onClick={() =>
              set({
                triggers: [
                  ...wanted.triggers,
                  {
                    id: `run-${crypto.randomUUID().slice(0, 8)}`,
                    time: { at: 'closing', minutes: 0 },
                    on: 'open',
                    scene: scenes[0]?.id ?? '',
                  },
                ],
              })
            }
          />
        </>
      )}
      {problem === null ? null : (
        <InlineAlert status="neutral">
          {words.problem} {problem}
        </InlineAlert>
      )}
      {save.error === null ? null : <Refusal error={save.error} />}
      <div>
        <Button onClick={() => save.mutate()} disabled={problem !== null || save.isPending}>
          {scenes === null ? words.saveHours : words.save}
        </Button>
      </div>
    </Stack>
  )
}

const Add = ({ text, onClick }: { text: string; onClick: () => void }) => (
  <div>
    <Button variant="secondary" icon={<IconPlus />} onClick={onClick}>
      {text}
    </Button>
  </div>
)

const Line = ({ children, remove }: { children: ReactNode; remove: () => void }) => {
  const words = useWords(twinWords).schedules
  return (
    <Row $gap={2} $end>
      {children}
      <Button variant="secondaryNoBorder" onClick={remove}>
        {words.remove}
      </Button>
    </Row>
  )
}

const TimeField = ({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) => {
  const id = useId()
  return (
    <OwnField>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="time"
        value={value === '24:00' ? '00:00' : value}
        onChange={(event) => onChange(event.target.value)}
      />
    </OwnField>
  )
}

const Days = ({ value, onChange }: { value: readonly number[]; onChange: (days: number[]) => void }) => {
  const words = useWords(twinWords).schedules
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
      <legend>
        <strong>{words.daysOn}</strong>
      </legend>
      <Row $gap={1}>
        {words.days.map((text, index) => (
          <Checkbox
            key={text}
            checked={value.includes(index + 1)}
            onClick={({ checkboxState }) =>
              onChange(
                checkboxState
                  ? [...value, index + 1].toSorted((a, b) => a - b)
                  : value.filter((day) => day !== index + 1),
              )
            }
          >
            {text}
          </Checkbox>
        ))}
      </Row>
    </fieldset>
  )
}

type Exception = Wanted['exceptions'][number]
const ExceptionLine = ({
  row,
  onChange,
  remove,
}: {
  row: Exception
  onChange: (row: Exception) => void
  remove: () => void
}) => {
  const words = useWords(twinWords).schedules
  const id = useId()
  return (
    <Line remove={remove}>
      <DateField
        id={`${id}-from`}
        label={words.firstDay}
        value={row.from}
        onChange={(from) => onChange({ ...row, from })}
      />
      <DateField
        id={`${id}-to`}
        label={words.lastDay}
        value={shift(row.to, -1)}
        onChange={(last) => onChange({ ...row, to: shift(last, 1) })}
      />
      <Select
        label={words.opening}
        value={row.hours === null ? 'closed' : 'open'}
        options={[
          { value: 'closed', text: words.closed },
          { value: 'open', text: words.otherHours },
        ]}
        onChange={(value) => onChange({ ...row, hours: value === 'closed' ? null : { from: '10:00', to: '14:00' } })}
      />
      {row.hours === null ? null : (
        <>
          <TimeField
            label={words.from}
            value={row.hours.from}
            onChange={(from) => onChange({ ...row, hours: { from, to: row.hours?.to ?? '14:00' } })}
          />
          <TimeField
            label={words.to}
            value={row.hours.to}
            onChange={(to) => onChange({ ...row, hours: { from: row.hours?.from ?? '10:00', to } })}
          />
        </>
      )}
      <TextInput
        labelText={words.reason}
        value={row.reason ?? ''}
        onChange={(value) => onChange({ ...row, reason: String(value ?? '') })}
      />
    </Line>
  )
}

type TriggerProps = {
  row: Trigger
  scenes: readonly SceneShown[]
  onChange: (row: Trigger) => void
  remove: () => void
}
const TriggerLine = ({ row, scenes, onChange, remove }: TriggerProps) => {
  const words = useWords(twinWords).schedules
  const { time } = row
  const { language } = useText()
  return (
    <Line remove={remove}>
      <Select
        label={words.scene}
        value={row.scene}
        options={scenes.map(({ id, name }) => ({ value: id, text: pickName(name, language, id).text }))}
        onChange={(scene) => onChange({ ...row, scene })}
      />
      <Select
        label={words.when}
        value={time.at}
        options={TIMES.map((value) => ({ value, text: words.times[value] }))}
        onChange={(at) => onChange({ ...row, time: at === 'clock' ? { at, time: '18:00' } : { at, minutes: 0 } })}
      />
      {time.at === 'clock' ? (
        <TimeField
          label={words.time}
          value={time.time}
          onChange={(clock) => onChange({ ...row, time: { at: 'clock', time: clock } })}
        />
      ) : (
        <WholeField
          label={words.minutes}
          value={time.minutes}
          least={-720}
          most={720}
          onChange={(minutes) => onChange({ ...row, time: { ...time, minutes } })}
        />
      )}
      <Select
        label={words.daysOn}
        value={row.on}
        options={(['open', 'closed', 'every'] as const).map((value) => ({ value, text: words.ons[value] }))}
        onChange={(on) => onChange({ ...row, on })}
      />
    </Line>
  )
}
