// When service is due: rhythms over month ends, leap days and clock changes, working days, hours and counts over changes of the counter.
import { describe, expect, test } from 'vitest'
import type { MeterReadings } from '#domain/ports/telemetry.ts'
import { dayNumber, formatDay, weekday } from '#domain/quantity/local-date.ts'
import { dayStart } from '#domain/quantity/period.ts'
import type { Point } from '#domain/registry/bundle.ts'
import { countedByCounter, hoursOn, isOn } from '#domain/service/counted.ts'
import { restartedOn, type Progress, type ServicePlan, type Trigger } from '#domain/service/plan.ts'
import { addMonths, endedProgress, nextDue, preview, type Counted } from '#domain/service/schedule.ts'
import { easterDay, isWorkingDay, workingDayFrom } from '#domain/service/working-days.ts'

const HELSINKI = 'Europe/Helsinki'
const fresh = (basis: string): Progress => ({ sequence: 0, basis, basisAt: 0, planned: null, again: null })
const plan = (trigger: Trigger, over: Partial<ServicePlan> = {}) =>
  ({ trigger, rhythm: 'fixed', workingDays: false, ...over }) as const
const due = (trigger: Trigger, progress: Progress, over: Partial<ServicePlan> = {}): string | null =>
  nextDue({ plan: plan(trigger, over), progress, device: {}, today: progress.basis, counted: null })?.due ?? null
const ahead = (trigger: Trigger, from: string, until: string, over: Partial<ServicePlan> = {}): string[] =>
  preview({ plan: plan(trigger, over), progress: fresh(from), device: {}, today: from, counted: null }, until, 500).map(
    (one) => one.due,
  )

describe('by the calendar', () => {
  test('every month from the 31st has the last day of short months, and the 31st again after them', () => {
    expect(ahead({ by: 'months', every: 1, from: '2027-12-31' }, '2027-12-01', '2028-06-15')).toEqual([
      '2027-12-31',
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
      '2028-05-31',
    ])
  })

  test('counted from the day on which it was done, the interval is one of calendar months too', () => {
    const done = endedProgress(fresh('2026-01-01'), { planned: '2026-01-15', on: '2026-01-31', at: 0 })
    expect(due({ by: 'months', every: 1, from: '2026-01-15' }, done, { rhythm: 'done' })).toBe('2026-02-28')
    expect(due({ by: 'weeks', every: 2, from: '2026-01-15' }, done, { rhythm: 'done' })).toBe('2026-02-14')
  })

  test('a fixed rhythm stays when one was late, and catches nothing up', () => {
    const late = endedProgress(fresh('2026-01-01'), { planned: '2026-01-05', on: '2026-01-30', at: 0 })
    expect(due({ by: 'weeks', every: 1, from: '2026-01-05' }, late)).toBe('2026-02-02')
    const early = endedProgress(fresh('2026-01-01'), { planned: '2026-01-12', on: '2026-01-08', at: 0 })
    expect(due({ by: 'weeks', every: 1, from: '2026-01-05' }, early)).toBe('2026-01-19')
  })

  test('a rhythm that began before the plan starts with the first day that is not past', () => {
    expect(due({ by: 'weeks', every: 4, from: '2025-01-06' }, fresh('2026-04-10'))).toBe('2026-04-27')
    expect(due({ by: 'months', every: 6, from: '2024-04-10' }, fresh('2026-04-10'))).toBe('2026-04-10')
  })

  test('fixed months of the year, on their day or the last one', () => {
    expect(ahead({ by: 'yearly', months: [2, 9], day: 30 }, '2026-03-01', '2028-04-01')).toEqual([
      '2026-09-30',
      '2027-02-28',
      '2027-09-30',
      '2028-02-29',
    ])
  })

  test('days are local days: the weeks of both clock changes have as many days as all others', () => {
    const days = ahead({ by: 'weeks', every: 1, from: '2026-03-22' }, '2026-03-22', '2026-11-08')
    expect(days).toContain('2026-03-29')
    expect(days).toContain('2026-10-25')
    const hours = days.map((day, i) =>
      i === 0 ? 168 : (dayStart(dayNumber(day), HELSINKI) - dayStart(dayNumber(days[i - 1]!), HELSINKI)) / 3_600_000,
    )
    // From Sunday midnight to Sunday midnight; the clocks change in the night after it.
    expect(hours.filter((one) => one !== 168).sort()).toEqual([167, 169])
    expect(days.every((day) => weekday(dayNumber(day)) === 7)).toBe(true)
  })

  test('the verification of a meter: the last day on which it holds, once for each end', () => {
    const device = { meter: { approved: true, verifiedUntil: '2027-01-01' } }
    const asked = {
      plan: plan({ by: 'verification' }),
      progress: fresh('2026-04-10'),
      device,
      today: '2026-04-10',
      counted: null,
    }
    expect(nextDue(asked)?.due).toBe('2026-12-31')
    const done = endedProgress(asked.progress, { planned: '2026-12-31', on: '2026-11-02', at: 0 })
    expect(nextDue({ ...asked, progress: done })).toBeNull()
    const verified = { meter: { approved: true, verifiedUntil: '2037-01-01' } }
    expect(nextDue({ ...asked, progress: done, device: verified })?.due).toBe('2036-12-31')
    expect(nextDue({ ...asked, device: {} })).toBeNull()
  })

  test('what was not possible is tried again on its day, whatever the rhythm', () => {
    const again = { ...fresh('2026-04-10'), sequence: 1, again: '2026-04-21' }
    expect(due({ by: 'months', every: 6, from: '2026-04-10' }, again)).toBe('2026-04-21')
  })
})

