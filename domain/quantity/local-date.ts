// Local dates and months as day numbers (days since 1970-01-01): calendar arithmetic that knows no time zone.

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/
const DAY_MS = 86_400_000

/** The day number of `2026-03-01`; null when there is no such date. */
export function parseLocalDate(text: string): number | null {
  const m = DATE.exec(text)
  if (m === null || +m[1]! < 100) return null
  const at = Date.UTC(+m[1]!, +m[2]! - 1, +m[3]!)
  return new Date(at).toISOString().startsWith(text) ? at / DAY_MS : null
}
/** The day number of a date that was checked when it came in. */
export function dayNumber(date: string): number {
  return Date.UTC(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8, 10)) / DAY_MS
}
/** `2026-03-01` of its day number. */
export function formatDay(day: number): string {
  let text = texts.get(day)
  if (text === undefined) {
    if (texts.size >= TEXTS_LIMIT) texts.clear()
    texts.set(day, (text = new Date(day * DAY_MS).toISOString().slice(0, 10)))
  }
  return text
}
const texts = new Map<number, string>()
/** Days whose text is kept: a settlement writes the same few again and again. */
const TEXTS_LIMIT = 4_096
/** 1 Monday … 7 Sunday. */
export function weekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

/** Days [first, end) of a calendar month. */
export type MonthDays = { first: number; end: number }
export function isMonth(text: string): boolean {
  return MONTH.test(text)
}
/** The days of a month `YYYY-MM`. */
export function monthDays(month: string): MonthDays {
  return { first: dayNumber(`${month}-01`), end: dayNumber(`${nextMonth(month)}-01`) }
}
/** Months counted through (2026-03 is 24314), to count with. */
export function monthIndex(month: string): number {
  return +month.slice(0, 4) * 12 + +month.slice(5, 7) - 1
}
export function monthOfIndex(index: number): string {
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`
}
export function nextMonth(month: string): string {
  return monthOfIndex(monthIndex(month) + 1)
}
/** The month in which a day falls. */
export function monthOfDay(day: number): string {
  return formatDay(day).slice(0, 7)
}
