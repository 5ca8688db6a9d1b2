// People in the premises: who has come to work, who visits, and when the premises are open.
import type { Premises } from '#domain/registry/bundle.ts'
import { dayOfDate, type LocalClock, weekdayOf } from '#sim/local-clock.ts'
import { hashName, randomAt } from '#sim/random.ts'

/** Part of those who came today that is in at a time of day: [minute, part]. */
const PRESENCE: readonly [number, number][] = [
  [360, 0],
  [420, 0.1],
  [480, 0.55],
  [540, 0.92],
  [660, 0.96],
  [705, 0.66],
  [750, 0.95],
  [870, 0.9],
  [960, 0.48],
  [1020, 0.12],
  [1110, 0.03],
  [1140, 0],
]
export const OPEN_FROM_MINUTE = 9 * 60
export const OPEN_TO_MINUTE = 16 * 60 + 15
const QUARTER_MS = 900_000

export type Occupancy = {
  /** People of an organisation that are in, as an average (so with fraction). */
  people(organisation: string, at: number): number
  /** People of all organisations. */
  allPeople(at: number): number
  /** Customers in the shared lobby. */
  visitors(at: number): number
  /** Whether the service point serves customers. */
  open(at: number): boolean
  /** Floor area that an organisation holds, in m². */
  heldAreaM2(organisation: string, at: number): number
  organisations: readonly string[]
}

type Dated = { from: number; to: number; value: number }
const valueOn = (rows: readonly Dated[], day: number): number => {
  let sum = 0
  for (const row of rows) if (row.from <= day && day < row.to) sum += row.value
  return sum
}
const datedRow = (from: string, to: string | null, value: number): Dated => ({
  from: dayOfDate(from),
  to: to === null ? Number.POSITIVE_INFINITY : dayOfDate(to),
  value,
})

function presenceAt(minute: number): number {
  for (let i = 1; i < PRESENCE.length; i++) {
    const [m1, p1] = PRESENCE[i] ?? [0, 0]
    const [m0, p0] = PRESENCE[i - 1] ?? [0, 0]
    if (minute >= m0 && minute < m1) return p0 + ((p1 - p0) * (minute - m0)) / (m1 - m0)
  }
  return 0
}

export function createOccupancy(
  premises: Premises,
  clock: LocalClock,
  isWorkday: (day: number) => boolean,
  seed: number,
): Occupancy {
  const areas = new Map((premises.spaces ?? []).map((space) => [space.id, Number(space.areaM2)]))
  const held = new Map<string, Dated[]>()
  for (const row of premises.tenancies ?? []) {
    const rows = held.get(row.organisation) ?? []
    held.set(row.organisation, [...rows, datedRow(row.from, row.to, areas.get(row.space) ?? 0)])
  }
  const heads = new Map<string, Dated[]>()
  for (const row of premises.headcounts ?? []) {
    const rows = heads.get(row.organisation) ?? []
    heads.set(row.organisation, [...rows, datedRow(row.from, row.to, Number(row.people))])
  }
  const organisations = [...new Set([...heads.keys(), ...held.keys()])]
  const keys = new Map(
    organisations.map((organisation) => [organisation, hashName(seed, `attendance:${organisation}`)]),
  )
  const visitKey = hashName(seed, `visits:${premises.id}`)

  /** Part of the staff that comes on a day: remote work, Fridays, July. */
  function attendance(organisation: string, day: number): number {
    if (!isWorkday(day)) return 0
    const key = keys.get(organisation) ?? 0
    const month = new Date(day * 86_400_000).getUTCMonth() + 1
    const season = month === 7 ? 0.4 : month === 12 || month === 6 ? 0.85 : 1
    const friday = weekdayOf(day) === 5 ? 0.75 : 1
    return (0.4 + 0.15 * randomAt(key, -1) + 0.25 * randomAt(key, day)) * season * friday
  }
  const open = (at: number): boolean => {
    const minute = clock.minute(at)
    return minute >= OPEN_FROM_MINUTE && minute < OPEN_TO_MINUTE && isWorkday(clock.day(at))
  }
  // The same quarter is asked for by many devices one after the other, so the last answers are kept.
  const kept = new Map<string, Map<number, number>>()
  function people(organisation: string, at: number): number {
    const quarter = Math.floor(at / QUARTER_MS)
    let ofOrganisation = kept.get(organisation)
    if (ofOrganisation === undefined) kept.set(organisation, (ofOrganisation = new Map()))
    let value = ofOrganisation.get(quarter)
    if (value === undefined) {
      const start = quarter * QUARTER_MS
      const presence = presenceAt(clock.minute(start))
      const day = clock.day(start)
      value =
        presence === 0 ? 0 : presence * attendance(organisation, day) * valueOn(heads.get(organisation) ?? [], day)
      if (ofOrganisation.size > 100_000) ofOrganisation.clear()
      ofOrganisation.set(quarter, value)
    }
    return value
  }
  return {
    people,
    organisations,
    allPeople: (at) => organisations.reduce((sum, organisation) => sum + people(organisation, at), 0),
    visitors(at) {
      if (!open(at)) return 0
      const day = clock.day(at)
      const busy = 5 + 9 * randomAt(visitKey, day) + (weekdayOf(day) === 1 ? 3 : 0)
      const minute = clock.minute(at)
      return (
        busy * (0.5 + 0.5 * Math.sin(((minute - OPEN_FROM_MINUTE) / (OPEN_TO_MINUTE - OPEN_FROM_MINUTE)) * Math.PI))
      )
    },
    open,
    heldAreaM2: (organisation, at) => valueOn(held.get(organisation) ?? [], clock.day(at)),
  }
}