describe('properties', () => {
  const random = generator(7)
  const days = (): string => formatDay(dayNumber('2020-01-01') + Math.floor(random() * 9_000))
  const triggers: Trigger[] = Array.from({ length: 300 }, (): Trigger => {
    const every = 1 + Math.floor(random() * 30)
    const kind = Math.floor(random() * 3)
    if (kind === 0) return { by: 'weeks', every, from: days() }
    if (kind === 1) return { by: 'months', every, from: days() }
    return { by: 'yearly', months: [1 + Math.floor(random() * 12)], day: 1 + Math.floor(random() * 31) }
  })

  test('each next day is after the last, on its rhythm, and no nearer one is left out', () => {
    for (const trigger of triggers) {
      const basis = days()
      const progress = endedProgress(fresh(basis), { planned: basis, on: basis, at: 0 })
      const next = due(trigger, progress)!
      expect(next > basis).toBe(true)
      expect(isOnRhythm(trigger, dayNumber(next))).toBe(true)
      const first = trigger.by === 'weeks' || trigger.by === 'months' ? trigger.from : basis
      const from = first > basis ? formatDay(dayNumber(first) - 1) : basis
      const between = Array.from({ length: dayNumber(next) - dayNumber(from) - 1 }, (_, i) => dayNumber(from) + 1 + i)
      expect(between.filter((day) => isOnRhythm(trigger, day))).toEqual([])
    }
  })

  test('with working days it is the first working day from there on', () => {
    for (const trigger of triggers.slice(0, 80)) {
      const basis = days()
      const [plain, moved] = [due(trigger, fresh(basis))!, due(trigger, fresh(basis), { workingDays: true })!]
      expect(isWorkingDay(dayNumber(moved))).toBe(true)
      expect(moved >= plain).toBe(true)
      for (let day = dayNumber(plain); day < dayNumber(moved); day += 1) expect(isWorkingDay(day)).toBe(false)
    }
  })
})

