// A meter as the settlement uses it: its consumption by quarter in a month, and what it may be used for on some days.
import type { Device, Point, PointRef } from '#domain/registry/bundle.ts'
import type { MeterReadings } from '#domain/ports/telemetry.ts'
import { ONE, ZERO, fraction, parseDecimalFraction } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { MICRO_PER_UNIT } from '#domain/quantity/micro.ts'
import type { Quarters } from '#domain/quantity/quarters.ts'
import { counterOf } from './counter.ts'
import type { Counter } from './counter.ts'
import { firstAtOrAfter, lastAtOrBefore, rateFrom, valuesAt } from './counter-values.ts'
import { intervalMonth } from './interval.ts'
import { sumQuarters } from './quarter-values.ts'
import type { QuarterValues } from './quarter-values.ts'

export type MeterCode = 'no-readings' | 'counter-went-back'

/** A point that can be settled, with all its readings that were asked for. */
export type Meter = {
  ref: PointRef
  point: Point
  unit: string
  multiplier: Fraction
  readings: MeterReadings | null
  /** Its readings come from a simulator. */
  simulated: boolean
  /** Null for an interval point, and for what is neither. */
  counter: Counter | null
}

/** What a meter says of some days of a month. Quantities are in the month's whole numbers; `estimated` is a part, 0 to 1. */
export type MeterUse = {
  code: MeterCode | null
  detail: string
  quantity: bigint
  estimatedQuantity: bigint
  /** Part of the quantity that is estimated; of a zero quantity, part of the time. */
  estimated: Fraction
}

/** A meter in one month. `perWhole` × whole number = consumption in the meter's unit, multiplier included. */
export type MeterMonth = {
  meter: Meter
  quarters: Quarters
  perWhole: Fraction
  /** Null when there is nothing to go by in this month. */
  consumption: QuarterValues | null
  /** Use on the local days [firstDay, endDay) of the month, as day numbers. */
  use(firstDay: number, endDay: number): MeterUse
  /** Whole numbers consumed on some days; zero when there is nothing to go by. */
  quantity(firstDay: number, endDay: number): bigint
}

/** A meter of a device; null when the device has no such point or the point is neither counter nor interval. */
export function meterOf(ref: PointRef, device: Device | undefined, readings: MeterReadings | null): Meter | null {
  const point = device?.points?.find((candidate) => candidate.key === ref.point)
  if (point === undefined || (point.kind !== 'counter' && point.kind !== 'interval') || point.unit === undefined)
    return null
  return {
    ref,
    point,
    unit: point.unit,
    multiplier: point.multiplier === undefined ? ONE : parseDecimalFraction(point.multiplier)!,
    readings,
    simulated: device?.simulated === true || readings?.simulated === true,
    counter: point.kind === 'counter' ? counterOf(point, readings) : null,
  }
}

/** A meter's month. Costs one pass over the month's readings. */
export function meterMonth(meter: Meter, quarters: Quarters): MeterMonth {
  const month =
    meter.counter === null ? intervalMeterMonth(meter, quarters) : counterMeterMonth(meter, meter.counter, quarters)
  // Hundreds of items may ask for the same days.
  const uses = new Map<number, MeterUse>()
  const use = (firstDay: number, endDay: number): MeterUse => {
    const key = (firstDay - quarters.firstDay) * 64 + endDay - quarters.firstDay
    let known = uses.get(key)
    if (known === undefined) uses.set(key, (known = month.use(firstDay, endDay)))
    return known
  }
  return { ...month, use }
}

const NOTHING = { quantity: 0n, estimatedQuantity: 0n, estimated: ZERO }

function quartersOfDays(quarters: Quarters, firstDay: number, endDay: number): [number, number] {
  return [quarters.dayFirst[firstDay - quarters.firstDay]!, quarters.dayFirst[endDay - quarters.firstDay]!]
}
function perWholeOf(meter: Meter, scale: number): Fraction {
  return fraction(meter.multiplier.n, meter.multiplier.d * MICRO_PER_UNIT * BigInt(scale))
}

