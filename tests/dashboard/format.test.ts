// Numbers, money, dates, ages and files as each language writes them.
import { describe, expect, test } from 'vitest'
import { formatCsv } from '#dashboard/format/csv.ts'
import { formatAge } from '#dashboard/format/age.ts'
import { bindFormat } from '#dashboard/format/bind-format.ts'
import { dueText } from '#dashboard/format/due.ts'
import { formatDate, formatInstant, formatMonth, formatShortMonth, localDate } from '#domain/writing/date.ts'
import { parseDuration } from '#dashboard/format/duration.ts'
import { parseLanguage } from '#domain/writing/language.ts'
import { formatDecimal, formatMoney, formatNumber, formatPercent, withUnit } from '#domain/writing/number.ts'
import { addDays, addMonths, datesOf, startOfDate } from '#dashboard/format/zone.ts'

/** No-break spaces as plain ones, so that the expectation can be read. */
const plain = (text: string): string => text.replaceAll(/[\u00A0\u202F]/g, ' ')
const HELSINKI = 'Europe/Helsinki'

describe('money', () => {
  const rows: [string | null, string, string, string][] = [
    ['0.00', '0,00 €', '0,00 €', '€0.00'],
    ['1234.57', '1 234,57 €', '1 234,57 €', '€1,234.57'],
    ['-0.05', '−0,05 €', '−0,05 €', '-€0.05'],
    ['7.5', '7,50 €', '7,50 €', '€7.50'],
    [null, '–', '–', '–'],
    [
      '12345678901234567.89',
      '12 345 678 901 234 567,89 €',
      '12 345 678 901 234 567,89 €',
      '€12,345,678,901,234,567.89',
    ],
  ]
  test.each(rows)('%s', (amount, fi, sv, en) => {
    expect(plain(formatMoney('fi', amount))).toBe(fi)
    expect(plain(formatMoney('sv', amount))).toBe(sv)
    expect(plain(formatMoney('en', amount))).toBe(en)
  })
})

describe('numbers', () => {
  test('decimal strings keep every digit', () => {
    expect(plain(formatDecimal('fi', '131946.778'))).toBe('131 946,778')
    expect(formatDecimal('en', '0.123456789012345678')).toBe('0.123456789012345678')
    expect(formatDecimal('fi', '@0')).toBe('@0')
  })
  test('measured numbers show as much as their size needs', () => {
    expect(formatNumber('fi', 21.3456)).toBe('21,35')
    expect(plain(formatNumber('sv', 153_240.12))).toBe('153 240,1')
    expect(formatNumber('en', 0.01234)).toBe('0.012')
  })
  test('percentages and units', () => {
    expect(plain(formatPercent('fi', '0.125'))).toBe('12,5 %')
    expect(plain(formatPercent('sv', '0.3333'))).toBe('33,33 %')
    expect(formatPercent('en', 0.5)).toBe('50%')
    expect(plain(withUnit('fi', '3,5', 'm3'))).toBe('3,5 m³')
    expect(withUnit('sv', '20', '%')).toBe('20\u00A0%')
    expect(withUnit('en', '20', '%')).toBe('20%')
    expect(withUnit('en', '20', 'm3')).toBe('20\u00A0m³')
    expect(withUnit('en', '7', '1')).toBe('7')
    expect(withUnit('en', '7', null)).toBe('7')
  })
})

describe('dates', () => {
  test('as each language writes them', () => {
    expect([formatDate('fi', '2026-03-05'), formatDate('sv', '2026-03-05'), formatDate('en', '2026-03-05')]).toEqual([
      '5.3.2026',
      '5.3.2026',
      '5 Mar 2026',
    ])
    expect([formatMonth('fi', '2026-03'), formatMonth('sv', '2026-03'), formatMonth('en', '2026-03')]).toEqual([
      'maaliskuu 2026',
      'mars 2026',
      'March 2026',
    ])
    expect([
      formatShortMonth('fi', '2026-12'),
      formatShortMonth('sv', '2026-12'),
      formatShortMonth('en', '2026-12'),
    ]).toEqual(['joulu', 'dec', 'Dec'])
  })
  test('instants are shown in the time zone of the premises', () => {
    const instant = '2026-03-05T12:05:09Z'
    expect(plain(formatInstant('fi', instant, HELSINKI))).toBe('5.3.2026 klo 14.05')
    expect(plain(formatInstant('sv', instant, HELSINKI))).toBe('5.3.2026 kl. 14.05')
    expect(plain(formatInstant('en', instant, HELSINKI, 'second'))).toBe('5 Mar 2026, 14:05:09')
    expect(localDate(Date.parse('2026-12-31T22:30:00Z'), HELSINKI)).toBe('2027-01-01')
  })
  test('ages in words', () => {
    expect([formatAge('fi', 240_000), formatAge('sv', 240_000), formatAge('en', 240_000)]).toEqual([
      '4 min sitten',
      'för 4 min sedan',
      '4 min ago',
    ])
    expect(formatAge('fi', -5000)).toBe(formatAge('fi', 0))
    expect(formatAge('en', 3 * 86_400_000)).toBe('3 days ago')
  })
})

