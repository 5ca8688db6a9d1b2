// What charts draw: gaps stay gaps, marks stand where they belong, periods and zoom are read from the address.
import { describe, expect, test } from 'vitest'
import type { QualityWord } from '#contract/common.ts'
import type { Bucket } from '#dashboard/client/series.ts'
import { readPeriod, zoomPeriod } from '#dashboard/charts/period.ts'
import { roundTicks, stackPieces } from '#dashboard/charts/stack-geometry.ts'
import { bucketColumns, consumptionColumns, gapCount, isEmpty, spansOf } from '#dashboard/charts/time-columns.ts'
import { partyLook, PALETTE_SIZE } from '#dashboard/components/party-palette.ts'
import { itemPath, parseItemPath } from '#dashboard/components/item-path.ts'
import { pickName } from '#domain/writing/names.ts'

const START = Date.parse('2026-03-01T00:00:00Z')
const MINUTE = 60_000
const LATER = START + 365 * 86_400_000
const at = (minutes: number) => START + minutes * MINUTE
const iso = (minutes: number) => new Date(at(minutes)).toISOString()
const bucket = (minute: number, mean: number | null, quality: QualityWord = 'measured', simulated = false): Bucket => ({
  from: at(minute),
  to: at(minute + 1),
  min: mean === null ? null : mean - 1,
  max: mean === null ? null : mean + 1,
  mean,
  count: mean === null ? 0 : 1,
  quality: mean === null ? null : quality,
  simulated,
})
/** One bucket a minute; `.` is an empty one. */
const row = (marks: string) => marks.split('').map((mark, minute) => bucket(minute, mark === '.' ? null : Number(mark)))

describe('readings', () => {
  test('buckets between two readings of a slow device are no gap', () => {
    const columns = bucketColumns(row('5....6....7....8'), 5 * MINUTE, LATER)
    expect(columns.value).toEqual([5, 6, 7, 8])
    expect(gapCount(columns)).toBe(0)
  })
  test('a longer silence is a gap of nulls, never a zero', () => {
    const columns = bucketColumns(row('5678....................5678'), MINUTE, LATER)
    expect(columns.value).toEqual([5, 6, 7, 8, null, null, 5, 6, 7, 8])
    expect(gapCount(columns)).toBe(1)
    expect(columns.from[4]).toBe(START + 4 * MINUTE)
    expect(columns.to[5]).toBe(START + 24 * MINUTE)
  })
  test('without an expected interval the usual distance of the readings decides', () => {
    expect(gapCount(bucketColumns(row('1.2.3.4.5.6.7.8'), null, LATER))).toBe(0)
    expect(gapCount(bucketColumns(row('1.2.3.............4.5.6'), null, LATER))).toBe(1)
  })
  test('what lies ahead is no gap, silence until now is one', () => {
    expect(bucketColumns(row('56..........'), MINUTE, START + 2 * MINUTE).value).toEqual([5, 6])
    expect(bucketColumns(row('56..........'), MINUTE, START + 8 * MINUTE).value).toEqual([5, 6, null, null])
  })
  test('no readings at all', () => {
    expect(isEmpty(bucketColumns(row('......'), MINUTE, LATER))).toBe(true)
    expect(isEmpty(bucketColumns([], null, LATER))).toBe(true)
  })
  test('what is estimated, suspect or simulated stays marked', () => {
    const columns = bucketColumns(
      [
        bucket(0, 1),
        bucket(1, 2, 'estimated'),
        bucket(2, 3, 'substituted'),
        bucket(3, 4),
        bucket(4, 5, 'suspect', true),
      ],
      MINUTE,
      LATER,
    )
    const minutes = (from: number, to: number) => ({
      from: (START + from * MINUTE) / 1000,
      to: (START + to * MINUTE) / 1000,
    })
    expect(spansOf(columns, ['estimated', 'substituted'])).toEqual([minutes(1, 3)])
    expect(spansOf(columns, ['suspect'])).toEqual([minutes(4, 5)])
    expect(columns.simulated).toEqual([false, false, false, false, true])
  })
})

test('consumption keeps the digits it came with, and its gaps', () => {
  const columns = consumptionColumns(
    [
      { from: iso(0), to: iso(60), quantity: '12.345678', estimated: '0' },
      { from: iso(60), to: iso(120), quantity: null, estimated: '0' },
      { from: iso(120), to: iso(180), quantity: '0', estimated: '0' },
      { from: iso(180), to: iso(240), quantity: '3.5', estimated: '1.25' },
    ],
    LATER,
  )
  expect(columns.exact).toEqual(['12.345678', null, '0', '3.5'])
  expect(columns.value).toEqual([12.345678, null, 0, 3.5])
  expect(columns.quality).toEqual(['measured', null, 'measured', 'estimated'])
  expect(gapCount(columns)).toBe(1)
})

