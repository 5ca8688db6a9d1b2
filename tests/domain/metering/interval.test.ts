// Interval points: hours spread over quarters, missing quarters estimated, also on the night that has an hour twice.
import { describe, expect, test } from 'vitest'
import type { MeterReadings } from '#domain/ports/telemetry.ts'
import { intervalMonth } from '#domain/metering/interval.ts'
import { parseInstant } from '#domain/quantity/instant.ts'
import { QUARTER_MS, quartersOf } from '#domain/quantity/quarters.ts'
import type { Quarters } from '#domain/quantity/quarters.ts'

const april = quartersOf('2026-04', 'Europe/Helsinki')
const october = quartersOf('2026-10', 'Europe/Helsinki')

function readingsOf(rows: readonly (readonly [string | number, bigint])[]): MeterReadings {
  const sorted = rows
    .map(([at, micro]) => [typeof at === 'string' ? parseInstant(at)! : at, micro] as const)
    .toSorted((a, b) => a[0] - b[0])
  return {
    at: Float64Array.from(sorted, ([at]) => at),
    micro: BigInt64Array.from(sorted, ([, micro]) => micro),
    simulated: false,
    qualities: new Uint8Array(sorted.length),
  }
}
const quarterAt = (quarters: Quarters, instant: string): number => (parseInstant(instant)! - quarters.from) / QUARTER_MS
const values = (rows: Parameters<typeof readingsOf>[0], hourly = false, quarters = april): bigint[] => {
  const found: Iterable<number | bigint> = intervalMonth(readingsOf(rows), hourly, quarters)!.values
  return [...found].map(BigInt)
}

describe('interval point', () => {
  test('the mean of the clock quarter on other days, rounded half away from zero', () => {
    const found = values([
      ['2026-04-01T08:00:00+03:00', 1n],
      ['2026-04-02T08:00:00+03:00', 2n],
      ['2026-04-01T09:00:00+03:00', 9n],
    ])
    expect(found[quarterAt(april, '2026-04-03T08:00:00+03:00')]).toBe(2n)
    // None has 10:00: the mean of all, 12 / 3.
    expect(found[quarterAt(april, '2026-04-03T10:00:00+03:00')]).toBe(4n)
    // Only its own day has 09:00.
    expect(found[quarterAt(april, '2026-04-01T09:00:00+03:00')]).toBe(9n)
  })
  test('an hour is four equal quarters, exactly', () => {
    const month = intervalMonth(readingsOf([['2026-04-01T08:00:00+03:00', 3n]]), true, april)!
    const q = quarterAt(april, '2026-04-01T08:00:00+03:00')
    expect(month.scale).toBe(4)
    expect([0, 1, 2, 3].map((k) => month.values[q + k])).toEqual([3, 3, 3, 3])
    // The mean of 3/4 is 1, in quarters of a millionth 4.
    expect(month.values[q + 96]).toBe(4)
    expect(month.missingCount).toBe(april.count - 4)
  })
  test('off the quarter, off the hour and below zero there is no consumption of an interval', () => {
    expect(intervalMonth(readingsOf([['2026-04-01T08:01:00+03:00', 5n]]), false, april)).toBeNull()
    expect(intervalMonth(readingsOf([['2026-04-01T08:15:00+03:00', 5n]]), true, april)).toBeNull()
    expect(intervalMonth(readingsOf([['2026-04-01T08:00:00+03:00', -5n]]), false, april)).toBeNull()
    expect(intervalMonth(readingsOf([['2026-05-01T00:00:00+03:00', 5n]]), false, april)).toBeNull()
    expect(intervalMonth(null, false, april)).toBeNull()
  })
  test('the hour that autumn repeats: both of its quarters count for other days, none for its own', () => {
    const night = [
      ['2026-10-25T03:00:00+03:00', 10n],
      ['2026-10-25T03:00:00+02:00', 20n],
      ['2026-10-02T12:00:00+03:00', 0n],
    ] as const
    const found = values(night, false, october)
    expect(found[quarterAt(october, '2026-10-24T03:00:00+03:00')]).toBe(15n)
    const half = values([night[0], ['2026-10-24T03:00:00+03:00', 100n]], false, october)
    expect(half[quarterAt(october, '2026-10-25T03:00:00+02:00')]).toBe(100n)
    // Only its own first 03:00 is measured: the mean of the month.
    const own = values([night[0], night[2]], false, october)
    expect(own[quarterAt(october, '2026-10-25T03:00:00+02:00')]).toBe(5n)
  })
  test('values too large for floats stay exact', () => {
    const large = 9_200_000_000_000_000_001n
    const month = intervalMonth(
      readingsOf([
        ['2026-04-01T08:00:00+03:00', large],
        ['2026-04-02T08:00:00+03:00', large - 2n],
      ]),
      false,
      april,
    )!
    expect(month.values[quarterAt(april, '2026-04-03T08:00:00+03:00')]).toBe(large - 1n)
  })
  test('in a zone off the hour the first hour of a month may begin in the one before', () => {
    const nepal = quartersOf('2026-04', 'Asia/Kathmandu')
    const month = intervalMonth(readingsOf([['2026-03-31T18:00:00Z', 8n]]), true, nepal)!
    expect(Array.from(month.missing.subarray(0, 4))).toEqual([0, 0, 0, 1])
  })
})
