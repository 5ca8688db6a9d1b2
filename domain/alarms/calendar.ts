// Whether it is one of the times that a rule names, by the clock of the premises; public holidays of Finland where they count.
import { parseClockQuarter } from '#domain/agreement/when.ts'
import { finnishHolidays } from '#domain/quantity/holidays.ts'
import { formatDay, weekday } from '#domain/quantity/local-date.ts'
import { dayOfInstant, dayStart } from '#domain/quantity/period.ts'
import type { LocalDate, When } from '#domain/registry/bundle.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1_440

/** A local moment: its day, and the minutes since its midnight by the wall clock. */
export type LocalMoment = { day: number; minute: number }

/** Tells local moments of one zone; keeps the current day, so that asking for many instants of it is cheap. */
export function createLocalClock(timeZone: string): (at: number) => LocalMoment {
  let day = 0
  let from = 0
  let to = -1
  return (at) => {
    if (at < from || at >= to) {
      day = dayOfInstant(at, timeZone)
      from = dayStart(day, timeZone)
      to = dayStart(day + 1, timeZone)
    }
    const minute = Math.floor((at - from) / MINUTE_MS)
    // On the two days a year when the clock changes, the wall clock is asked.
    return { day, minute: to - from === DAY_MINUTES * MINUTE_MS ? minute : wallMinute(at, timeZone) }
  }
}

function wallMinute(at: number, timeZone: string): number {
  const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  return hour * 60 + minute
}

/** Whether `when` holds at a local moment: month, weekday, clock; `to` before `from` wraps over midnight. */
export function whenHolds(when: When, { day, minute }: LocalMoment): boolean {
  if (when.months !== undefined && !when.months.includes(Number(formatDay(day).slice(5, 7)))) return false
  if (when.days !== undefined && !when.days.includes(weekday(day))) return false
  const from = when.from === undefined ? 0 : (parseClockQuarter(when.from) ?? 0) * 15
  const to = when.to === undefined ? DAY_MINUTES : (parseClockQuarter(when.to) ?? 96) * 15
  if (from === to) return true
  return from < to ? from <= minute && minute < to : minute >= from || minute < to
}

/** Whether a day is a public holiday or an eve on which offices are closed. */
export function isFinnishHoliday(day: number): boolean {
  const date = formatDay(day)
  const year = Number(date.slice(0, 4))
  let dates = holidays.get(year)
  if (dates === undefined) {
    if (holidays.size >= MAX_YEARS) holidays.clear()
    dates = new Set(finnishHolidays(year).map((holiday) => holiday.date))
    holidays.set(year, dates)
  }
  return dates.has(date)
}
const holidays = new Map<number, ReadonlySet<string>>()
const MAX_YEARS = 200

/** Whether a local date lies in one of the spans; `from` is in, `to` is not. */
export const isWithin = (spans: readonly { from: LocalDate; to: LocalDate }[], day: number): boolean => {
  const date = formatDay(day)
  return spans.some(({ from, to }) => from <= date && date < to)
}
