// Consumption of a meter by steps (quarters, hours, days, months), by the same rules as a settlement: for charts and the API.
import type { Decimal, Point } from '#domain/registry/bundle.ts'
import type { MeterReadings } from '#domain/ports/telemetry.ts'
import {
  ONE,
  ZERO,
  add,
  formatExact,
  formatRounded,
  fraction,
  multiply,
  parseDecimalFraction,
  round,
} from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { MICRO_PER_UNIT } from '#domain/quantity/micro.ts'
import { monthOfInstant } from '#domain/quantity/period.ts'
import { QUARTER_MS, quartersOf } from '#domain/quantity/quarters.ts'
import type { Quarters } from '#domain/quantity/quarters.ts'
import { counterOf } from './counter.ts'
import type { Counter } from './counter.ts'
import { valuesAt } from './counter-values.ts'
import { intervalMonth } from './interval.ts'
import type { IntervalMonth } from './interval.ts'
import { stepsUsed } from './meter.ts'

/**
 * One step [from, to): consumption in the point's unit, multiplier included, as an exact decimal and in micro (rounded half
 * away from zero); null where it is not known (no readings, or the counter went back). `estimated` is a part, 0 to 1, with
 * four decimals: of the quantity, or of the time when the quantity is zero.
 */
export type ConsumptionStep = {
  from: number
  to: number
  quantity: Decimal | null
  micro: bigint | null
  estimated: Decimal
}

/**
 * Consumption between neighbouring boundaries (ascending milliseconds, on the quarter). The readings must cover the
 * boundaries as a settlement's window does; for an interval point whole months of `timeZone`, since estimates rest on them.
 */
export function consumption(
  point: Point,
  readings: MeterReadings | null,
  boundaries: readonly number[],
  timeZone: string,
): ConsumptionStep[] {
  const multiplier = point.multiplier === undefined ? ONE : parseDecimalFraction(point.multiplier)!
  const steps = boundaries.slice(1).map((to, i) => ({ from: boundaries[i]!, to }))
  const known =
    point.kind === 'counter'
      ? counterSteps(counterOf(point, readings), boundaries)
      : intervalSteps(point, readings, steps, timeZone)
  return steps.map((step, i) => {
    const { micro, estimated } = known[i]!
    if (micro === null) return { ...step, quantity: null, micro: null, estimated: '0' }
    const scaled = multiply(micro, multiplier)
    const quantity = formatExact(multiply(scaled, fraction(1n, MICRO_PER_UNIT)))
    return { ...step, quantity, micro: round(scaled), estimated: formatRounded(estimated, 4) }
  })
}

type Known = { micro: Fraction | null; estimated: Fraction }
const UNKNOWN: Known = { micro: null, estimated: ZERO }

function counterSteps(counter: Counter, boundaries: readonly number[]): Known[] {
  const steps = boundaries.length - 1
  if (counter.at.length < 2) return Array.from({ length: steps }, () => UNKNOWN)
  const totals = valuesAt(counter, Float64Array.from(boundaries))
  const last = counter.at.length - 1
  return Array.from({ length: steps }, (_, i) => {
    const start = boundaries[i]!
    const end = boundaries[i + 1]!
    if (counter.at[0]! >= end) return UNKNOWN
    const used = stepsUsed(counter, start, end)
    const from = Math.min(used.first, used.rate ?? used.first)
    const back = counter.wentBack.some(
      (index) => index > from && index <= used.last && (index > used.first || index > (used.rate ?? last)),
    )
    if (back) return UNKNOWN
    const quantity = BigInt(totals[i + 1]!) - BigInt(totals[i]!)
    if (used.rate === null) return { micro: fraction(quantity), estimated: ZERO }
    const tailStart = Math.max(start, counter.at[last]!)
    const tail = counter.at[last]! <= start ? quantity : BigInt(totals[i + 1]!) - BigInt(counter.total[last]!)
    const estimated =
      quantity === 0n ? fraction(BigInt(end - tailStart), BigInt(end - start)) : fraction(tail, quantity)
    return { micro: fraction(quantity), estimated }
  })
}

function intervalSteps(
  point: Point,
  readings: MeterReadings | null,
  steps: readonly { from: number; to: number }[],
  timeZone: string,
): Known[] {
  let quarters: Quarters | null = null
  let month: IntervalMonth | null = null
  return steps.map(({ from, to }) => {
    let sum = ZERO
    let estimatedSum = ZERO
    let missing = 0
    for (let at = from; at < to;) {
      if (quarters === null || at < quarters.from || at >= quarters.to) {
        quarters = quartersOf(monthOfInstant(at, timeZone), timeZone)
        month = intervalMonth(readings, point.interval === 'PT1H', quarters)
      }
      if (month === null) return UNKNOWN
      const end = Math.min(to, quarters.to)
      let total = 0n
      let estimated = 0n
      for (let q = (at - quarters.from) / QUARTER_MS; q < (end - quarters.from) / QUARTER_MS; q += 1) {
        const value = BigInt(month.values[q]!)
        total += value
        if (month.missing[q] === 0) continue
        estimated += value
        missing += 1
      }
      sum = add(sum, fraction(total, BigInt(month.scale)))
      estimatedSum = add(estimatedSum, fraction(estimated, BigInt(month.scale)))
      at = end
    }
    const ofTime = fraction(BigInt(missing), BigInt((to - from) / QUARTER_MS))
    return { micro: sum, estimated: sum.n === 0n ? ofTime : fraction(estimatedSum.n * sum.d, estimatedSum.d * sum.n) }
  })
}
