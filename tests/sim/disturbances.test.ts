// Disturbances do what they say, no more.
import { describe, expect, it } from 'vitest'
import { disturbDelivery, disturbReadings, type Disturbance } from '#sim/disturbances/disturbance.ts'
import { parseDisturbances, parseDuration } from '#sim/disturbances/parse-disturbances.ts'
import type { SimReading } from '#sim/fleet.ts'
import { randomStream } from '#sim/random.ts'

const device = {
  id: 'em-1',
  points: [
    { key: 'energy', kind: 'counter' },
    { key: 'power', kind: 'gauge' },
    { key: 'state', kind: 'state' },
  ],
}
const T0 = Date.parse('2026-03-01T00:00:00Z')
const HOUR = 3_600_000
const hours = (count: number): SimReading[] =>
  Array.from({ length: count }, (_, i) => [
    { point: 'energy', at: T0 + i * HOUR, value: 995 + i * 2.5 },
    { point: 'power', at: T0 + i * HOUR, value: 2.5 + i },
    { point: 'state', at: T0 + i * HOUR, value: 'on' },
  ]).flat()
const apply = (disturbances: Disturbance[], readings = hours(6)): SimReading[] =>
  disturbReadings(device, readings, disturbances, randomStream(1))
const values = (readings: SimReading[], point: string): unknown[] =>
  readings.filter((each) => each.point === point).map((each) => each.value)

describe('of values', () => {
  it('none changes nothing', () => expect(apply([])).toEqual(hours(6)))

  it('a power cut leaves out what falls into it, and the counter has gone on', () => {
    const result = apply([{ kind: 'power-cut', from: T0 + HOUR, to: T0 + 3 * HOUR }])
    expect(values(result, 'energy')).toEqual([995, 1002.5, 1005, 1007.5])
  })

  it('clock skew moves instants only', () => {
    const result = apply([{ kind: 'clock-skew', ms: -90_000 }])
    expect(result.map((each) => each.at + 90_000)).toEqual(hours(6).map((each) => each.at))
    expect(result.map((each) => each.value)).toEqual(hours(6).map((each) => each.value))
  })

  it('a counter reset starts at zero and counts on; gauges stay', () => {
    const result = apply([{ kind: 'counter-reset', at: T0 + 2 * HOUR }])
    expect(values(result, 'energy')).toEqual([995, 997.5, 2.5, 5, 7.5, 10])
    expect(values(result, 'power')).toEqual([2.5, 3.5, 4.5, 5.5, 6.5, 7.5])
  })

  it('a meter change starts at its initial value', () => {
    expect(values(apply([{ kind: 'meter-change', at: T0 + 3 * HOUR, initial: 100 }]), 'energy')).toEqual([
      995, 997.5, 1000, 102.5, 105, 107.5,
    ])
  })

  it('a roll-over keeps the register below its size', () => {
    expect(values(apply([{ kind: 'roll-over', units: 1000 }]), 'energy')).toEqual([995, 997.5, 0, 2.5, 5, 7.5])
  })

  it('stuck: the value of the beginning until the end', () => {
    const result = apply([{ kind: 'stuck', from: T0 + HOUR, to: T0 + 4 * HOUR }])
    expect(values(result, 'power')).toEqual([2.5, 3.5, 3.5, 3.5, 6.5, 7.5])
  })

  it('spikes touch about as many numbers as said, texts never', () => {
    const before = hours(4000)
    const result = disturbReadings(device, before, [{ kind: 'spike', probability: 0.1, factor: 50 }], randomStream(3))
    const changed = result.filter((each, index) => each.value !== before[index]?.value)
    expect(changed.length).toBeGreaterThan(680)
    expect(changed.length).toBeLessThan(920)
    expect(changed.every((each) => each.point !== 'state')).toBe(true)
  })

  it('only the devices named are touched', () => {
    expect(apply([{ kind: 'roll-over', units: 1000, devices: ['em-2'] }])).toEqual(hours(6))
    expect(apply([{ kind: 'roll-over', units: 1000, devices: ['em-1'] }])).not.toEqual(hours(6))
  })
})

describe('of delivery', () => {
  const count = 10_000
  const deliveries = (disturbances: Disturbance[]): number[][] => {
    const random = randomStream(5)
    return Array.from({ length: count }, (_, i) => disturbDelivery(T0 + i, disturbances, random))
  }

  it('loss', () => {
    const lost = deliveries([{ kind: 'loss', probability: 0.05 }]).filter((each) => each.length === 0).length
    expect(lost).toBeGreaterThan(430)
    expect(lost).toBeLessThan(570)
  })

  it('duplicates are sent twice, the second within the time', () => {
    const twice = deliveries([{ kind: 'duplicate', probability: 0.2, withinMs: 500 }]).filter(
      (each) => each.length === 2,
    )
    expect(twice.length).toBeGreaterThan(1850)
    expect(twice.length).toBeLessThan(2150)
    expect(twice.every(([first, second]) => first === 0 && (second ?? 0) > 0 && (second ?? 0) <= 500)).toBe(true)
  })

  it('reordering lets later messages overtake', () => {
    const delays = deliveries([{ kind: 'reorder', probability: 0.3, withinMs: 50 }]).map((each) => each[0] ?? 0)
    const arrivals = delays.map((delay, index) => index + delay)
    expect(arrivals.some((each, index) => index > 0 && each < (arrivals[index - 1] ?? 0))).toBe(true)
    expect(Math.max(...delays)).toBeLessThanOrEqual(50)
  })

  it('an outage stores and forwards: all leave when it ends', () => {
    const result = deliveries([{ kind: 'outage', from: T0 + 1000, to: T0 + 6000 }])
    expect(result.every((each) => each.length === 1)).toBe(true)
    expect(result[999]).toEqual([0])
    expect(result[1000]).toEqual([5000])
    expect(result[5999]).toEqual([1])
    expect(result[6000]).toEqual([0])
  })
})

describe('as text', () => {
  it('reads every kind', () => {
    const text =
      'loss=0.01,duplicate=0.02,reorder=0.03,spike=0.001,skew=-30s,roll-over=1000,outage=10s,power-cut=1m,stuck=500ms,reset=1h,meter-change=2s,herd=20s'
    const parsed = parseDisturbances(text, T0)
    expect(Array.isArray(parsed) && parsed.map((each) => each.kind)).toEqual([
      'loss',
      'duplicate',
      'reorder',
      'spike',
      'clock-skew',
      'roll-over',
      'outage',
      'power-cut',
      'stuck',
      'counter-reset',
      'meter-change',
      'herd',
    ])
    expect(Array.isArray(parsed) && parsed[6]).toEqual({ kind: 'outage', from: T0 + 10_000, to: T0 + 20_000 })
    expect(parseDisturbances('', T0)).toEqual([])
    expect(parseDuration('1.5s')).toBe(1500)
  })

  it.each(['loss=2', 'loss=', 'loss', 'skew=30', 'gremlins=1', 'outage=-1s', '__proto__=1'])(
    'refuses %s with a sentence',
    (text) => {
      expect(parseDisturbances(text, T0)).toEqual(expect.stringMatching(/\.$/))
    },
  )
})
