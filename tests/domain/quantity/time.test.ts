// Instants, local dates, periods and quarters, also over clock changes and in zones off the hour.
import { describe, expect, test } from 'vitest'
import { parseDurationMs, parseInstant } from '#domain/quantity/instant.ts'
import {
  dayNumber,
  formatDay,
  isMonth,
  monthDays,
  monthIndex,
  monthOfIndex,
  nextMonth,
  parseLocalDate,
  weekday,
} from '#domain/quantity/local-date.ts'
import { dayOfInstant, isTimeZone, monthOfInstant, periodOf } from '#domain/quantity/period.ts'
import { quartersOf } from '#domain/quantity/quarters.ts'

describe('instants', () => {
  test('offsets and Z', () => {
    expect(parseInstant('2026-03-01T00:00:00+02:00')).toBe(Date.UTC(2026, 1, 28, 22))
    expect(parseInstant('2026-03-01T00:00Z')).toBe(Date.UTC(2026, 2, 1))
    expect(parseInstant('2026-03-01T00:00:00.1239Z')).toBe(Date.UTC(2026, 2, 1, 0, 0, 0, 123))
    expect(parseInstant('2026-03-01T00:00:00-05:45')).toBe(Date.UTC(2026, 2, 1, 5, 45))
  })
  test.each([
    '2026-03-01T00:00:00',
    '2026-03-01',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T00:60:00Z',
    '2026-03-01T00:00:00+24:00',
    '2026-03-01 00:00:00Z',
    '0001-03-01T00:00:00Z',
    'now',
  ])('%s is refused', (text) => expect(parseInstant(text)).toBeNull())
  test('durations', () => {
    expect(parseDurationMs('PT15M')).toBe(900_000)
    expect(parseDurationMs('PT1H')).toBe(3_600_000)
    expect(parseDurationMs('PT1H30M')).toBe(5_400_000)
    for (const text of ['PT', 'P1D', 'PT0M', '15', 'PT1S']) expect(parseDurationMs(text)).toBeNull()
  })
})

describe('local dates', () => {
  test('days, months and weekdays', () => {
    expect(formatDay(dayNumber('2026-03-01') - 1)).toBe('2026-02-28')
    expect(weekday(dayNumber('2026-03-29'))).toBe(7)
    expect(weekday(dayNumber('1969-12-29'))).toBe(1)
    expect(monthDays('2024-02').end - monthDays('2024-02').first).toBe(29)
    expect(nextMonth('2026-12')).toBe('2027-01')
    expect(monthOfIndex(monthIndex('0999-07'))).toBe('0999-07')
    expect(isMonth('2026-13')).toBe(false)
  })
  test.each(['2026-02-29', '2026-3-1', '2026-00-10', '20260301', ''])('%j is no date', (text) =>
    expect(parseLocalDate(text)).toBeNull(),
  )
})

describe('periods', () => {
  test('a Finnish March has 743 hours, an October 745', () => {
    expect(quartersOf('2026-03', 'Europe/Helsinki').count).toBe(743 * 4)
    expect(quartersOf('2026-10', 'Europe/Helsinki').count).toBe(745 * 4)
    expect(periodOf('2026-03', 'Europe/Helsinki').from).toBe(parseInstant('2026-03-01T00:00:00+02:00'))
    expect(periodOf('2026-03', 'Europe/Helsinki').to).toBe(parseInstant('2026-04-01T00:00:00+03:00'))
  })
  test('the day that loses an hour has 92 quarters, the one that gains it 100', () => {
    const spring = quartersOf('2026-03', 'Europe/Helsinki')
    const [first, end] = [spring.dayFirst[28]!, spring.dayFirst[29]!]
    expect(end - first).toBe(92)
    // 03:00–03:45 is nobody's.
    expect([...spring.clock.subarray(first, end)].filter((clock) => clock >= 12 && clock < 16)).toEqual([])
    const autumn = quartersOf('2026-10', 'Europe/Helsinki')
    const [from, to] = [autumn.dayFirst[24]!, autumn.dayFirst[25]!]
    expect(to - from).toBe(100)
    expect([...autumn.clock.subarray(from, to)].filter((clock) => clock === 12).length).toBe(2)
    // The repeated hour is two hours.
    expect(autumn.hour[to - 1]! - autumn.hour[from]! + 1).toBe(25)
  })
  test('zones off the hour, and one whose clocks change by half an hour', () => {
    const nepal = quartersOf('2026-03', 'Asia/Kathmandu')
    expect(nepal.count).toBe(31 * 96)
    expect([...nepal.clock.subarray(0, 3)]).toEqual([0, 1, 2])
    const lordHowe = quartersOf('2026-04', 'Australia/Lord_Howe')
    expect(lordHowe.count).toBe(30 * 96 + 2)
    expect(lordHowe.clock[lordHowe.count - 1]).toBe(95)
  })
  test('a day that begins at one o’clock begins there', () => {
    // Clocks went from 24:00 to 01:00.
    expect(
      quartersOf('2018-11', 'America/Sao_Paulo').clock[quartersOf('2018-11', 'America/Sao_Paulo').dayFirst[3]!],
    ).toBe(4)
  })
  test('instants have their local day and month', () => {
    expect(monthOfInstant(Date.UTC(2026, 1, 28, 22), 'Europe/Helsinki')).toBe('2026-03')
    expect(formatDay(dayOfInstant(Date.UTC(2026, 1, 28, 21, 59), 'Europe/Helsinki'))).toBe('2026-02-28')
    expect(isTimeZone('Europe/Helsinki')).toBe(true)
    expect(isTimeZone('+02:00')).toBe(false)
    expect(isTimeZone('Europe/Nowhere')).toBe(false)
  })
})
