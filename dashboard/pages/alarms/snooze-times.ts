// Until when an alarm is silenced, by the choices that people make.
import { addDays, clockTime } from '#dashboard/format/zone.ts'
import { localDate } from '#domain/writing/date.ts'

export const SNOOZE_CHOICES = ['hour', 'hours', 'tomorrow', 'monday', 'own'] as const
export type SnoozeChoice = (typeof SNOOZE_CHOICES)[number]

const HOUR_MS = 3_600_000
/** Minutes after midnight. */
const MORNING = 8 * 60

/** Milliseconds since 1970; null where it lies behind or is none. `own` is what a date-time field gives: local time of the premises. */
export const snoozeUntil = (choice: SnoozeChoice, own: string, now: number, timeZone: string): number | null => {
  const today = localDate(now, timeZone)
  if (choice === 'hour') return now + HOUR_MS
  if (choice === 'hours') return now + 4 * HOUR_MS
  if (choice === 'tomorrow') return clockTime(addDays(today, 1), MORNING, timeZone)
  if (choice === 'monday') return clockTime(nextMonday(today), MORNING, timeZone)
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(own)
  if (match === null) return null
  const [, date = '', hours = '0', minutes = '0'] = match
  const until = clockTime(date, Number(hours) * 60 + Number(minutes), timeZone)
  return until > now ? until : null
}
const nextMonday = (date: string): string => {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return addDays(date, weekday === 0 ? 1 : 8 - weekday)
}
