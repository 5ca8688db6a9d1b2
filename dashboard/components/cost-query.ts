// The months that cost pages show, from the address: the last thirteen, or a year.
import { addMonths } from '#dashboard/format/zone.ts'
import { localDate } from '#domain/writing/date.ts'

/** Thirteen: the same month of last year stands beside this one. */
const MONTHS = 13

/** First and last month to show; `year` as in the address, null for the last thirteen months. No month that has not begun. */
export const monthsShown = (year: string | null, nowMs: number, timeZone: string): { from: string; to: string } => {
  const to = localDate(nowMs, timeZone).slice(0, 7)
  if (year !== null && /^\d{4}$/.test(year) && `${year}-01` <= to)
    return { from: `${year}-01`, to: `${year}-12` < to ? `${year}-12` : to }
  return { from: addMonths(to, 1 - MONTHS), to }
}
