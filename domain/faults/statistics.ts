// How quickly organisations answer and repair: from the custody of faults, as median and ninth decile, by the clock and in working hours.
import type { Id } from '#domain/registry/bundle.ts'
import type { Fault } from './fault.ts'
import { workingTimeBetween } from './working-time.ts'

/** Milliseconds; null where nothing was measured. `p90`: nine of ten were at most this. */
export type Times = {
  count: number
  medianMs: number | null
  p90Ms: number | null
  medianWorkingMs: number | null
  p90WorkingMs: number | null
}
export type OrganisationTimes = {
  organisation: Id
  offered: number
  accepted: number
  declined: number
  /** Offers that are not answered yet, and those among them whose time is over. */
  waiting: number
  late: number
  repaired: number
  /** From the offer to the answer, and from the acceptance to the end of the repair. */
  response: Times
  repair: Times
}
type Span = { from: number; to: number; timeZone: string }
export type FaultForTimes = { body: Fault; state: string; dueAt: number | null; timeZone: string }

/** By organisation, those with the most offers first. */
export function timesOf(faults: readonly FaultForTimes[], now: number): OrganisationTimes[] {
  const found = new Map<Id, { times: OrganisationTimes; response: Span[]; repair: Span[] }>()
  const of = (organisation: Id) =>
    found.getOrInsertComputed(organisation, () => ({
      times: {
        organisation,
        offered: 0,
        accepted: 0,
        declined: 0,
        waiting: 0,
        late: 0,
        repaired: 0,
        response: NOTHING,
        repair: NOTHING,
      },
      response: [],
      repair: [],
    }))
  for (const { body, state, dueAt, timeZone } of faults) {
    if (body.joinedInto !== null) continue
    for (const [index, custody] of body.custody.entries()) {
      const one = of(custody.organisation)
      const isLast = index === body.custody.length - 1
      one.times.offered += 1
      if (custody.acceptedAt !== null) one.times.accepted += 1
      if (custody.declinedAt !== null) one.times.declined += 1
      const answeredAt = custody.acceptedAt ?? custody.declinedAt
      if (answeredAt !== null) one.response.push({ from: custody.from, to: answeredAt, timeZone })
      else if (isLast && state === 'offered') {
        one.times.waiting += 1
        if (dueAt === null || dueAt <= now) one.times.late += 1
      }
      if (!isLast || custody.acceptedAt === null || (state !== 'done' && state !== 'closed')) continue
      const end = body.entries.findLast(({ kind }) => kind === 'done')
      if (end === undefined) continue
      one.times.repaired += 1
      one.repair.push({ from: custody.acceptedAt, to: end.at, timeZone })
    }
  }
  return [...found.values()]
    .map(({ times, response, repair }) => ({ ...times, response: figuresOf(response), repair: figuresOf(repair) }))
    .sort((a, b) => b.offered - a.offered || (a.organisation < b.organisation ? -1 : 1))
}

const NOTHING: Times = { count: 0, medianMs: null, p90Ms: null, medianWorkingMs: null, p90WorkingMs: null }
function figuresOf(spans: readonly Span[]): Times {
  const byClock = spans.map(({ from, to }) => to - from)
  const working = spans.map(({ from, to, timeZone }) => workingTimeBetween(from, to, timeZone))
  return {
    count: spans.length,
    medianMs: median(byClock),
    p90Ms: ninthDecile(byClock),
    medianWorkingMs: median(working),
    p90WorkingMs: ninthDecile(working),
  }
}

/** The middle one, or what lies half way between the two in the middle. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  if (sorted.length === 0) return null
  return sorted.length % 2 === 1 ? sorted[middle]! : Math.floor((sorted[middle - 1]! + sorted[middle]!) / 2)
}
/** Nearest rank: the least value that nine of ten values don't exceed. */
export function ninthDecile(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted.length === 0 ? null : sorted[Math.ceil(sorted.length * 0.9) - 1]!
}
