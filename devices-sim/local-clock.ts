// Local time of one time zone, fast enough to ask for every quarter of a year: offsets are looked up once per UTC day.

export const QUARTER_MS = 900_000
export const DAY_MS = 86_400_000

export type LocalClock = {
  /** The wall clock as if it were UTC, in ms: its day and minute can be had by division. */
  localMs(at: number): number
  /** Local day as days since 1970-01-01. */
  day(at: number): number
  /** Minutes since local midnight by the wall clock, with fraction. */
  minute(at: number): number
  /** The instant of a local midnight. */
  midnight(day: number): number
}

/** Weekday of a local day: 1 Monday … 7 Sunday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** Local date YYYY-MM-DD as days since 1970-01-01. */
export const dayOfDate = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS

/** Days since 1970-01-01 as YYYY-MM-DD. */
export const dateOfDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

export function createLocalClock(timeZone: string): LocalClock {
  const offsetAt = (at: number): number =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6
  const ofDay = new Map<number, number | null>()
  const ofHour = new Map<number, number>()
  let lastDay = Number.NaN
  let lastOffset: number | null = 0
  function offset(at: number): number {
    const utcDay = Math.floor(at / DAY_MS)
    if (utcDay !== lastDay) {
      let known = ofDay.get(utcDay)
      if (known === undefined) {
        const start = offsetAt(utcDay * DAY_MS)
        known = start === offsetAt((utcDay + 1) * DAY_MS) ? start : null
        ofDay.set(utcDay, known)
      }
      lastDay = utcDay
      lastOffset = known
    }
    if (lastOffset !== null) return lastOffset
    const hour = Math.floor(at / 3_600_000)
    let known = ofHour.get(hour)
    if (known === undefined) ofHour.set(hour, (known = offsetAt(hour * 3_600_000)))
    return known
  }
  const localMs = (at: number): number => at + offset(at)
  return {
    localMs,
    day: (at) => Math.floor(localMs(at) / DAY_MS),
    minute: (at) => {
      const local = localMs(at)
      return (local - Math.floor(local / DAY_MS) * DAY_MS) / 60_000
    },
    midnight: (day) => Temporal.PlainDate.from(dateOfDay(day)).toZonedDateTime(timeZone).epochMilliseconds,
  }
}
