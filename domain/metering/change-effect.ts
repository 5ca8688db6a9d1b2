// What a meter change does to the month in which it falls: the consumption without it, with it, and of each of the two meters.
import type { MeterReadings } from '#domain/ports/telemetry.ts'
import { formatExact, formatRounded, fraction, multiply, ONE, parseDecimalFraction } from '#domain/quantity/fraction.ts'
import { parseInstant } from '#domain/quantity/instant.ts'
import { MICRO_PER_UNIT, microFrom } from '#domain/quantity/micro.ts'
import { monthOfInstant, periodOf } from '#domain/quantity/period.ts'
import { QUARTER_MS } from '#domain/quantity/quarters.ts'
import type { Decimal, Point } from '#domain/registry/bundle.ts'
import { consumption } from './consumption.ts'
import { counterOf, stepOf } from './counter.ts'
import { firstAtOrAfter, valuesAt } from './counter-values.ts'
import type { ChangeEffect, ChangeWarning, MeterChangeWanted } from './meter-change.ts'

/** `before` is the point as it stands, `after` with the change; the readings cover the month. `closed` are closed months from the change on. */
export function changeEffect(
  { before, after }: { before: Point; after: Point },
  { at: instant, old, new: fresh }: MeterChangeWanted,
  readings: MeterReadings | null,
  { timeZone, now, closed }: { timeZone: string; now: number; closed: readonly string[] },
): ChangeEffect {
  const at = parseInstant(instant) ?? now
  const period = monthOfInstant(at, timeZone)
  const month = periodOf(period, timeZone)
  // Up to now, and at least to the end of the quarter of the change, so that the change is within.
  const quarter = (instant: number, round: (value: number) => number): number =>
    round(instant / QUARTER_MS) * QUARTER_MS
  const end = Math.min(month.to, Math.max(quarter(at + 1, Math.ceil), quarter(now, Math.floor)))
  const edges = [month.from, end]
  const quantityOf = (point: Point): Decimal | null =>
    consumption(point, readings, edges, timeZone)[0]?.quantity ?? null
  const counter = counterOf(after, readings)
  const index = firstAtOrAfter(counter.at, at)
  const known = counter.at.length >= 2 && counter.at[index] === at && counter.wentBack.length === 0
  const [first = 0n, last = 0n] = known ? Array.from(valuesAt(counter, Float64Array.from(edges)), BigInt) : []
  const middle = known ? BigInt(counter.total[index]!) : 0n
  const multiplier = after.multiplier === undefined ? ONE : parseDecimalFraction(after.multiplier)!
  const written = (micro: bigint): Decimal | null => {
    if (!known) return null
    const exact = multiply(fraction(micro, MICRO_PER_UNIT), multiplier)
    return formatExact(exact) ?? formatRounded(exact, 6)
  }
  return {
    period,
    unit: after.unit ?? null,
    without: quantityOf(before),
    with: quantityOf(after),
    oldMeter: written(middle - first),
    newMeter: written(last - middle),
    closedMonths: closed.filter((one) => one >= period),
    warnings: warningsOf(before, { at, old: old.register, fresh: fresh.register }, readings),
  }
}

function warningsOf(
  point: Point,
  { at, old, fresh }: { at: number; old: Decimal; fresh: Decimal },
  readings: MeterReadings | null,
): ChangeWarning[] {
  if (readings === null) return []
  const rollover = point.rollover === undefined ? null : microFrom(point.rollover)
  const wheel = typeof rollover === 'bigint' ? rollover : null
  const later = firstAtOrAfter(readings.at, at)
  const [before, next] = [readings.micro[later - 1], readings.micro[readings.at[later] === at ? later + 1 : later]]
  const [final, initial] = [microFrom(old), microFrom(fresh)]
  const found: ChangeWarning[] = []
  if (before !== undefined && typeof final === 'bigint' && stepOf(before, final, wheel) === null)
    found.push('final-below-last')
  if (next !== undefined && typeof initial === 'bigint' && stepOf(initial, next, wheel) === null)
    found.push('next-below-initial')
  return found
}
