// The clock by which an answer is due: working hours of the premises' calendar, Monday to Friday 8 to 16, without Finnish holidays and eves.
import { createWorkdays } from '#domain/quantity/holidays.ts'
import { formatDay } from '#domain/quantity/local-date.ts'
import { dayOfInstant } from '#domain/quantity/period.ts'

const OPENS = 8
const CLOSES = 16
const HOUR_MS = 3_600_000
/** Two working days. */
export const DEFAULT_FAULT_HOURS = 2 * (CLOSES - OPENS)
/** The most working hours that an agreement may give: half a year. */
export const FAULT_HOURS_LIMIT = 1_000
/** Days that are looked through for one span; a fault older than that has other sorrows. */
const MAX_DAYS = 3_660

const isWorkday = createWorkdays()
const clockAt = (day: number, hour: number, timeZone: string): number =>
  Temporal.PlainDate.from(formatDay(day)).toZonedDateTime({ timeZone, plainTime: { hour } }).epochMilliseconds

/** The instant at which so many working hours have passed since `from` (milliseconds since 1970). */
export function afterWorkingHours(from: number, hours: number, timeZone: string): number {
  let left = hours * HOUR_MS
  let day = dayOfInstant(from, timeZone)
  for (let days = 0; days < MAX_DAYS; days += 1, day += 1) {
    if (!isWorkday(day)) continue
    const opens = Math.max(from, clockAt(day, OPENS, timeZone))
    const open = Math.max(0, clockAt(day, CLOSES, timeZone) - opens)
    if (left <= open) return opens + left
    left -= open
  }
  return from + hours * HOUR_MS
}

/** Milliseconds of working time between two instants. */
export function workingTimeBetween(from: number, to: number, timeZone: string): number {
  if (to <= from) return 0
  let time = 0
  const last = dayOfInstant(to, timeZone)
  for (let day = dayOfInstant(from, timeZone), days = 0; day <= last && days < MAX_DAYS; day += 1, days += 1) {
    if (!isWorkday(day)) continue
    const opens = Math.max(from, clockAt(day, OPENS, timeZone))
    time += Math.max(0, Math.min(to, clockAt(day, CLOSES, timeZone)) - opens)
  }
  return time
}
