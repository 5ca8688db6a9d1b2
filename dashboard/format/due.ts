// Until when something is due: a date alone where it is the end of that date, with the clock otherwise.
import type { Format } from './bind-format.ts'

/** What ends at midnight was due on the day before: "2.11.2026", not "3.11.2026 klo 0.00". */
export const dueText = (format: Pick<Format, 'date' | 'instant'>, dueAt: number, timeZone: string): string => {
  const at = Temporal.Instant.fromEpochMilliseconds(dueAt).toZonedDateTimeISO(timeZone)
  const atMidnight = at.equals(at.startOfDay())
  return atMidnight ? format.date(at.toPlainDate().subtract({ days: 1 }).toString()) : format.instant(dueAt, timeZone)
}
