// Bookings of an iCalendar (RFC 5545) reduced to room, organisation and time: what else it says of people is never kept.
import { convertIcsCalendar, extendByRecurrenceRule, type IcsDateObject, type IcsEvent } from 'ts-ics'
import { Failure } from '#domain/failure.ts'
import type { ImportTable } from '#domain/imports/import.ts'
import type { TableLimits } from './table-of.ts'
import { organisationOf } from './without-persons.ts'

const HEADER = ['device', 'organisation', 'from', 'to', 'timeZone'] as const

/** Repeated bookings are counted up to `now`: what is to come is not used yet. @throws Failure 'invalid-body', 'too-large'. */
export function readIcs(text: string, now: number, limits: TableLimits): ImportTable {
  let events: IcsEvent[]
  try {
    events = convertIcsCalendar(undefined, text).events ?? []
  } catch (cause) {
    throw new Failure('invalid-body', 'The calendar cannot be read. Export it again as iCalendar (.ics) or CSV.', {
      cause,
    })
  }
  const moved = new Set(
    events.flatMap(({ uid, recurrenceId }) =>
      recurrenceId === undefined ? [] : [`${uid} ${recurrenceId.value.date.getTime()}`],
    ),
  )
  const rows: string[][] = []
  for (const event of events) {
    if (event.status === 'CANCELLED') continue
    const length = lengthOf(event)
    if (length === null) continue
    const zone = event.start.local?.timezone ?? ''
    for (const start of startsOf(event, now)) {
      const plain = event.recurrenceId === undefined && event.recurrenceRule !== undefined
      if (plain && moved.has(`${event.uid} ${start.getTime()}`)) continue
      if (rows.length > limits.rows)
        throw new Failure('too-large', `The calendar has more than ${limits.rows} bookings. Export a shorter time.`)
      const write = (wall: Date): string =>
        zone === '' && event.start.type !== 'DATE' ? wall.toISOString() : wall.toISOString().slice(0, 19)
      rows.push([
        event.location ?? '',
        organisationOf(event.organizer?.email ?? ''),
        write(start),
        write(new Date(start.getTime() + length)),
        zone,
      ])
    }
  }
  return { header: [...HEADER], rows, lines: rows.map((_row, i) => i + 1) }
}

/** With a zone the clock time counts (9:00 stays 9:00 over October), else the instant. */
const clockOf = (date: IcsDateObject): Date => date.local?.date ?? date.date

function lengthOf(event: IcsEvent): number | null {
  if (event.end !== undefined && event.end !== null)
    return clockOf(event.end).getTime() - clockOf(event.start).getTime()
  const { weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = event.duration ?? {}
  const ms = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000
  return ms > 0 ? ms : event.start.type === 'DATE' ? 86_400_000 : null
}

function startsOf(event: IcsEvent, now: number): Date[] {
  const start = clockOf(event.start)
  if (event.recurrenceRule === undefined) return [start]
  const exceptions = (event.exceptionDates ?? []).flatMap((date) => (date === null ? [] : [clockOf(date)]))
  const days = extendByRecurrenceRule(event.recurrenceRule, { start, end: new Date(now), exceptions })
  return days.filter((day) => day.getTime() <= now)
}
