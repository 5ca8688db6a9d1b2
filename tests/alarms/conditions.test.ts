// Each kind of condition over readings that are past, as the trying of rules sees it.
import { expect, test } from 'vitest'
import { createReplay, type PastReading, type Replayed } from '#domain/alarms/replay.ts'
import type { AlarmCondition, AlarmRule } from '#domain/alarms/rule.ts'
import { waitsBySpacing } from '#domain/alarms/spacing.ts'
import { createWatcher } from '#domain/alarms/watch.ts'
import { differencePercent, powerForecast, registerForecast, usualOf } from '#domain/alarms/forecast.ts'
import type { Device } from '#domain/registry/bundle.ts'

const MINUTE = 60_000
/** A Monday, 10.00 in Helsinki. */
const START = Date.parse('2026-03-02T08:00:00Z')
const device: Device = {
  id: 'laite',
  premises: 'talo',
  type: 'room-sensor',
  expectedInterval: 'PT5M',
  points: [
    { key: 'co2', kind: 'gauge' },
    {
      key: 'energy',
      kind: 'counter',
      rollover: '1000',
      meterChanges: [{ at: '2026-03-02T09:00:00Z', final: '50', initial: '0' }],
    },
  ],
}
type Values = (number | boolean | string | null)[]
/** Readings a minute apart (null: none); gives what was raised, in minutes from the start. */
function tried(
  condition: AlarmCondition,
  values: Values,
  rest: Partial<AlarmRule> & { point?: string } = {},
): (number | string | null)[][] {
  const { point = 'co2', ...more } = rest
  const rule: AlarmRule = {
    name: { fi: 'r' },
    on: true,
    severity: 'info',
    target: { kind: 'premises' },
    condition,
    ...more,
  }
  const watcher = createWatcher(rule, device, 'Europe/Helsinki')
  if (watcher === null) throw new Error('no watcher')
  const replay = createReplay(watcher, START)
  const readings = values.flatMap((value, i): PastReading[] =>
    value === null ? [] : [{ point, value, at: START + i * MINUTE }],
  )
  replay.take(readings)
  const minutes = (at: number | null): number | null => (at === null ? null : (at - START) / MINUTE)
  return replay
    .end(START + values.length * MINUTE)
    .map((one: Replayed) => [minutes(one.raisedAt), minutes(one.clearedAt), one.value])
}

test('threshold: beyond the limit for so long, back by the hysteresis', () => {
  const condition: AlarmCondition = {
    kind: 'threshold',
    point: 'co2',
    above: '1200',
    below: '300',
    hysteresis: '100',
    for: 'PT3M',
  }
  expect(tried(condition, [500, 1300, 1300, 1190, 1300, 1300, 1300, 1300, 1150, 1101, 1100, 500])).toEqual([
    [7, 10, '1300'],
  ])
  expect(tried(condition, [500, 200, 200, 200, 200, 350, 400])).toEqual([[4, 6, '200']])
  // Devices that send changes only: what was beyond stays beyond until it says otherwise.
  expect(tried(condition, [1300, null, null, null, null, null])).toEqual([[3, null, '1300']])
  expect(tried({ kind: 'threshold', point: 'co2', above: '0.5' }, [false, true, 'off', 'on', 'ok'])).toEqual([
    [1, 2, 'true'],
    [3, 4, 'on'],
  ])
})

test('rate: more than so much within the time, up or down', () => {
  const condition: AlarmCondition = { kind: 'rate', point: 'co2', by: '100', within: 'PT5M' }
  expect(tried(condition, [500, 520, 540, 560, 580, 600, 620])).toEqual([])
  expect(tried(condition, [500, 520, 640, 645, 650, 650, 650, 650, 650])).toEqual([[2, 7, '140']])
  expect(tried(condition, [500, 380])).toEqual([[1, null, '120']])
})

test('no data, stuck, out of the declared range', () => {
  const silent = Array.from({ length: 30 }, (_, i) => (i < 3 || i > 25 ? 500 : null))
  expect(tried({ kind: 'no-data' }, silent)).toEqual([[17, 26, null]])
  expect(tried({ kind: 'no-data', for: 'PT30M' }, silent)).toEqual([])
  const stuck: AlarmCondition = { kind: 'stuck', point: 'co2', for: 'PT5M' }
  expect(tried(stuck, [500, 501, 501, 501, 501, 501, 501, 501, 502])).toEqual([[6, 8, '501']])
  expect(tried(stuck, [500, 501, null, null, null, null, null, null])).toEqual([])
  expect(tried({ kind: 'out-of-range', point: 'co2' }, [500, 299, 5001, 5000])).toEqual([[1, 3, '299']])
})

test('off hours: Sundays, nights and public holidays by the clock of the premises', () => {
  const condition: AlarmCondition = {
    kind: 'off-hours',
    point: 'co2',
    above: '10',
    hours: [{ days: [1, 2, 3, 4, 5], from: '07:00', to: '17:00' }],
  }
  const at = (instant: string): boolean => {
    const watcher = createWatcher(
      { name: {}, on: true, severity: 'info', target: { kind: 'premises' }, condition },
      device,
      'Europe/Helsinki',
    )!
    return watcher.probe.look({}, 'co2', 20, Date.parse(instant))?.sight === 'wrong'
  }
  expect(at('2026-03-02T05:00:00Z')).toBe(false)
  expect(at('2026-03-02T04:59:00Z')).toBe(true)
  expect(at('2026-03-02T15:00:00Z')).toBe(true)
  expect(at('2026-03-01T10:00:00Z')).toBe(true)
  // Good Friday; and the day after the clock went forward, an hour earlier in UTC.
  expect(at('2026-04-03T10:00:00Z')).toBe(true)
  expect(at('2026-03-30T04:00:00Z')).toBe(false)
  expect(at('2026-03-30T03:59:00Z')).toBe(true)
})