function counterMeterMonth(meter: Meter, counter: Counter, quarters: Quarters): MeterMonth {
  const { at } = counter
  const last = at.length - 1
  const totals = at.length < 2 ? null : valuesAt(counter, quarters.boundaries)
  const quantity = (firstDay: number, endDay: number): bigint => {
    if (totals === null) return 0n
    const [from, to] = quartersOfDays(quarters, firstDay, endDay)
    return BigInt(totals[to]!) - BigInt(totals[from]!)
  }
  const use = (firstDay: number, endDay: number): MeterUse => {
    const [from, to] = quartersOfDays(quarters, firstDay, endDay)
    const start = quarters.boundaries[from]!
    const end = quarters.boundaries[to]!
    if (totals === null)
      return { ...NOTHING, code: 'no-readings', detail: `${at.length} readings in all, two are needed` }
    if (at[0]! > start && at[0]! >= end)
      return { ...NOTHING, code: 'no-readings', detail: 'the first reading is not before the end of its days' }
    const { first: firstUsed, last: lastUsed, rate } = stepsUsed(counter, start, end)
    const back = counter.wentBack.find(
      (index) => (index > firstUsed && index <= lastUsed) || (rate !== null && index > rate && index <= last),
    )
    if (back !== undefined)
      return {
        ...NOTHING,
        code: 'counter-went-back',
        detail: `the counter went back at ${new Date(at[back]!).toISOString()}`,
      }
    const total = quantity(firstDay, endDay)
    const tailStart = Math.max(start, at[last]!)
    const estimatedQuantity =
      rate === null ? 0n : at[last]! <= start ? total : BigInt(totals[to]!) - BigInt(counter.total[last]!)
    const estimated =
      rate === null
        ? ZERO
        : total === 0n
          ? fraction(BigInt(end - tailStart), BigInt(end - start))
          : fraction(estimatedQuantity, total)
    return { code: null, detail: '', quantity: total, estimatedQuantity, estimated }
  }
  return {
    meter,
    quarters,
    perWhole: perWholeOf(meter, 1),
    consumption: totals === null ? null : differences(totals),
    use,
    quantity,
  }
}

/**
 * The readings that a counter's consumption from `start` to `end` goes by: from the last one at or before the start (else
 * the first) to the first one at or after the end (else the last), and from which one on its mean rate is taken, if at all.
 */
export function stepsUsed(
  counter: Counter,
  start: number,
  end: number,
): { first: number; last: number; rate: number | null } {
  const last = counter.at.length - 1
  const first = Math.max(0, lastAtOrBefore(counter.at, start))
  const tail = counter.at[last]! < end
  return { first, last: tail ? last : firstAtOrAfter(counter.at, end), rate: tail ? rateFrom(counter) : null }
}

function differences(totals: Float64Array | bigint[]): QuarterValues {
  const count = totals.length - 1
  if (totals instanceof Float64Array) {
    const values = new Float64Array(count)
    let largest = 0
    for (let q = 0; q < count; q += 1) {
      const value = totals[q + 1]! - totals[q]!
      values[q] = value
      if (value > largest) largest = value
    }
    return { values, largest }
  }
  return { values: Array.from({ length: count }, (_, q) => totals[q + 1]! - totals[q]!), largest: Infinity }
}

function intervalMeterMonth(meter: Meter, quarters: Quarters): MeterMonth {
  const month = intervalMonth(meter.readings, meter.point.interval === 'PT1H', quarters)
  const quantity = (firstDay: number, endDay: number): bigint =>
    month === null ? 0n : sumQuarters(month, ...quartersOfDays(quarters, firstDay, endDay))
  const use = (firstDay: number, endDay: number): MeterUse => {
    if (month === null) return { ...NOTHING, code: 'no-readings', detail: 'no quarter of the month is measured' }
    const [from, to] = quartersOfDays(quarters, firstDay, endDay)
    const total = quantity(firstDay, endDay)
    let estimatedQuantity = 0n
    let missing = 0
    if (month.missingCount > 0) {
      for (let q = from; q < to; q += 1) {
        if (month.missing[q] === 0) continue
        missing += 1
        estimatedQuantity += BigInt(month.values[q]!)
      }
    }
    const estimated =
      missing === 0
        ? ZERO
        : total === 0n
          ? fraction(BigInt(missing), BigInt(to - from))
          : fraction(estimatedQuantity, total)
    return { code: null, detail: '', quantity: total, estimatedQuantity, estimated }
  }
  return { meter, quarters, perWhole: perWholeOf(meter, month?.scale ?? 1), consumption: month, use, quantity }
}