describe('time zones', () => {
  test('a local day of clock change has 23 or 25 hours', () => {
    const hours = (date: string) => (startOfDate(addDays(date, 1), HELSINKI) - startOfDate(date, HELSINKI)) / 3_600_000
    expect([hours('2026-03-28'), hours('2026-03-29'), hours('2026-10-25'), hours('2026-10-26')]).toEqual([
      24, 23, 25, 24,
    ])
  })
  test('midnight as an instant, also where midnight is skipped', () => {
    expect(new Date(startOfDate('2026-01-01', HELSINKI)).toISOString()).toBe('2025-12-31T22:00:00.000Z')
    expect(new Date(startOfDate('2026-07-01', HELSINKI)).toISOString()).toBe('2026-06-30T21:00:00.000Z')
    // In Cairo the clocks went from 0.00 to 1.00 on 28 April 2023: the date begins at 1.00 summer time.
    expect(new Date(startOfDate('2023-04-28', 'Africa/Cairo')).toISOString()).toBe('2023-04-27T22:00:00.000Z')
  })
  test('weeks begin on Monday, months and years are calendar ones', () => {
    expect(datesOf('week', '2026-11-22')).toEqual({ from: '2026-11-16', to: '2026-11-23' })
    expect(datesOf('month', '2026-12-31')).toEqual({ from: '2026-12-01', to: '2027-01-01' })
    expect(datesOf('year', '2026-05-05')).toEqual({ from: '2026-01-01', to: '2027-01-01' })
    expect([addMonths('2026-01', -1), addMonths('2026-12', 1), addMonths('2026-11', -12)]).toEqual([
      '2025-12',
      '2027-01',
      '2025-11',
    ])
  })
})

describe('the rest', () => {
  test('CSV as spreadsheets of each language read it', () => {
    const rows = [
      ['Aika', 'kWh'],
      ['klo 1; "puoli"', 1.5],
      ['=1+1', null],
      ['-', '-12.50'],
    ]
    expect(formatCsv('fi', rows)).toBe('Aika;kWh\r\n"klo 1; ""puoli""";1,5\r\n\'=1+1;\r\n\'-;-12,50\r\n')
    expect(formatCsv('en', rows)).toBe('Aika,kWh\r\n"klo 1; ""puoli""",1.5\r\n\'=1+1,\r\n\'-,-12.50\r\n')
  })
  test('durations', () => {
    expect([parseDuration('PT15M'), parseDuration('P1DT2H'), parseDuration('PT10S')]).toEqual([
      900_000, 93_600_000, 10_000,
    ])
    expect([parseDuration(undefined), parseDuration('P1M'), parseDuration('PT'), parseDuration('soon')]).toEqual([
      null,
      null,
      null,
      null,
    ])
  })
  test('language tags', () => {
    expect([parseLanguage('sv-FI'), parseLanguage('EN'), parseLanguage('de'), parseLanguage(null)]).toEqual([
      'sv',
      'en',
      null,
      null,
    ])
  })
})

test.each([
  ['2026-11-02T22:00:00.000Z', '2.11.2026'],
  ['2026-03-29T21:00:00.000Z', '29.3.2026'],
  ['2026-11-03T10:30:00.000Z', '3.11.2026 klo 12.30'],
])('what is due at %s is due %s', (dueAt, said) => {
  expect(plain(dueText(bindFormat('fi'), dueAt, HELSINKI))).toBe(said)
})
