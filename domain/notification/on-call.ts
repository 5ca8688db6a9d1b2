// Who is on call: people in turn from a day on, exceptions that go before, substitutes, and the steps when nobody answers. Clock times are local.
import type { Severity } from '#domain/alarms/rule.ts'
import type { Problem } from '#domain/failure.ts'
import { paperKind } from '#domain/ports/papers.ts'
import type { Id, LocalDate, Names } from '#domain/registry/bundle.ts'
import { clockAt, isTimeZone, localDateAt, minutesOf } from './local-clock.ts'

/** People in turn, each for so many days, from `from` at the clock time of the hand-over. */
export type Rotation = { people: readonly Id[]; from: LocalDate; days: number; handover: string }
/** An exception: `from` and `to` are local clock times (2026-12-24T16:00); of two that meet the later in the list counts. */
export type Turn = { from: string; to: string; person: Id; substitute: Id | null }
/** Whom a step tells: who is on call, their substitute, or the organisation's managers. */
export const STEP_TELLS = ['on-call', 'substitute', 'managers'] as const
export type Step = { afterMinutes: number; tell: (typeof STEP_TELLS)[number] }
export type OnCall = {
  name: Names
  organisation: Id | null
  /** Only for this one; null: for all premises. */
  premises: Id | null
  timeZone: string
  /** `responsible`: alarms that are the organisation's to repair; `all`: all that it sees. */
  covers: 'responsible' | 'all'
  /** Alarms from this severity on call somebody; from the other on they ignore quiet hours and digests. */
  from: Severity
  wakesFrom: Severity
  rotation: Rotation | null
  turns: readonly Turn[]
  /** In order of time; told while nobody has acknowledged the alarm. */
  steps: readonly Step[]
}
/** State: `on` or `off`. */
export const ON_CALL = paperKind<OnCall>('on-call')

/** Someone on call from when to when (milliseconds since 1970); `turn` is the place of the exception that says so. */
export type Shift = { from: number; to: number; person: Id | null; substitute: Id | null; turn: number | null }

const DAY_MS = 86_400_000
const instantOf = (zone: string, local: string): number =>
  clockAt(zone, local.slice(0, 10), minutesOf(local.slice(11, 16)))

/** The number of the rotation's shift that an instant is in, below 0 before the first. */
function shiftNumber({ from, days, handover }: Rotation, zone: string, at: number): number {
  const begins = (n: number): number => shiftBegin({ from, days, handover }, zone, n)
  const passed = Temporal.PlainDate.from(from).until(localDateAt(zone, at), { largestUnit: 'days' }).days
  // By the day, then by the instant of the hand-over: around a clock change the clock alone does not say.
  let n = Math.floor(passed / days)
  while (begins(n) > at) n -= 1
  while (begins(n + 1) <= at) n += 1
  return n
}
const shiftBegin = ({ from, days, handover }: Omit<Rotation, 'people'>, zone: string, n: number): number =>
  clockAt(zone, Temporal.PlainDate.from(from).add({ days: n * days }), minutesOf(handover))

/** Who is on call at an instant, with the ends of that shift as the rotation or the exception has them. */
export function shiftAt({ rotation, turns, timeZone }: OnCall, at: number): Shift {
  const place = turns.findLastIndex(({ from, to }) => instantOf(timeZone, from) <= at && at < instantOf(timeZone, to))
  const turn = turns[place]
  if (turn !== undefined)
    return {
      from: instantOf(timeZone, turn.from),
      to: instantOf(timeZone, turn.to),
      person: turn.person,
      substitute: turn.substitute,
      turn: place,
    }
  if (rotation === null || rotation.people.length === 0)
    return { from: -Infinity, to: Infinity, person: null, substitute: null, turn: null }
  const n = shiftNumber(rotation, timeZone, at)
  const [begin, end] = [shiftBegin(rotation, timeZone, n), shiftBegin(rotation, timeZone, n + 1)]
  const { people } = rotation
  if (n < 0)
    return { from: -Infinity, to: shiftBegin(rotation, timeZone, 0), person: null, substitute: null, turn: null }
  return {
    from: begin,
    to: end,
    person: people[n % people.length] ?? null,
    // Whoever comes next stands in.
    substitute: people.length > 1 ? (people[(n + 1) % people.length] ?? null) : null,
    turn: null,
  }
}

/** The shifts in [from, to) without gap or overlap; where nobody is on call, `person` is null. */
export function shiftsBetween(calendar: OnCall, from: number, to: number): Shift[] {
  const { rotation, turns, timeZone } = calendar
  const edges = new Set([from])
  for (const turn of turns) for (const local of [turn.from, turn.to]) edges.add(instantOf(timeZone, local))
  if (rotation !== null && rotation.people.length > 0)
    for (let n = Math.max(0, shiftNumber(rotation, timeZone, from)); ; n += 1) {
      const begin = shiftBegin(rotation, timeZone, n)
      if (begin >= to) break
      edges.add(begin)
    }
  const cuts = [...edges].filter((at) => at >= from && at < to).toSorted((a, b) => a - b)
  const shifts: Shift[] = []
  for (const [place, cut] of cuts.entries()) {
    const { person, substitute, turn } = shiftAt(calendar, cut)
    const last = shifts.at(-1)
    const end = cuts[place + 1] ?? to
    if (last !== undefined && last.person === person && last.substitute === substitute && last.turn === turn)
      last.to = end
    else shifts.push({ from: cut, to: end, person, substitute, turn })
  }
  return shifts
}

/** What is wrong with a calendar, by JSON Pointer. `isPerson` tells whether an id is somebody of the organisation. */
export function checkOnCall(calendar: OnCall, isPerson: (id: Id) => boolean): Problem[] {
  const problems: Problem[] = []
  const wrong = (pointer: string, code: string, message: string): void => void problems.push({ pointer, code, message })
  const mustBePerson = (id: Id, pointer: string): void => {
    if (!isPerson(id)) wrong(pointer, 'unknown-person', `${id} is nobody of your organisation who can sign in`)
  }
  if (!isTimeZone(calendar.timeZone)) wrong('/timeZone', 'no-time-zone', 'give a time zone such as Europe/Helsinki')
  calendar.rotation?.people.forEach((id, place) => mustBePerson(id, `/rotation/people/${place}`))
  for (const [place, { from, to, person, substitute }] of calendar.turns.entries()) {
    mustBePerson(person, `/turns/${place}/person`)
    if (substitute !== null) mustBePerson(substitute, `/turns/${place}/substitute`)
    if (substitute === person) wrong(`/turns/${place}/substitute`, 'same-person', 'the substitute is somebody else')
    if (from >= to) wrong(`/turns/${place}/to`, 'ends-before', `must be after ${from}`)
    else if (Date.parse(`${to}Z`) - Date.parse(`${from}Z`) > 366 * DAY_MS)
      wrong(`/turns/${place}/to`, 'too-long', 'one turn lasts a year at most')
  }
  for (const [place, { afterMinutes }] of calendar.steps.entries())
    if (afterMinutes <= (calendar.steps[place - 1]?.afterMinutes ?? -1))
      wrong(`/steps/${place}/afterMinutes`, 'not-later', 'each step comes later than the one before')
  return problems
}
