// Clock times of a person or calendar in a time zone: the end of quiet hours, the next hour or digest, over clock changes too.

/** From `from` to `to`, HH:MM, over midnight when `to` is earlier; only nights that begin on these weekdays (1 Monday … 7 Sunday). */
export type Quiet = { from: string; to: string; days: readonly number[] | null }

const HOUR_MS = 3_600_000
const MINUTES_OF_DAY = 1440

export const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

const zoned = (zone: string, at: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)

export const localDateAt = (zone: string, at: number): string => zoned(zone, at).toPlainDate().toString()

/** Whether a text is a time zone of the IANA list. */
export function isTimeZone(text: string): boolean {
  try {
    zoned(text, 0)
    return true
  } catch {
    return false
  }
}

/** The instant of a clock time on a local day; one that is skipped is as much later, of one that comes twice the first. */
export function clockAt(zone: string, date: Temporal.PlainDate | string, minutes: number): number {
  const day = typeof date === 'string' ? Temporal.PlainDate.from(date) : date
  return day.toPlainDateTime({ hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 }).toZonedDateTime(zone)
    .epochMilliseconds
}

/** The first instant after `after` at which the clock shows these minutes since midnight. */
export function nextClock(zone: string, after: number, minutes: number): number {
  const today = zoned(zone, after).toPlainDate()
  for (let days = 0; ; days += 1) {
    const at = clockAt(zone, today.add({ days }), minutes)
    if (at > after) return at
  }
}

/** The next full hour of the local clock after `after`. */
export function nextHour(zone: string, after: number): number {
  const local = zoned(zone, after)
  const intoHour = local.minute * 60_000 + local.second * 1000 + local.millisecond
  return after + HOUR_MS - intoHour
}

/** When somebody may be disturbed: `at` itself outside of quiet hours, else their end. */
export function quietUntil({ from, to, days }: Quiet, zone: string, at: number): number {
  const local = zoned(zone, at)
  const minute = local.hour * 60 + local.minute
  const [begin, end] = [minutesOf(from), minutesOf(to)]
  const wraps = end <= begin
  const isQuiet = wraps ? minute >= begin || minute < end : minute >= begin && minute < end
  if (!isQuiet) return at
  // What is after midnight belongs to the night that began the day before.
  const began = wraps && minute < end ? local.toPlainDate().subtract({ days: 1 }) : local.toPlainDate()
  if (days !== null && !days.includes(began.dayOfWeek)) return at
  const ends = wraps ? began.add({ days: 1 }) : began
  const first = clockAt(zone, ends, end % MINUTES_OF_DAY)
  if (first > at) return first
  // The hour that comes twice: its second time.
  return ends
    .toPlainDateTime({ hour: Math.floor(end / 60), minute: end % 60 })
    .toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds
}
