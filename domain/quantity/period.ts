// A period: a calendar month YYYY-MM in the premises' time zone, from its first local midnight to the next month's.
import { dayNumber, formatDay, monthDays } from './local-date.ts'

/** [from, to) in milliseconds since 1970; `days` are its local dates as day numbers [firstDay, endDay). */
export type Period = { month: string; timeZone: string; from: number; to: number; firstDay: number; endDay: number }

/** The period of a month `YYYY-MM` in a time zone (both checked when they came in). */
export function periodOf(month: string, timeZone: string): Period {
  const { first, end } = monthDays(month)
  return { month, timeZone, from: dayStart(first, timeZone), to: dayStart(end, timeZone), firstDay: first, endDay: end }
}

/** The first instant of a local day (its midnight, or what comes after it where there is none), in milliseconds. */
export function dayStart(day: number, timeZone: string): number {
  return Temporal.PlainDate.from(formatDay(day)).toZonedDateTime(timeZone).epochMilliseconds
}

/** What was asked last in each zone, by its minute: mostly it is asked again, and calendars are slow. Clocks are changed between minutes. */
const lastAsked = new Map<string, { minute: number; day: number }>()
const MAX_ZONES = 1_000

/** The local day, as a day number, on which an instant falls. */
export function dayOfInstant(atMs: number, timeZone: string): number {
  const minute = Math.floor(atMs / 60_000)
  const last = lastAsked.get(timeZone)
  if (last?.minute === minute) return last.day
  const day = dayNumber(
    Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).toPlainDate().toString(),
  )
  if (lastAsked.size >= MAX_ZONES) lastAsked.clear()
  lastAsked.set(timeZone, { minute, day })
  return day
}

/** The month `YYYY-MM` in which an instant falls in a time zone. */
export function monthOfInstant(atMs: number, timeZone: string): string {
  return formatDay(dayOfInstant(atMs, timeZone)).slice(0, 7)
}

/** Whether the platform knows a time zone by this name (an IANA name; offsets are no places and are refused). */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch {
    return false
  }
}
