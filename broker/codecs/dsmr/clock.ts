// The instant of a meter's clock: local time with a letter that says summer or standard time.

const TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)([SW])$/
const HOUR_MS = 3_600_000
const CENTRAL_EUROPE_MS = 3_600_000
const EASTERN_EUROPE_MS = 7_200_000
/** A meter's clock may be ahead of ours by as much. */
const AHEAD_MS = 300_000

/** The zones of the countries whose meters send telegrams, standard time before UTC in milliseconds. */
export type MeterZone = typeof CENTRAL_EUROPE_MS | typeof EASTERN_EUROPE_MS

/**
 * The zone of a telegram by its own clock, because no telegram says it: Central European time, as in the Netherlands, Sweden, Denmark
 * and Norway, unless that lies in the future of `receivedAt` and Eastern European time, as in Finland, does not.
 */
export function zoneOfClock(text: string, receivedAt: number): MeterZone {
  const central = instantOfClock(text, CENTRAL_EUROPE_MS)
  const eastern = instantOfClock(text, EASTERN_EUROPE_MS)
  const latest = receivedAt + AHEAD_MS
  return central !== null && eastern !== null && central > latest && eastern <= latest
    ? EASTERN_EUROPE_MS
    : CENTRAL_EUROPE_MS
}

/** `YYMMDDhhmmssX` as milliseconds since 1970, or null for anything else (also for times without letter: they are ambiguous). */
export function instantOfClock(text: string, zone: MeterZone): number | null {
  const match = TIME.exec(text)
  if (match === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number)
  const local = Date.UTC(2000 + year, month - 1, day, hour, minute, second)
  const date = new Date(local)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  if (hour > 23 || minute > 59 || second > 59) return null
  return local - zone - (match[7] === 'S' ? HOUR_MS : 0)
}