describe('working days in Finland', () => {
  test('Easter as the church has it', () => {
    const easters = {
      2024: '2024-03-31',
      2025: '2025-04-20',
      2026: '2026-04-05',
      2027: '2027-03-28',
      2038: '2038-04-25',
      2285: '2285-03-22',
    }
    for (const [year, day] of Object.entries(easters)) expect(formatDay(easterDay(+year))).toBe(day)
  })

  test('nobody works on church and public holidays, nor on the eves of midsummer and Christmas', () => {
    const off = [
      '2026-01-01',
      '2026-01-06',
      '2026-04-03',
      '2026-04-06',
      '2026-05-01',
      '2026-05-14',
      '2026-06-19',
      '2026-06-20',
      '2026-12-24',
      '2026-12-25',
      '2027-12-06',
      '2026-12-05',
    ]
    for (const day of off) expect([day, isWorkingDay(dayNumber(day))]).toEqual([day, false])
    for (const day of ['2026-04-02', '2026-04-07', '2026-06-18', '2026-06-22', '2026-12-23', '2026-12-28'])
      expect([day, isWorkingDay(dayNumber(day))]).toEqual([day, true])
    expect(formatDay(workingDayFrom(dayNumber('2026-12-24')))).toBe('2026-12-28')
  })
})

