// Until when something is due: a date alone where it is the end of that date, with the clock otherwise.
import { localDate } from '#domain/writing/date.ts'
import type { Format } from './bind-format.ts'
import { startOfDate } from './zone.ts'

/** What ends at midnight was due on the day before: "2.11.2026", not "3.11.2026 klo 0.00". */
export const dueText = (format: Pick<Format, 'date' | 'instant'>, dueAt: string, timeZone: string): string => {
  const ms = Date.parse(dueAt)
  const atMidnight = ms === startOfDate(localDate(ms, timeZone), timeZone)
  return atMidnight ? format.date(localDate(ms - 1, timeZone)) : format.instant(dueAt, timeZone)
}
