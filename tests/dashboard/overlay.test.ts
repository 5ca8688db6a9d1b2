// What is drawn over a chart: the right other period, and each value at the bucket of the same number.
import { describe, expect, test } from 'vitest'
import type { Bucket } from '#dashboard/client/series.ts'
import { bridged, comparedSpan, overlayValues, readPoints } from '#dashboard/charts/overlay.ts'
import { bucketColumns } from '#dashboard/charts/time-columns.ts'
import { wholeRange, type Period } from '#dashboard/charts/period.ts'

const ZONE = 'Europe/Helsinki'
const whole = (range: Period['range'], date: string): Period => ({
  range,
  date,
  ...wholeRange(range, date, Date.parse('2026-05-01T12:00:00Z'), ZONE),
  zoomed: false,
})
const shown = ({ from, to }: { from: number; to: number }) => [new Date(from).toISOString(), new Date(to).toISOString()]

describe('the period to compare with', () => {
  test.each([
    // March 2026 has 743 hours, February 672: each its own local month.
    ['month', '2026-03-10', 'previous', ['2026-01-31T22:00:00.000Z', '2026-02-28T22:00:00.000Z']],
    ['month', '2026-03-10', 'year', ['2025-02-28T22:00:00.000Z', '2025-03-31T21:00:00.000Z']],
    ['day', '2024-02-29', 'year', ['2023-02-27T22:00:00.000Z', '2023-02-28T22:00:00.000Z']],
    // 52 weeks: Monday stands on Monday.
    ['week', '2026-03-18', 'year', ['2025-03-16T22:00:00.000Z', '2025-03-23T22:00:00.000Z']],
    ['year', '2026-03-18', 'previous', ['2024-12-31T22:00:00.000Z', '2025-12-31T22:00:00.000Z']],
  ] as const)('of a %s around %s, %s', (range, date, compare, expected) => {
    expect(shown(comparedSpan(whole(range, date), compare, ZONE))).toEqual(expected)
  })

  test('of a zoomed part is the part before it, or the same clock times of last year', () => {
    const zoomed = {
      ...whole('day', '2026-03-30'),
      from: Date.parse('2026-03-30T09:00:00+03:00'),
      to: Date.parse('2026-03-30T12:00:00+03:00'),
      zoomed: true,
    }
    expect(shown(comparedSpan(zoomed, 'previous', ZONE))).toEqual([
      '2026-03-30T03:00:00.000Z',
      '2026-03-30T06:00:00.000Z',
    ])
    expect(shown(comparedSpan(zoomed, 'year', ZONE))[0]).toBe('2025-03-30T06:00:00.000Z')
  })
})

const bucket = (minute: number, mean: number | null): Bucket => ({
  from: minute * 60_000,
  to: (minute + 1) * 60_000,
  min: mean,
  max: mean,
  mean,
  count: mean === null ? 0 : 1,
  quality: mean === null ? null : 'measured',
  simulated: false,
})

test('values stand at the bucket of the same number, also within a gap of the chart; past the end there are none', () => {
  const own = [1, 2, 3, null, null, null, null, 8].map((mean, i) => bucket(i, mean))
  const other = [10, 20, 30, 40, null, 60, 70, 80].map((mean, i) => bucket(1000 + i, mean))
  const starts = own.map(({ from }) => from)
  const keep = new Set(starts.filter((_, i) => other[i]?.mean !== null))
  const columns = bucketColumns(own, 60_000, 10 * 60_000, keep)
  expect(columns.value).toEqual([1, 2, 3, null, null, null, 8])
  expect(overlayValues(columns.from, starts, other)).toEqual([10, 20, 30, 40, 60, 70, 80])
  expect(overlayValues(columns.from, starts, other, 1003 * 60_000)).toEqual([10, 20, 30, null, null, null, null])
})

test('points of the address are read once each; what is none is left out', () => {
  expect(readPoints('a/b,a/b,x,c-1/T.1,/y,D/z')).toEqual([
    { device: 'a', point: 'b' },
    { device: 'c-1', point: 'T.1' },
  ])
  expect(readPoints(null)).toEqual([])
})

test('a slow point is drawn as a line, and breaks where it was silent for long', () => {
  expect(bridged([1, null, 2, null, 3, null, null, null, null, null, null, null, 4])).toEqual([
    1,
    undefined,
    2,
    undefined,
    3,
    ...Array.from({ length: 7 }, () => null),
    4,
  ])
})