describe('by what was counted', () => {
  const HOUR = 3_600_000
  const readings = (...rows: [at: number, value: number][]): MeterReadings => ({
    at: Float64Array.from(rows, ([at]) => at * HOUR),
    micro: BigInt64Array.from(rows, ([, value]) => BigInt(Math.round(value * 1e6))),
    simulated: false,
    qualities: new Uint8Array(rows.length),
  })
  const hours = (over: Partial<Point> = {}): Point => ({ key: 'hours', unit: 'h', kind: 'counter', ...over })

  test('a counter of hours goes on over a change of the counter and over its roll-over', () => {
    const changed = hours({ meterChanges: [{ at: '1970-01-01T15:00:00Z', final: '1210.5', initial: '3' }] })
    const rows = readings([0, 1000], [10, 1200], [20, 40])
    expect(countedByCounter(changed, rows, 'hours', { from: 0, to: 20 * HOUR })).toBe('247.5')
    expect(countedByCounter(changed, rows, 'hours', { from: 10 * HOUR, to: 20 * HOUR })).toBe('47.5')
    // A change before the time that is asked about does not count.
    expect(countedByCounter(changed, readings([16, 10], [20, 40]), 'hours', { from: 16 * HOUR, to: 20 * HOUR })).toBe(
      '30',
    )
    const rolling = hours({ rollover: '10000' })
    expect(countedByCounter(rolling, readings([0, 9990], [10, 15]), 'hours', { from: 0, to: 10 * HOUR })).toBe('25')
    expect(countedByCounter(hours(), readings([0, 500], [10, 20], [12, 30]), 'count', { from: 0, to: 12 * HOUR })).toBe(
      '10',
    )
  })

  test('minutes and seconds are hours; what counts no time gives none', () => {
    const rows = readings([0, 0], [10, 7200])
    const ask = (unit: string) => countedByCounter(hours({ unit }), rows, 'hours', { from: 0, to: 10 * HOUR })
    expect([ask('min'), ask('s'), ask('kWh')]).toEqual(['120', '2', null])
    expect(countedByCounter(hours(), readings(), 'count', { from: 0, to: HOUR })).toBeNull()
  })

  test('a state runs while it is on, and silence is no running', () => {
    const said = (at: number, value: boolean | string | number) => ({ at: at * HOUR, value })
    const rows = [said(-5, true), said(2, 'off'), said(4, 'auto'), said(6, 0), said(8, 1)]
    expect(hoursOn(rows, 0, 10 * HOUR)).toBe('6')
    expect(hoursOn([said(0, true)], 0, 100 * HOUR)).toBe('24')
    expect(hoursOn([], 0, HOUR)).toBeNull()
    expect([true, 'ON', 'running', 3, false, 'Standby', 0, ''].map(isOn)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })

  test('is due today once the limit is reached, before that on the day that the rate promises', () => {
    const trigger: Trigger = { by: 'hours', point: 'hours', every: '1000' }
    const ask = (counted: Counted | null) =>
      nextDue({ plan: plan(trigger), progress: fresh('2026-01-01'), device: {}, today: '2026-02-01', counted })?.due ??
      null
    expect(ask({ value: '1000', days: 31 })).toBe('2026-02-01')
    expect(ask({ value: '500', days: 25 })).toBe('2026-02-26')
    expect([ask(null), ask({ value: '0', days: 31 }), ask({ value: '3', days: 0.5 })]).toEqual([null, null, null])
  })

  test('a preview goes on at the same rate', () => {
    const found = preview(
      {
        plan: plan({ by: 'count', point: 'trips', every: '300' }),
        progress: fresh('2026-01-01'),
        device: {},
        today: '2026-01-21',
        counted: { value: '200', days: 20 },
      },
      '2026-05-01',
      50,
    )
    expect(found.map((one) => one.due)).toEqual(['2026-01-31', '2026-03-02', '2026-04-01'])
  })
})

test('months are added by the calendar', () => {
  expect([
    addMonths('2026-01-31', 1),
    addMonths('2024-02-29', 12),
    addMonths('2026-11-30', 3),
    addMonths('2026-03-31', 24),
  ]).toEqual(['2026-02-28', '2025-02-28', '2027-02-28', '2028-03-31'])
})

describe('a changed plan begins anew on its day', () => {
  const before = { pumppu: { sequence: 4, basis: '2026-02-10', basisAt: 5, planned: '2026-02-01', again: null } }
  const next = (trigger: Trigger, rhythm: 'done' | 'fixed' = 'done'): string | null =>
    due(trigger, restartedOn(before, trigger, '2026-06-15', 9)['pumppu'] ?? fresh('2026-06-15'), { rhythm })
  test('by weeks and months that day is the next one, by months of the year the first from then on', () => {
    expect(next({ by: 'weeks', every: 2, from: '2026-06-15' })).toBe('2026-06-15')
    expect(next({ by: 'months', every: 6, from: '2026-06-15' }, 'fixed')).toBe('2026-06-15')
    expect(next({ by: 'yearly', months: [3, 6], day: 15 })).toBe('2026-06-15')
    expect(next({ by: 'yearly', months: [3, 6], day: 14 })).toBe('2027-03-14')
  })
  test('numbers of tasks go on, and so does what is counted', () => {
    expect(restartedOn(before, { by: 'weeks', every: 2, from: '2026-06-15' }, '2026-06-15', 9)['pumppu']).toEqual({
      sequence: 4,
      basis: '2026-06-14',
      basisAt: 9,
      planned: null,
      again: '2026-06-15',
    })
    expect(restartedOn(before, { by: 'hours', point: 'hours', every: '500' }, '2026-06-15', 9)).toEqual(before)
  })
})

/** Told by the definition, day by day. */
function isOnRhythm(trigger: Trigger, day: number): boolean {
  const date = formatDay(day)
  const lastOfMonth = formatDay(day + 1).endsWith('-01')
  const fits = (wanted: number): boolean => +date.slice(8) === wanted || (lastOfMonth && +date.slice(8) < wanted)
  if (trigger.by === 'yearly') return trigger.months.includes(+date.slice(5, 7)) && fits(trigger.day)
  if (trigger.by === 'weeks')
    return day >= dayNumber(trigger.from) && (day - dayNumber(trigger.from)) % (7 * trigger.every) === 0
  if (trigger.by !== 'months' || date < trigger.from) return false
  const index = (text: string): number => +text.slice(0, 4) * 12 + +text.slice(5, 7)
  return (index(date) - index(trigger.from)) % trigger.every === 0 && fits(+trigger.from.slice(8))
}

/** The same numbers in each run. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}
