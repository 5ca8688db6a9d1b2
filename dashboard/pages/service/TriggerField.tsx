// What brings a plan's tasks about: an interval, months of the year, running hours, a count, or a meter's verification.
import { Checkbox, CheckboxGroup, TextInput } from 'suomifi-ui-components'
import type { Trigger } from '#contract/service.ts'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { decimalOf } from './task-draft.ts'
import { useMonthName } from './trigger-text.ts'

const KINDS = ['weeks', 'months', 'yearly', 'hours', 'count', 'verification'] as const
const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
export type TriggerDraft = { by: Trigger['by']; every: string; point: string; months: number[]; day: string }

/** The trigger, or null as long as something is missing. */
export const triggerOf = ({ by, every, point, months, day }: TriggerDraft, from: string): Trigger | null => {
  if (by === 'verification') return { by }
  if (by === 'yearly') {
    const ofMonth = Number(day)
    return months.length === 0 || !(ofMonth >= 1 && ofMonth <= 31) ? null : { by, months, day: ofMonth }
  }
  const decimal = decimalOf(every)
  if (by === 'hours' || by === 'count')
    return decimal === null || point.trim() === '' ? null : { by, point: point.trim(), every: decimal }
  return /^\d{1,3}$/.test(every) && Number(every) >= 1 ? { by, every: Number(every), from } : null
}

type Props = { draft: TriggerDraft; change: (draft: TriggerDraft) => void; points: readonly { key: string }[] }
export const TriggerField = ({ draft, change, points }: Props) => {
  const { plan: words } = useWords(serviceWords)
  const monthName = useMonthName()
  const { by, every, point, months, day } = draft
  const text = (value: string | number | undefined): string => String(value ?? '')
  return (
    <Stack>
      <Row $end>
        <Select
          label={words.trigger}
          value={by}
          options={KINDS.map((value) => ({ value, text: words.triggers[value] }))}
          onChange={(value) => change({ ...draft, by: value })}
        />
        {by === 'yearly' || by === 'verification' ? null : (
          <TextInput
            labelText={by === 'hours' ? words.everyHours : by === 'count' ? words.everyCount : words.every}
            inputMode="numeric"
            value={every}
            onChange={(value) => change({ ...draft, every: text(value) })}
          />
        )}
        {by === 'hours' || by === 'count' ? (
          points.length === 0 ? (
            <TextInput
              labelText={words.point}
              value={point}
              onChange={(value) => change({ ...draft, point: text(value) })}
            />
          ) : (
            <Select
              label={words.point}
              value={point}
              options={[{ value: '', text: '–' }, ...points.map(({ key }) => ({ value: key, text: key }))]}
              onChange={(value) => change({ ...draft, point: value })}
            />
          )
        ) : null}
        {by === 'yearly' ? (
          <TextInput
            labelText={words.day}
            inputMode="numeric"
            value={day}
            onChange={(value) => change({ ...draft, day: text(value) })}
          />
        ) : null}
      </Row>
      {by === 'yearly' ? (
        <CheckboxGroup labelText={words.months}>
          {MONTHS.map((month) => (
            <Checkbox
              key={month}
              checked={months.includes(month)}
              onClick={({ checkboxState }) =>
                change({
                  ...draft,
                  months: MONTHS.filter((one) => (one === month ? checkboxState : months.includes(one))),
                })
              }
            >
              {monthName(month)}
            </Checkbox>
          ))}
        </CheckboxGroup>
      ) : null}
    </Stack>
  )
}
