// Finnish holidays of 2024–2030 against dates from the calendar.
import { describe, expect, it } from 'vitest'
import { createWorkdays, finnishHolidays } from '#domain/quantity/holidays.ts'
import { dayOfDate } from '#sim/local-clock.ts'

const EASTER: Record<number, string> = {
  2024: '2024-03-31',
  2025: '2025-04-20',
  2026: '2026-04-05',
  2027: '2027-03-28',
  2028: '2028-04-16',
  2029: '2029-04-01',
  2030: '2030-04-21',
}
const MIDSUMMER: Record<number, string> = {
  2024: '2024-06-22',
  2025: '2025-06-21',
  2026: '2026-06-20',
  2027: '2027-06-26',
  2028: '2028-06-24',
  2029: '2029-06-23',
  2030: '2030-06-22',
}
const ALL_SAINTS: Record<number, string> = {
  2024: '2024-11-02',
  2025: '2025-11-01',
  2026: '2026-10-31',
  2027: '2027-11-06',
  2028: '2028-11-04',
  2029: '2029-11-03',
  2030: '2030-11-02',
}
const named = (year: number, name: string): string | undefined =>
  finnishHolidays(year).find((each) => each.name === name)?.date

describe('finnishHolidays', () => {
  it.each(Object.keys(EASTER).map(Number))('%i', (year) => {
    expect(named(year, 'pääsiäispäivä')).toBe(EASTER[year])
    expect(named(year, 'juhannuspäivä')).toBe(MIDSUMMER[year])
    expect(named(year, 'pyhäinpäivä')).toBe(ALL_SAINTS[year])
    expect(named(year, 'itsenäisyyspäivä')).toBe(`${year}-12-06`)
    const dates = finnishHolidays(year).map((each) => each.date)
    expect(dates).toHaveLength(15)
    expect(dates).toEqual([...dates].sort())
  })

  it('counts the moving feasts from Easter', () => {
    expect(named(2026, 'pitkäperjantai')).toBe('2026-04-03')
    expect(named(2026, 'helatorstai')).toBe('2026-05-14')
    expect(named(2026, 'helluntaipäivä')).toBe('2026-05-24')
  })

  it('leaves 252 working days in 2026', () => {
    const isWorkday = createWorkdays()
    let count = 0
    for (let day = dayOfDate('2026-01-01'); day < dayOfDate('2027-01-01'); day++) if (isWorkday(day)) count++
    // 261 weekdays; of the holidays and eves 1.1., 6.1., 3.4., 6.4., 1.5., 14.5., 19.6., 24.12. and 25.12. fall on them.
    expect(count).toBe(252)
    expect(isWorkday(dayOfDate('2026-06-19'))).toBe(false)
    expect(isWorkday(dayOfDate('2026-06-22'))).toBe(true)
  })
})
