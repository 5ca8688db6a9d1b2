// The due days of inspections as a calendar (iCalendar, RFC 5545): one event of a whole day for each, with its law and a reminder before.
import { generateIcsCalendar, type IcsEvent } from 'ts-ics'
import type { Id, Language, LocalDate, Names } from '#domain/registry/bundle.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import { SERVICE_WORDS } from '#domain/service/book.ts'
import { pickName } from '#domain/writing/names.ts'

const DAY_MS = 86_400_000
export type CalendarRow = {
  id: Id
  title: Names
  law: Names
  dueOn: LocalDate
  /** The name of the device as the reader may see it; null for the premises as a whole. */
  device: string | null
  changedAt: number
}

/** `address` gives where an inspection is opened. */
export function inspectionCalendar(
  rows: readonly CalendarRow[],
  language: Language,
  { premises, address }: { premises: string; address: (id: Id) => string },
): string {
  const words = SERVICE_WORDS[language]
  const text = (names: Names): string => pickName(names, language, '').text
  return generateIcsCalendar({
    version: '2.0',
    prodId: '-//Samtila//Inspections//EN',
    method: 'PUBLISH',
    name: words.calendarName(premises),
    events: rows.map(({ id, title, law, dueOn, device, changedAt }): IcsEvent => {
      const day = new Date(dayNumber(dueOn) * DAY_MS)
      return {
        uid: `${id}@samtila`,
        stamp: { date: new Date(changedAt) },
        start: { type: 'DATE', date: day },
        end: { type: 'DATE', date: new Date(day.getTime() + DAY_MS) },
        summary: [text(title), device].filter((one) => one !== null).join(', '),
        description: words.law(text(law)),
        location: premises,
        url: address(id),
        alarms: [
          {
            action: 'DISPLAY',
            description: text(title),
            trigger: { type: 'relative', value: { before: true, days: 30 } },
          },
        ],
      }
    }),
  })
}
