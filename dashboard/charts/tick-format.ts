// Words on a time axis: hours, dates, months or years, by how far apart the ticks are.
import { localDate } from '#domain/writing/date.ts'
import type { Format } from '#dashboard/format/bind-format.ts'

const DAY_S = 86_400

export const tickFormat =
  (format: Format, timeZone: string) =>
  (seconds: number, stepS: number): string => {
    const date = localDate(seconds * 1000, timeZone)
    if (stepS >= 300 * DAY_S) return date.slice(0, 4)
    if (stepS >= 25 * DAY_S) return format.shortMonth(date.slice(0, 7))
    const day = format.day(date)
    if (stepS >= 20 * 3600) return day
    const time = format.time(seconds * 1000, timeZone, stepS < 60 ? 'second' : 'minute')
    return /^0?0[.:]00$/.test(time) ? day : time
  }
