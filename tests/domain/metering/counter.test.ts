// Counters: values on the line, roll-overs, meter changes, falls, mean rates; quick floats and exact numbers agree.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Point } from '#domain/registry/bundle.ts'
import type { MeterReadings } from '#domain/ports/telemetry.ts'
import { counterOf } from '#domain/metering/counter.ts'
import { valuesAt } from '#domain/metering/counter-values.ts'
import { meterMonth, meterOf } from '#domain/metering/meter.ts'
import type { MeterUse } from '#domain/metering/meter.ts'
import { readingsUsed } from '#domain/metering/readings-used.ts'
import { ZERO, add, formatExact, fraction, multiply, subtract } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { parseInstant } from '#domain/quantity/instant.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import { microFromDecimal } from '#domain/quantity/micro.ts'
import { QUARTER_MS, quartersOf } from '#domain/quantity/quarters.ts'
import { roundHalfAway } from '#domain/quantity/rounding.ts'

const DAY = 86_400_000
const MICRO = 1_000_000n
const quarters = quartersOf('2026-04', 'Europe/Helsinki')
const point: Point = { key: 'energy', unit: 'kWh', kind: 'counter' }

function readingsOf(rows: readonly (readonly [number | string, bigint | string])[]): MeterReadings {
  const sorted = rows
    .map(([at, value]) => ({
      at: typeof at === 'string' ? parseInstant(at)! : at,
      micro: typeof value === 'string' ? (microFromDecimal(value) as bigint) : value,
    }))
    .toSorted((a, b) => a.at - b.at)
  return {
    at: Float64Array.from(sorted, ({ at }) => at),
    micro: BigInt64Array.from(sorted, ({ micro }) => micro),
    simulated: false,
    qualities: new Uint8Array(sorted.length),
  }
}
const April = (day: number, clock = '00:00'): string => `2026-04-${String(day).padStart(2, '0')}T${clock}:00+03:00`
const use = (
  of: Point,
  rows: Parameters<typeof readingsOf>[0],
  from = 1,
  to = 31,
): MeterUse & { text: string | null } => {
  const meter = meterOf({ device: 'd', point: 'energy' }, { id: 'd', premises: 'p', points: [of] }, readingsOf(rows))!
  const month = meterMonth(meter, quarters)
  const first = dayNumber('2026-04-01')
  const found = month.use(first + from - 1, first + to - 1)
  return { ...found, text: formatExact(multiply(fraction(found.quantity), month.perWhole)) }
}