test('a counter that went back, unless it started anew or its meter was changed', () => {
  const condition: AlarmCondition = { kind: 'counter-back', point: 'energy' }
  const energy = { point: 'energy' }
  expect(tried(condition, [10, 11, 5, 6, 11, 12], energy)).toEqual([[2, 4, '5']])
  expect(tried(condition, [950, 990, 5, 6], energy)).toEqual([])
  expect(tried(condition, [...Array.from({ length: 60 }, (_, i) => i), 0, 1, 2], energy)).toEqual([])
})

test('an expression over several points waits until it knows them', () => {
  const rule: AlarmRule = {
    name: {},
    on: true,
    severity: 'info',
    target: { kind: 'premises' },
    condition: { kind: 'expression', expression: 'co2 > 1000 and not open', for: 'PT2M' },
  }
  const replay = createReplay(createWatcher(rule, device, 'Europe/Helsinki')!, START)
  replay.take([
    { point: 'co2', value: 1200, at: START },
    { point: 'open', value: true, at: START + MINUTE },
    { point: 'open', value: false, at: START + 2 * MINUTE },
    { point: 'co2', value: 1250, at: START + 3 * MINUTE },
    { point: 'co2', value: 900, at: START + 5 * MINUTE },
  ])
  expect(replay.end(START + 10 * MINUTE)).toMatchObject([
    { raisedAt: START + 4 * MINUTE, clearedAt: START + 5 * MINUTE, value: 'co2 1250, open false' },
  ])
})

test('seasons and maintenance: nothing is raised then; what stands goes on', () => {
  const condition: AlarmCondition = { kind: 'threshold', point: 'co2', above: '1200' }
  const values = [1300, 500]
  expect(tried(condition, values, { season: { months: [6, 7] } })).toEqual([])
  expect(tried(condition, values, { season: { months: [3] } })).toHaveLength(1)
  expect(tried(condition, values, { maintenance: [{ from: '2026-03-02', to: '2026-03-03' }] })).toEqual([])
  expect(tried(condition, values, { maintenance: [{ from: '2026-03-01', to: '2026-03-02' }] })).toHaveLength(1)
})

test('the running interval as it will be; the usual night; meters against each other', () => {
  const HOUR = 3_600_000
  // 10 kWh an hour, then 40: after ten minutes of the quarter, five remain at 40.
  const samples = [
    { at: 0, value: 0 },
    { at: 10 * MINUTE, value: 10 / 6 },
    { at: 15 * MINUTE, value: 10 / 6 + 40 / 12 },
  ]
  expect(registerForecast(samples, 5 * MINUTE, 20 * MINUTE)).toBeCloseTo((10 * 5 + 40 * 10) / 15, 6)
  expect(registerForecast(samples, 16 * MINUTE, 31 * MINUTE)).toBeNull()
  expect(
    powerForecast(
      [
        { at: -MINUTE, value: 10 },
        { at: 30 * MINUTE, value: 50 },
      ],
      0,
      HOUR,
    ),
  ).toBeCloseTo(30, 6)
  expect(powerForecast([], 0, HOUR)).toBeNull()
  expect(usualOf([1, 2, 3, null])).toBeNull()
  expect(usualOf([5, 1, 9, 3, 7, 2, 8])).toBe(5)
  expect(differencePercent(100, 93)).toBeCloseTo(7, 6)
  expect(differencePercent(0, 5)).toBeNull()
})

test('a past that was kept by the hour is not silent between its hours; an outage in it is, and what was kept by the minute stays strict', () => {
  const hours = (from: number, count: number): number[] =>
    Array.from({ length: count }, (_, i) => from + i * 60 * MINUTE)
  const minutes = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i * MINUTE)
  const day = hours(START, 24)
  const live = minutes(START + 24 * 60 * MINUTE, 120)
  // By the hour, six hours of nothing, by the hour again, then by the minute with twenty minutes of nothing.
  const past = [...day.slice(0, 10), ...day.slice(15), ...live.slice(0, 60), ...live.slice(80)]
  const { waits, isSparse } = waitsBySpacing(past, 15 * MINUTE)
  expect(isSparse).toBe(true)
  const missed = past.slice(1).flatMap((at, i) => (at - past[i]! > waits[i]! ? [past[i]!] : []))
  expect(missed).toEqual([day[9], live[59]])
  expect(waitsBySpacing(live, 15 * MINUTE)).toEqual({ waits: live.map(() => 15 * MINUTE), isSparse: false })
  expect(waitsBySpacing([START], MINUTE)).toEqual({ waits: [MINUTE], isSparse: false })
  const watcher = createWatcher(
    { name: { fi: 'r' }, on: true, severity: 'info', target: { kind: 'premises' }, condition: { kind: 'no-data' } },
    device,
    'Europe/Helsinki',
  )!
  const replay = createReplay(watcher, START)
  replay.take(
    past.map((at) => ({ point: 'power', value: 1, at })),
    waits,
  )
  expect(replay.end(past.at(-1)! + 5 * MINUTE).map(({ raisedAt }) => raisedAt)).toEqual([
    day[9]! + 180 * MINUTE,
    live[59]! + 15 * MINUTE,
  ])
})
