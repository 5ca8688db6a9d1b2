// The months that cost pages show, from the address: the last thirteen, or a year.
import { addMonths } from '#dashboard/format/zone.ts'
import { localDate } from '#domain/writing/date.ts'

/** Thirteen: the same month of last year stands beside this one. */
const MONTHS = 13

/** First and last month to show; `year` as in the address, null for the last thirteen months. */
export const monthsShown = (year: string | null, nowMs: number, timeZone: string): { from: string; to: string } => {
  if (year !== null && /^\d{4}$/.test(year)) return { from: `${year}-01`, to: `${year}-12` }
  const to = localDate(nowMs, timeZone).slice(0, 7)
  return { from: addMonths(to, 1 - MONTHS), to }
}
