// The edges of steps that a query asks for: quarters, hours, local days or months.
import type { Step } from '#contract/series.ts'
import { Failure } from '#domain/failure.ts'
import { parseInstant } from '#domain/quantity/instant.ts'
import { monthIndex, monthOfIndex, parseLocalDate } from '#domain/quantity/local-date.ts'
import { dayOfInstant, dayStart, monthOfInstant, periodOf } from '#domain/quantity/period.ts'
import { QUARTER_MS } from '#domain/quantity/quarters.ts'

/** Meter months that one query may read. */
export const MAX_METER_MONTHS = 400

/** A local date is its midnight; an instant goes down to its quarter. @throws Failure 'bad-request'. */
export function startOf(text: string, name: string, timeZone: string): number {
  const day = parseLocalDate(text)
  if (day !== null) return dayStart(day, timeZone)
  const at = parseInstant(text)
  if (at === null) throw new Failure('bad-request', `${name} is neither a date nor an instant with offset or Z.`)
  return Math.floor(at / QUARTER_MS) * QUARTER_MS
}

/** The months that are touched; empty when there are more than may be read. */
export function monthsOf(from: number, to: number, timeZone: string): string[] {
  const first = monthIndex(monthOfInstant(from, timeZone))
  const last = monthIndex(monthOfInstant(to - 1, timeZone))
  return last - first > MAX_METER_MONTHS
    ? []
    : Array.from({ length: last - first + 1 }, (_, i) => monthOfIndex(first + i))
}

/** Edges of the steps: whole local days or months where the step is one, else of equal length. */
export function edgesOf(from: number, to: number, step: Step, timeZone: string): number[] {
  const edges = [from]
  if (step === 'PT15M' || step === 'PT1H') {
    const length = step === 'PT15M' ? QUARTER_MS : 4 * QUARTER_MS
    for (let at = from + length - (from % length); at < to; at += length) edges.push(at)
  } else if (step === 'P1D') {
    for (let day = dayOfInstant(from, timeZone) + 1; dayStart(day, timeZone) < to; day++)
      edges.push(dayStart(day, timeZone))
  } else {
    for (const month of monthsOf(from, to, timeZone).slice(1)) edges.push(periodOf(month, timeZone).from)
  }
  edges.push(to)
  return edges
}

/** @throws Failure 'bad-request' for more months of meters, or more steps, than one answer gives. */
export function mustBeFew(meters: number, series: number, months: number, steps: number, limit: number): void {
  if (months === 0 || months * meters > MAX_METER_MONTHS)
    throw new Failure(
      'bad-request',
      `Ask for ${MAX_METER_MONTHS} months of meters at most: fewer points or a shorter time.`,
    )
  if (steps * series > limit)
    throw new Failure('bad-request', `Ask for ${limit} steps at most: longer steps, fewer points or a shorter time.`)
}
