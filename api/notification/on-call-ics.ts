// A calendar of who is on call as iCalendar (RFC 5545): out for everyone's own calendar, in from where turns are planned.
import {
  convertIcsCalendar,
  extendByRecurrenceRule,
  generateIcsCalendar,
  type IcsDateObject,
  type IcsEvent,
} from 'ts-ics'
import { Failure, type Problem } from '#domain/failure.ts'
import type { OnCall, Shift, Turn } from '#domain/notification/on-call.ts'
import type { User } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { pickName } from '#domain/writing/names.ts'

const DAY_MS = 86_400_000
/** Repeated turns are counted for so long, and so many turns a calendar takes. */
const AHEAD_MS = 366 * DAY_MS
const MAX_TURNS = 1_000
const MAX_PROBLEMS = 50

type Person = Pick<User, 'id' | 'name' | 'login' | 'email'>

/** One event for each shift with somebody in it; times are instants, so no reader needs our time zone. */
export function writeOnCallIcs(
  id: Id,
  calendar: OnCall,
  shifts: readonly Shift[],
  people: readonly Person[],
  now: number,
): string {
  const attendee = (person: Id | null): { name: string; email: string }[] => {
    const found = people.find((one) => one.id === person)
    return found?.email == null || found.email === '' ? [] : [{ name: found.name, email: found.email }]
  }
  const name = pickName(calendar.name, 'fi', id).text
  return generateIcsCalendar({
    version: '2.0',
    prodId: '-//Samtila//on call//EN',
    name,
    events: shifts.flatMap(({ from, to, person, substitute }) =>
      person === null
        ? []
        : [
            {
              uid: `${id}-${from}@samtila`,
              stamp: { date: new Date(now) },
              summary: `${name}: ${people.find((one) => one.id === person)?.name ?? person}`,
              start: { date: new Date(from) },
              end: { date: new Date(to) },
              attendees: [...attendee(person), ...attendee(substitute)],
            },
          ],
    ),
  })
}

/**
 * The turns of a calendar file, in the clock of `timeZone`: who is on call is the first attendee (by e-mail), else who is named by the
 * end of the summary; a second attendee is the substitute. @throws Failure 'invalid-body' with a problem for each event that names nobody.
 */
export function readOnCallIcs(text: string, timeZone: string, people: readonly Person[], now: number): Turn[] {
  let events: IcsEvent[]
  try {
    events = convertIcsCalendar(undefined, text).events ?? []
  } catch (cause) {
    throw new Failure('invalid-body', 'The calendar cannot be read. Export it again as iCalendar (.ics).', { cause })
  }
  const problems: Problem[] = []
  const turns: Turn[] = []
  for (const [place, event] of events.entries()) {
    if (event.status === 'CANCELLED') continue
    const lengthMs = lengthOf(event)
    const [person, substitute = null] = peopleOf(event, people)
    if (person === undefined || lengthMs === null) {
      const what = person === undefined ? 'names nobody of your organisation' : 'has no end'
      problems.push({
        pointer: `/calendar/${place}`,
        code: 'unknown-person',
        message: `“${event.summary.slice(0, 80)}” ${what}`,
      })
      continue
    }
    for (const start of startsOf(event, now)) {
      const clock = (wall: Date): string =>
        event.start.type === 'DATE' || event.start.local?.timezone === timeZone
          ? wall.toISOString().slice(0, 16)
          : localClock(wall.getTime(), timeZone)
      turns.push({ from: clock(start), to: clock(new Date(start.getTime() + lengthMs)), person, substitute })
      if (turns.length > MAX_TURNS)
        throw new Failure('too-large', `The calendar has more than ${MAX_TURNS} turns. Export a shorter time.`)
    }
  }
  if (problems.length > 0)
    throw new Failure('invalid-body', 'Nothing was taken: every event must name somebody.', {
      problems: problems.slice(0, MAX_PROBLEMS),
    })
  return turns.toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

const localClock = (at: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })

/** With a zone the clock counts (8:00 stays 8:00 over October), else the instant. */
const clockOf = (date: IcsDateObject): Date => date.local?.date ?? date.date

function lengthOf({ start, end, duration }: IcsEvent): number | null {
  if (end !== undefined && end !== null) return clockOf(end).getTime() - clockOf(start).getTime()
  const { weeks = 0, days = 0, hours = 0, minutes = 0 } = duration ?? {}
  const ms = ((weeks * 7 + days) * 24 + hours) * 3_600_000 + minutes * 60_000
  return ms > 0 ? ms : start.type === 'DATE' ? DAY_MS : null
}

function startsOf(event: IcsEvent, now: number): Date[] {
  const start = clockOf(event.start)
  if (event.recurrenceRule === undefined) return [start]
  const exceptions = (event.exceptionDates ?? []).flatMap((date) => (date === null ? [] : [clockOf(date)]))
  return extendByRecurrenceRule(event.recurrenceRule, { start, end: new Date(now + AHEAD_MS), exceptions })
}

function peopleOf({ attendees = [], summary }: IcsEvent, people: readonly Person[]): Id[] {
  const byMail = attendees.flatMap(({ email }) => {
    const address = email.replace(/^mailto:/i, '').toLowerCase()
    const found = people.find((one) => one.email?.toLowerCase() === address || one.login.toLowerCase() === address)
    return found === undefined ? [] : [found.id]
  })
  if (byMail.length > 0) return byMail.slice(0, 2)
  const said = summary.trim().toLowerCase()
  const named = people.find(
    ({ name, login }) => said.endsWith(name.toLowerCase()) || said.endsWith(login.toLowerCase()),
  )
  return named === undefined ? [] : [named.id]
}
