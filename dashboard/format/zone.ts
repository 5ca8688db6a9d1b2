// Local midnights as instants, with what Intl knows of time zones, and the periods that charts show.
import { localDate } from '#domain/writing/date.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Milliseconds since 1970 of the first instant of a local date. Exact across clock changes: the zone's own rules decide. */
export const startOfDate = (date: string, timeZone: string): number => {
  const guess = Date.parse(`${date}T00:00:00Z`)
  let ms = guess - offsetAt(guess, timeZone)
  ms = guess - offsetAt(ms, timeZone)
  // Where midnight itself is skipped, the first instant of the date is later.
  return localDate(ms, timeZone) === date ? ms : ms + HOUR_MS
}

/** The instant at which the clock of a zone shows so many minutes after midnight on a date. */
export const clockTime = (date: string, minutes: number, timeZone: string): number => {
  const guess = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000
  return guess - offsetAt(guess - offsetAt(guess, timeZone), timeZone)
}

/** How far a zone's clock is ahead of UTC at an instant. */
const offsetAt = (ms: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return local - Math.floor(ms / 1000) * 1000
}

/** The date so many days later (or earlier). */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** The month so many months later (or earlier). */
export const addMonths = (month: string, months: number): string => {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}

export const RANGES = ['hour', 'day', 'week', 'month', 'year'] as const
export type Range = (typeof RANGES)[number]
/** Local dates [from, to) of the day, week (from Monday), month or year that a date is in. */
export const datesOf = (range: Exclude<Range, 'hour'>, date: string): { from: string; to: string } => {
  if (range === 'day') return { from: date, to: addDays(date, 1) }
  if (range === 'week') {
    const monday = addDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7))
    return { from: monday, to: addDays(monday, 7) }
  }
  if (range === 'month') {
    const month = date.slice(0, 7)
    return { from: `${month}-01`, to: `${addMonths(month, 1)}-01` }
  }
  const year = Number(date.slice(0, 4))
  return { from: `${year}-01-01`, to: `${year + 1}-01-01` }
}
