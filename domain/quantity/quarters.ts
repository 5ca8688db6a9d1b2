// The quarters of a period: every 15 minutes of a month with their local day and clock time, also over clock changes.
import { dayStart, periodOf } from './period.ts'
import type { Period } from './period.ts'

export const QUARTER_MS = 900_000
/** Clock quarters of an ordinary day. */
export const QUARTERS_OF_DAY = 96

/** `count` quarters; typed arrays by quarter unless said otherwise. Never changed once made. */
export type Quarters = Period & {
  count: number
  /** Instants of the boundaries, `count` + 1 of them, in milliseconds. */
  boundaries: Float64Array
  /** Local day, counted from the month's first. */
  day: Uint8Array
  /** Local clock quarter, 0 (00:00) to 95 (23:45). */
  clock: Uint8Array
  /** Clock hours of the month counted through; the hour that an autumn night repeats counts twice. */
  hour: Uint16Array
  /** By day: its first quarter; one more, `count`, at the end. */
  dayFirst: Uint16Array
}

const cache = new Map<string, Quarters>()
/** Months kept ready; 29 M values need them thousands of times. */
const CACHE_LIMIT = 240

/** The quarters of a month in a time zone. The same object for the same month while it is kept. */
export function quartersOf(month: string, timeZone: string): Quarters {
  const key = `${month} ${timeZone}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const made = makeQuarters(periodOf(month, timeZone))
  if (cache.size >= CACHE_LIMIT) cache.delete(cache.keys().next().value!)
  cache.set(key, made)
  return made
}

function makeQuarters(period: Period): Quarters {
  const count = Math.round((period.to - period.from) / QUARTER_MS)
  const boundaries = Float64Array.from({ length: count + 1 }, (_, i) => period.from + i * QUARTER_MS)
  const day = new Uint8Array(count)
  const clock = new Uint8Array(count)
  const hour = new Uint16Array(count)
  const days = period.endDay - period.firstDay
  const dayFirst = new Uint16Array(days + 1)
  let hours = -1
  let lastClockHour = ''
  for (let d = 0; d < days; d += 1) {
    const from = dayStart(period.firstDay + d, period.timeZone)
    const to = dayStart(period.firstDay + d + 1, period.timeZone)
    const first = Math.round((from - period.from) / QUARTER_MS)
    const end = Math.round((to - period.from) / QUARTER_MS)
    dayFirst[d] = first
    // A day whose length is ordinary and that starts at midnight keeps one offset; any other is asked quarter by quarter.
    const startOffset = offsetMs(from, period.timeZone)
    const ordinary = end - first === QUARTERS_OF_DAY && offsetMs(to - QUARTER_MS, period.timeZone) === startOffset
    for (let q = first; q < end; q += 1) {
      const at = period.from + q * QUARTER_MS
      const offset = ordinary ? startOffset : offsetMs(at, period.timeZone)
      const clockQuarter = Math.floor(mod(at + offset, 86_400_000) / QUARTER_MS)
      day[q] = d
      clock[q] = clockQuarter
      const clockHour = `${d} ${clockQuarter >> 2} ${offset}`
      if (clockHour !== lastClockHour) hours += 1
      lastClockHour = clockHour
      hour[q] = hours
    }
  }
  dayFirst[days] = count
  return { ...period, count, boundaries, day, clock, hour, dayFirst }
}

function offsetMs(atMs: number, timeZone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6
}
function mod(a: number, b: number): number {
  return ((a % b) + b) % b
}
