// Working days in Finland: Monday to Friday, without church and public holidays and the eves of midsummer and Christmas.
import { dayNumber, formatDay, weekday } from '#domain/quantity/local-date.ts'

/** Of the working-hours act's holidays those with a fixed date, and Christmas Eve. */
const FIXED = new Set(['01-01', '01-06', '05-01', '12-06', '12-24', '12-25', '12-26'])
/** Days after Easter Sunday: Good Friday, Easter Monday, Ascension. */
const AFTER_EASTER = [-2, 1, 39]

/** The day number of Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher). */
export function easterDay(year: number): number {
  const floor = (a: number, b: number): number => Math.floor(a / b)
  const a = year % 19
  const [b, c] = [floor(year, 100), year % 100]
  const h = (19 * a + b - floor(b, 4) - floor(b - floor(b + 8, 25) + 1, 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * floor(c, 4) - h - (c % 4)) % 7
  const m = floor(a + 11 * h + 22 * l, 451)
  const n = h + l - 7 * m + 114
  const month = String(floor(n, 31)).padStart(2, '0')
  return dayNumber(`${year}-${month}-${String((n % 31) + 1).padStart(2, '0')}`)
}

/** Whether people work on this day number. */
export function isWorkingDay(day: number): boolean {
  const date = formatDay(day)
  const ofWeek = weekday(day)
  const monthDay = date.slice(5)
  if (ofWeek >= 6 || FIXED.has(monthDay)) return false
  // Midsummer Eve is the Friday between 19 and 25 June; the other movable feasts of summer and autumn are Saturdays.
  if (ofWeek === 5 && monthDay >= '06-19' && monthDay <= '06-25') return false
  const easter = easterDay(+date.slice(0, 4))
  return !AFTER_EASTER.includes(day - easter)
}

/** The day itself, or the first working day after it. */
export function workingDayFrom(day: number): number {
  let next = day
  while (!isWorkingDay(next)) next += 1
  return next
}
