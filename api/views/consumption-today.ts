// The day so far of a meter beside what is usual at this time: the mean of the same weekday of the last four weeks.
import type { Scope } from '#domain/ports/records.ts'
import { divide, fraction, parseDecimalFraction, sum, type Fraction } from '#domain/quantity/fraction.ts'
import { dayOfInstant, dayStart } from '#domain/quantity/period.ts'
import { QUARTER_MS } from '#domain/quantity/quarters.ts'
import type { Device, Point } from '#domain/registry/bundle.ts'
import type { RouteParts } from '#api/parts.ts'
import { meterSteps } from './meter-steps.ts'

const WEEKS = 4
const WEEK_DAYS = 7
/** Steps and months that one meter asks for: a week touches two months at most, and so does the day. */
export const TODAY_STEPS = WEEKS + 1
export const TODAY_MONTHS = 2 * TODAY_STEPS
export type Today = { from: number; to: number; soFar: Fraction | null; expected: Fraction | null; weeks: number }

/** Milliseconds since 1970 from local midnight until the quarter-hour that ended last. */
export function todaySoFar(now: number, timeZone: string): { day: number; from: number; to: number } {
  const to = Math.floor(now / QUARTER_MS) * QUARTER_MS
  const day = dayOfInstant(to, timeZone)
  return { day, from: dayStart(day, timeZone), to }
}

export async function consumptionToday(
  device: Device,
  point: Point,
  timeZone: string,
  scope: Scope,
  parts: RouteParts,
): Promise<Today> {
  const { day, from, to } = todaySoFar(parts.now(), timeZone)
  /** Null where it is unknown, or nothing but an estimate. */
  const quantityOf = async (start: number, end: number): Promise<Fraction | null> => {
    if (end <= start) return null
    const [step] = await meterSteps(device, point, [start, end], timeZone, scope, parts)
    if (step === undefined || step.quantity === null || Number(step.estimated) >= 1) return null
    return parseDecimalFraction(step.quantity)
  }
  const usual: Fraction[] = []
  for (let week = 1; week <= WEEKS; week++) {
    const start = dayStart(day - week * WEEK_DAYS, timeZone)
    const known = await quantityOf(start, start + (to - from))
    if (known !== null) usual.push(known)
  }
  const expected = usual.length === 0 ? null : divide(sum(usual), fraction(BigInt(usual.length)))
  return { from, to, soFar: await quantityOf(from, to), expected, weeks: usual.length }
}