describe('counter', () => {
  test('no readings: none, one, all after the end; begins at the first', () => {
    expect(use(point, []).code).toBe('no-readings')
    expect(use(point, [[April(1), '5']]).code).toBe('no-readings')
    expect(
      use(point, [
        ['2026-05-01T00:00:00+03:00', '5'],
        ['2026-05-02T00:00:00+03:00', '6'],
      ]).code,
    ).toBe('no-readings')
    expect(
      use(point, [
        ['2026-04-30T23:59:59+03:00', '5'],
        ['2026-05-01T00:00:00+03:00', '6'],
      ]),
    ).toMatchObject({ code: null, text: '1' })
    expect(
      use(point, [
        [April(11), '5'],
        ['2026-05-01T00:00:00+03:00', '25'],
      ]),
    ).toMatchObject({ code: null, text: '20', estimated: ZERO })
  })
  test('roll-over only from the top tenth to the bottom tenth', () => {
    const rolling = { ...point, rollover: '1000' }
    const end = '2026-05-01T00:00:00+03:00'
    expect(
      use(rolling, [
        [April(1), '900'],
        [end, '100'],
      ]),
    ).toMatchObject({ code: null, text: '200' })
    expect(
      use(rolling, [
        [April(1), '899.999999'],
        [end, '100'],
      ]).code,
    ).toBe('counter-went-back')
    expect(
      use(rolling, [
        [April(1), '900'],
        [end, '100.000001'],
      ]).code,
    ).toBe('counter-went-back')
    expect(
      use(point, [
        [April(1), '900'],
        [end, '100'],
      ]).code,
    ).toBe('counter-went-back')
  })
  test('a fall blocks only what uses its step', () => {
    const rows = [
      [April(1), '100'],
      [April(10), '200'],
      [April(12), '50'],
      [April(20), '60'],
      ['2026-05-01T00:00:00+03:00', '90'],
    ] as const
    expect(use(point, rows, 1, 10)).toMatchObject({ code: null, text: '100' })
    expect(use(point, rows, 1, 11).code).toBe('counter-went-back')
    expect(use(point, rows, 11, 12).code).toBe('counter-went-back')
    expect(use(point, rows, 12, 31)).toMatchObject({ code: null, text: '40' })
  })
  test('a fall within the 28 days of a mean rate blocks, one before them does not', () => {
    const tail = [
      [April(3), '7'],
      [April(20), '41'],
      [April(25), '51'],
    ] as const
    expect(use(point, [['2026-03-30T00:00:00+03:00', '50'], ...tail], 26, 31).code).toBe('counter-went-back')
    // 28 × 24 h before the 25th is 28 March: a fall that ends before it is not in the rate.
    expect(
      use(point, [['2026-03-26T00:00:00+02:00', '50'], ['2026-03-27T00:00:00+02:00', '1'], ...tail], 26, 31),
    ).toMatchObject({ code: null })
  })
  test('a mean rate takes both ends of its 28 days, and at least two readings', () => {
    const last = parseInstant(April(30))!
    // 28 days before to the millisecond counts; a millisecond earlier does not.
    const at = (first: number): string | null =>
      use(
        point,
        [
          [first - DAY, '0'],
          [first, '100'],
          [last - DAY, '900'],
          [last, '1000'],
        ],
        30,
        31,
      ).text
    expect(at(last - 28 * DAY)).toBe(formatExact(fraction(roundHalfAway(900n * MICRO, 28n), MICRO)))
    expect(at(last - 28 * DAY - 1)).toBe('100')
    expect(
      use(
        point,
        [
          [last - 60 * DAY, '0'],
          [last, '60'],
        ],
        30,
        31,
      ),
    ).toMatchObject({ text: '1', estimated: fraction(1n) })
  })
  test('of a zero quantity the time that is estimated counts', () => {
    expect(
      use(point, [
        [April(1), '5'],
        [April(16), '5'],
      ]),
    ).toMatchObject({ quantity: 0n, estimated: fraction(1n, 2n) })
  })
  test('a meter change stands in place of a reading, also as the first and the last one', () => {
    const changed = { ...point, meterChanges: [{ at: April(11), final: '110', initial: 3 }] }
    const end = '2026-05-01T00:00:00+03:00'
    expect(
      use(changed, [
        [April(1), '100'],
        [April(11), '5000'],
        [end, '23'],
      ]),
    ).toMatchObject({ code: null, text: '30' })
    expect(
      use(changed, [
        [April(1), '100'],
        [end, '2'],
      ]).code,
    ).toBe('counter-went-back')
    expect(
      use(changed, [
        [April(1), '111'],
        [end, '23'],
      ]).code,
    ).toBe('counter-went-back')
    // Alone with one reading it makes two.
    expect(use(changed, [[end, '23']])).toMatchObject({ code: null, text: '20' })
    expect(use(changed, [[April(1), '100']], 11, 21)).toMatchObject({ text: '10', estimated: fraction(1n) })
    const used = readingsUsed(
      meterMonth(
        meterOf(
          { device: 'd', point: 'energy' },
          { id: 'd', premises: 'p', points: [changed] },
          readingsOf([
            [April(1), '100'],
            [end, '23'],
          ]),
        )!,
        quarters,
      ),
      dayNumber('2026-04-01'),
      dayNumber('2026-05-01'),
      (text) => text,
    )
    expect(used).toMatchObject({ count: 3, meterChanges: 1, first: { value: '100' }, last: { value: '23' } })
    expect(used.digest).toBe(
      'sha256:2026-03-31T21:00:00.000Z,100\n2026-04-10T21:00:00.000Z,110,3\n2026-04-30T21:00:00.000Z,23\n',
    )
  })
  test('of two meter changes at one instant the later listed stands', () => {
    const twice = [
      { at: April(11), final: '500', initial: '0' },
      { at: '2026-04-10T21:00:00Z', final: '110', initial: '3' },
    ]
    const rows = [
      [April(1), '100'],
      ['2026-05-01T00:00:00+03:00', '23'],
    ] as const
    expect(use({ ...point, meterChanges: twice }, rows).text).toBe('30')
  })
  test('a multiplier scales after rounding', () => {
    // A third of a millionth is nothing, thrice nothing is nothing.
    const rows = [
      [April(1), 0n],
      ['2026-05-01T00:00:00+03:00', 1n],
    ] as const
    expect(use({ ...point, multiplier: '3' }, rows, 1, 11).text).toBe('0')
    expect(use({ ...point, multiplier: '3' }, rows, 1, 16).text).toBe('0.000003')
  })
})

