// Clock times over the clock changes of a year: quiet hours, daily mail, shifts, escalation; by properties over many instants.
import { expect, test } from 'vitest'
import { escalationMove } from '#domain/notification/escalation.ts'
import { clockAt, minutesOf, nextClock, nextHour, quietUntil, type Quiet } from '#domain/notification/local-clock.ts'
import { shiftAt, shiftsBetween, type OnCall } from '#domain/notification/on-call.ts'
import { DEFAULT_WISHES, mailDue } from '#domain/notification/wishes.ts'

const ZONES = ['Europe/Helsinki', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC']
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const YEAR = { from: Date.parse('2026-01-01T00:00:00Z'), to: Date.parse('2027-01-01T00:00:00Z') }
/** The same pseudo-random instants each time, and every quarter hour around the changes of Helsinki. */
const instants: number[] = []
let seed = 42
for (let i = 0; i < 300; i += 1) {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  instants.push(YEAR.from + Math.floor((seed / 2_147_483_648) * (YEAR.to - YEAR.from)))
}
for (const change of ['2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z'])
  for (let quarter = -60; quarter < 60; quarter += 1) instants.push(Date.parse(change) + quarter * 900_000)

const local = (zone: string, at: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
/** Quiet or not, asked of the clock alone. */
const isQuiet = ({ from, to, days }: Quiet, zone: string, at: number): boolean => {
  const clock = local(zone, at)
  const minute = clock.hour * 60 + clock.minute
  const [begin, end] = [minutesOf(from), minutesOf(to)]
  const evening = begin < end ? minute >= begin && minute < end : minute >= begin
  const morning = begin >= end && minute < end
  const began = morning ? clock.subtract({ days: 1 }) : clock
  return (evening || morning) && (days === null || days.includes(began.dayOfWeek))
}
const QUIET: Quiet[] = [
  { from: '22:00', to: '07:00', days: null },
  { from: '22:00', to: '03:30', days: [6, 7] },
  { from: '03:15', to: '03:45', days: null },
  { from: '08:00', to: '16:00', days: [1, 2, 3, 4, 5] },
  { from: '03:30', to: '00:00', days: null },
]

test('quiet hours end at an instant that is not quiet, never before, and nothing between is loud', () => {
  let held = 0
  for (const zone of ZONES)
    for (const quiet of QUIET)
      for (const at of instants) {
        const until = quietUntil(quiet, zone, at)
        if (!isQuiet(quiet, zone, at)) {
          expect(until).toBe(at)
          continue
        }
        held += 1
        expect(until).toBeGreaterThan(at)
        expect(until - at).toBeLessThanOrEqual(25 * HOUR_MS)
        expect(isQuiet(quiet, zone, until), `${zone} ${quiet.from}-${quiet.to} ${local(zone, at).toString()}`).toBe(
          false,
        )
        // The clock shows the end, or what comes after a time that was skipped.
        expect(local(zone, until).minute % 15).toBe(0)
      }
  expect(held).toBeGreaterThan(1_500)
})

test('the night of the change is an hour shorter or longer; its end is still seven o’clock', () => {
  const quiet: Quiet = { from: '22:00', to: '07:00', days: null }
  const lengthOf = (evening: string): number => {
    const at = clockAt('Europe/Helsinki', evening, 22 * 60)
    return (quietUntil(quiet, 'Europe/Helsinki', at) - at) / HOUR_MS
  }
  expect(['2026-03-27', '2026-03-28', '2026-10-24'].map(lengthOf)).toEqual([9, 8, 10])
})

test('the daily mail and the full hour come after the instant, on the clock, and within a day', () => {
  for (const zone of ZONES)
    for (const at of instants) {
      const daily = nextClock(zone, at, 3 * 60)
      expect(daily).toBeGreaterThan(at)
      expect(daily - at).toBeLessThanOrEqual(25 * HOUR_MS)
      expect([3, 4]).toContain(local(zone, daily).hour)
      const hour = nextHour(zone, at)
      expect(hour).toBeGreaterThan(at)
      expect(hour - at).toBeLessThanOrEqual(HOUR_MS)
    }
})

test('critical never waits for quiet hours, what is below does; the way decides the rest', () => {
  const quiet: Quiet = { from: '22:00', to: '07:00', days: null }
  const ways = { info: 'at-once', warning: 'hourly', major: 'at-once', critical: 'at-once' } as const
  const wishes = { ...DEFAULT_WISHES, quiet, ways }
  for (const at of instants) {
    expect(mailDue(wishes, 'critical', at)).toBe(at)
    expect(mailDue(wishes, 'info', at, 'woken')).toBe(at)
    for (const severity of ['info', 'warning', 'major'] as const) {
      const due = mailDue(wishes, severity, at) ?? -1
      expect(due).toBeGreaterThanOrEqual(at)
      expect(isQuiet(quiet, wishes.timeZone, due)).toBe(false)
    }
  }
  expect(mailDue({ ...wishes, ways: { ...ways, info: 'in-product' } }, 'info', YEAR.from)).toBeNull()
})

const calendar = (over: Partial<OnCall> = {}): OnCall => ({
  name: {},
  organisation: 'kunta',
  premises: null,
  timeZone: 'Europe/Helsinki',
  covers: 'all',
  from: 'info',
  wakesFrom: 'critical',
  rotation: { people: ['a', 'b', 'c'], from: '2026-01-05', days: 7, handover: '03:30' },
  turns: [
    { from: '2026-03-28T12:00', to: '2026-03-29T12:00', person: 'x', substitute: 'a' },
    { from: '2026-03-29T03:15', to: '2026-03-29T05:00', person: 'y', substitute: null },
    { from: '2026-10-24T00:00', to: '2026-10-26T00:00', person: 'z', substitute: null },
  ],
  steps: [],
  ...over,
})

test('shifts have no gap and no overlap, and agree with who is on call at each instant', () => {
  for (const zone of ZONES)
    for (const days of [1, 7, 14]) {
      const one = calendar({ timeZone: zone })
      const rotating = { ...one, rotation: { ...one.rotation!, days } }
      for (const start of ['2026-01-01', '2026-03-20', '2026-10-16']) {
        const from = clockAt(zone, start, 0)
        const to = from + 31 * DAY_MS
        const shifts = shiftsBetween(rotating, from, to)
        expect(shifts[0]?.from).toBe(from)
        expect(shifts.at(-1)?.to).toBe(to)
        for (const [place, shift] of shifts.entries()) {
          expect(shift.to).toBeGreaterThan(shift.from)
          if (place > 0) expect(shift.from).toBe(shifts[place - 1]?.to)
          for (const at of [shift.from, shift.to - 1]) expect(shiftAt(rotating, at).person).toBe(shift.person)
        }
      }
      for (const at of instants) {
        const shift = shiftAt(rotating, at)
        expect(shift.from <= at && at < shift.to).toBe(true)
        if (shift.person !== null && rotating.rotation.people.includes(shift.person) && shift.turn === null)
          expect(shift.substitute).not.toBe(shift.person)
      }
    }
})

test('each person of a rotation has as much of a year as the others; before the first day nobody is on call', () => {
  const one = calendar({ turns: [] })
  const hours = new Map<string | null, number>()
  for (let at = clockAt('Europe/Helsinki', '2026-01-05', 210); at < YEAR.to; at += 30 * 60_000) {
    const { person } = shiftAt(one, at)
    hours.set(person, (hours.get(person) ?? 0) + 0.5)
  }
  const [most, least] = [Math.max(...hours.values()), Math.min(...hours.values())]
  expect([...hours.keys()].toSorted()).toEqual(['a', 'b', 'c'])
  expect(most - least).toBeLessThanOrEqual(8 * 24 + 1)
  expect(shiftAt(one, YEAR.from).person).toBeNull()
})

test('an escalation tells each step once, in order, never early, and stops at the first acknowledgement', () => {
  const steps = [0, 15, 30, 90].map((afterMinutes) => ({ afterMinutes, tell: 'on-call' as const }))
  for (const startedAt of instants.slice(0, 300)) {
    const acknowledgedAt = startedAt + (Math.abs(startedAt) % 120) * 60_000
    let next = 0
    const told: number[] = []
    for (let now = startedAt; now < startedAt + 150 * 60_000; now += 60_000) {
      const alarm = { state: now >= acknowledgedAt ? 'acknowledged' : 'raised', body: { snoozedUntil: null } }
      const move = escalationMove({ steps, startedAt, next }, alarm, now)
      if (move.kind === 'end') break
      if (move.kind === 'wait') expect(move.until).toBeGreaterThan(now)
      if (move.kind === 'tell') {
        expect(move.step).toBe(next)
        told.push((now - startedAt) / 60_000)
        next += 1
      }
    }
    const until = (acknowledgedAt - startedAt) / 60_000
    expect(told).toEqual([0, 15, 30, 90].filter((minutes) => minutes < until))
  }
})
