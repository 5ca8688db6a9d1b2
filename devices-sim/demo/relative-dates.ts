// Dates of the demonstration are written relative to the month in which it starts: "@0" is that month's first day,
// "@7" the first day seven months later, "@5-12" the 12th of the month five months later, "@-24" two years before.

const RELATIVE = /^@(-?\d+)(?:-(\d\d))?(T[0-9:]+Z)?$/

/** A copy of any JSON value with every relative date made absolute; `start` is YYYY-MM. */
export function resolveDates<T>(value: T, start: string): T
export function resolveDates(value: unknown, start: string): unknown {
  if (typeof value === 'string') {
    const match = RELATIVE.exec(value)
    if (match === null) return value
    const month = Temporal.PlainYearMonth.from(start).add({ months: Number(match[1]) })
    return `${month.toString()}-${match[2] ?? '01'}${match[3] ?? ''}`
  }
  if (Array.isArray(value)) return value.map((each) => resolveDates(each as unknown, start))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolveDates(each as unknown, start)]))
}