describe('stacked bars', () => {
  test('pieces follow each other from zero, credits to the other side', () => {
    const { stacks, low, high } = stackPieces([
      {
        key: 'a',
        pieces: [
          { key: 'x', amount: '10.00' },
          { key: 'y', amount: '-4.00' },
          { key: 'z', amount: '5.50' },
        ],
      },
    ])
    expect(stacks[0]?.pieces).toEqual([
      { key: 'x', start: 0, end: 10 },
      { key: 'y', start: 0, end: -4 },
      { key: 'z', start: 10, end: 15.5 },
    ])
    expect([low, high]).toEqual([-4, 15.5])
  })
  test('ticks are round, hold zero and go beyond both ends', () => {
    expect(roundTicks(0, 19_731)).toEqual([0, 5000, 10_000, 15_000, 20_000])
    expect(roundTicks(-120, 480)).toEqual([-200, -100, 0, 100, 200, 300, 400, 500])
    expect(roundTicks(0, 0)).toEqual([0])
  })
})

describe('periods', () => {
  const now = Date.parse('2026-11-22T04:50:03Z')
  const address = (query: string) => {
    const search = new URLSearchParams(query)
    return readPeriod((key) => search.get(key), now, 'Europe/Helsinki')
  }
  test('today without an address, and for wrong ones', () => {
    const today = {
      range: 'day',
      date: '2026-11-22',
      from: Date.parse('2026-11-21T22:00:00Z'),
      to: Date.parse('2026-11-22T22:00:00Z'),
      zoomed: false,
    }
    expect(address('')).toEqual(today)
    expect(address('range=century&date=yesterday&from=then&to=now')).toEqual(today)
  })
  test('the last hour moves in steps', () => {
    expect(address('range=hour')).toMatchObject({
      from: Date.parse('2026-11-22T03:50:10Z'),
      to: Date.parse('2026-11-22T04:50:10Z'),
    })
  })
  test('a part of a range', () => {
    expect(address('range=month&date=2026-10-01&from=2026-10-03T00:00:00Z&to=2026-10-04T00:00:00Z')).toMatchObject({
      zoomed: true,
      range: 'month',
    })
    expect(address('from=2026-10-04T00:00:00Z&to=2026-10-03T00:00:00Z').zoomed).toBe(false)
  })
  test('zoom keeps the place under the cursor and the bounds of the range', () => {
    const whole = { from: 0, to: 1_000_000_000 }
    expect(zoomPeriod(whole, whole, 0.5, 250_000_000)).toEqual({ from: 125_000_000, to: 625_000_000 })
    expect(zoomPeriod(whole, whole, 0.5, 1_000_000_000)).toEqual({ from: 500_000_000, to: 1_000_000_000 })
    expect(zoomPeriod({ from: 125_000_000, to: 625_000_000 }, whole, 2, null)).toBeNull()
  })
})

test('seventeen parties have seventeen looks', () => {
  const looks = Array.from({ length: 17 }, (_, i) => JSON.stringify(partyLook(i)))
  expect(new Set(looks).size).toBe(17)
  expect(partyLook(PALETTE_SIZE)).toEqual(partyLook(0))
})

test('addresses of cost items can be read back, and need no percent signs', () => {
  for (const id of ['metered:el-main', 'adjustment:2026-03:metered:el-main@2026-03-15', 'invoice:a@2026-01-02']) {
    const path = itemPath('talo', '2026-03', id)
    expect(path).toMatch(/^\/[a-z0-9/_-]+$/)
    expect(parseItemPath(path.slice('/costs/talo/2026-03/items/'.length))).toBe(id)
  }
})

test('names fall back to the next best language and say which it is', () => {
  expect(pickName({ fi: 'Talo', sv: 'Hus' }, 'sv', 'x')).toEqual({ text: 'Hus', language: 'sv' })
  expect(pickName({ fi: 'Talo' }, 'sv', 'x')).toEqual({ text: 'Talo', language: 'fi' })
  expect(pickName({ sv: 'Hus' }, 'en', 'x')).toEqual({ text: 'Hus', language: 'sv' })
  expect(pickName(undefined, 'en', 'x')).toEqual({ text: 'x', language: null })
})
