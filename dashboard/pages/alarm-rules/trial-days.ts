// Alarms that would have been, counted by local day.
import type { AlarmTryAnswer } from '#contract/alarm-rules.ts'
import { addDays, startOfDate } from '#dashboard/format/zone.ts'
import { localDate } from '#domain/writing/date.ts'

export type TrialDay = { date: string; from: number; to: number; count: number }

/** Every day of the span in order, also those without an alarm. */
export const trialDays = (
  { from, to, alarms }: Pick<AlarmTryAnswer, 'from' | 'to' | 'alarms'>,
  timeZone: string,
): TrialDay[] => {
  const counts = new Map<string, number>()
  for (const { raisedAt } of alarms) {
    const date = localDate(Date.parse(raisedAt), timeZone)
    counts.set(date, (counts.get(date) ?? 0) + 1)
  }
  const days: TrialDay[] = []
  const last = localDate(Date.parse(to), timeZone)
  for (let date = localDate(Date.parse(from), timeZone); date <= last; date = addDays(date, 1))
    days.push({
      date,
      from: startOfDate(date, timeZone),
      to: startOfDate(addDays(date, 1), timeZone),
      count: counts.get(date) ?? 0,
    })
  return days
}