/** The rule as it is written, without any shortcut: one boundary at a time in fractions. */
function valueAt(rows: readonly { at: number; micro: bigint }[], boundary: number): bigint {
  const first = rows[0]!
  const last = rows.at(-1)!
  if (boundary <= first.at) return first.micro
  const after = rows.findIndex(({ at }) => at >= boundary)
  const line = (
    from: { at: number; micro: bigint },
    to: { at: number; micro: bigint },
    base: { at: number; micro: bigint },
  ): Fraction =>
    add(
      fraction(base.micro),
      multiply(fraction(to.micro - from.micro, BigInt(to.at - from.at)), fraction(BigInt(boundary - base.at))),
    )
  const exact =
    after >= 0
      ? line(rows[after - 1]!, rows[after]!, rows[after - 1]!)
      : line(
          rows.find(({ at }, i) => at >= last.at - 28 * DAY || i === rows.length - 2)!,
          last,
          last,
        )
  return roundHalfAway(exact.n, exact.d)
}

describe('values at boundaries', () => {
  const grid = fc.constantFrom(1, 1000, 60_000, QUARTER_MS)
  const anyRows = fc
    .tuple(
      grid,
      fc.array(
        fc.tuple(
          fc.integer({ min: 1, max: 4_000 }),
          fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 10n ** 13n })),
        ),
        { minLength: 2, maxLength: 25 },
      ),
      fc.bigInt({ min: 0n, max: 10n ** 12n }),
    )
    .map(([unit, gaps, start]) => {
      let at = quarters.from - 5 * DAY
      let micro = start
      return gaps.map(([gap, step]) => {
        at += Math.max(1, Math.round((gap * 20 * DAY) / 25 / 4_000 / unit)) * unit
        micro += step
        return { at, micro }
      })
    })
  test('any readings: as the rule is written', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const counter = counterOf(point, readingsOf(rows.map(({ at, micro }) => [at, micro])))
        const boundaries = quarters.boundaries.filter((_, i) => i % 37 === 0)
        const found = [...valuesAt(counter, boundaries)].map(BigInt)
        expect(found).toEqual(Array.from(boundaries, (boundary) => valueAt(rows, boundary)))
      }),
      { numRuns: 150 },
    )
  })
  test('the same consumption on the same meter with a billion more on the clock', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const shift = 9_100_000_000_000n * MICRO - rows.at(-1)!.micro
        const small = valuesAt(
          counterOf(point, readingsOf(rows.map(({ at, micro }) => [at, micro]))),
          quarters.boundaries,
        )
        const large = valuesAt(
          counterOf(point, readingsOf(rows.map(({ at, micro }) => [at, micro + shift]))),
          quarters.boundaries,
        )
        expect(Array.isArray(large)).toBe(true)
        expect([...large].map((value) => BigInt(value) - shift)).toEqual([...small].map(BigInt))
      }),
      { numRuns: 40 },
    )
  })
  test('below zero halves go down: they are away from zero as the meter shows it', () => {
    const rows = [
      [quarters.from, -3n],
      [quarters.from + 2 * QUARTER_MS, -2n],
    ] as const
    const [, half] = Array.from(valuesAt(counterOf(point, readingsOf(rows)), quarters.boundaries.slice(0, 3)), BigInt)
    expect(half).toBe(-3n)
  })
  test('the steps of a total add up, whatever the days', () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 2, max: 29 }), (rows, cut) => {
        const whole = use(
          point,
          rows.map(({ at, micro }) => [at, micro]),
        )
        const left = use(
          point,
          rows.map(({ at, micro }) => [at, micro]),
          1,
          cut,
        )
        const right = use(
          point,
          rows.map(({ at, micro }) => [at, micro]),
          cut,
          31,
        )
        if (whole.code !== null || left.code !== null || right.code !== null) return
        expect(subtract(fraction(whole.quantity), fraction(left.quantity))).toEqual(fraction(right.quantity))
      }),
      { numRuns: 100 },
    )
  })
})
