// An interval point in one month: what was measured by quarter, and estimates for what is missing.
import type { MeterReadings } from '#domain/ports/telemetry.ts'
import { QUARTERS_OF_DAY, QUARTER_MS } from '#domain/quantity/quarters.ts'
import type { Quarters } from '#domain/quantity/quarters.ts'
import { roundHalfAway } from '#domain/quantity/rounding.ts'
import { firstAtOrAfter } from './counter-values.ts'
import type { QuarterValues } from './quarter-values.ts'

/** Values are micro × `scale` (4 for hourly values, which are spread over four quarters); `missing` is 1 where estimated. */
export type IntervalMonth = QuarterValues & {
  scale: 1 | 4
  missing: Uint8Array
  missingCount: number
}

/**
 * Quarters of a month of an interval point. Values below zero and values that do not start on the quarter (an hourly one: on
 * the hour) hold no interval's consumption and count as missing. Null when no quarter is measured.
 */
export function intervalMonth(
  readings: MeterReadings | null,
  hourly: boolean,
  quarters: Quarters,
): IntervalMonth | null {
  if (readings === null) return null
  const scale = hourly ? 4 : 1
  const missing = new Uint8Array(quarters.count).fill(1)
  // In a zone off the hour an hourly value may begin before the month does.
  const first = firstAtOrAfter(readings.at, quarters.from - (scale - 1) * QUARTER_MS)
  const end = firstAtOrAfter(readings.at, quarters.to)
  const taken: number[] = []
  let largest = 0
  let measuredCount = 0
  for (let i = first; i < end; i += 1) {
    const at = readings.at[i]!
    if (at % (scale * QUARTER_MS) !== 0 || readings.micro[i]! < 0n) continue
    const q = (at - quarters.from) / QUARTER_MS
    for (let k = Math.max(0, q); k < Math.min(q + scale, quarters.count); k += 1) {
      missing[k] = 0
      measuredCount += 1
    }
    largest = Math.max(largest, Number(readings.micro[i]!))
    taken.push(i)
  }
  if (measuredCount === 0) return null
  const plain = largest * quarters.count * scale <= Number.MAX_SAFE_INTEGER
  const values = plain ? new Float64Array(quarters.count) : Array.from({ length: quarters.count }, () => 0n)
  for (const i of taken) {
    const q = (readings.at[i]! - quarters.from) / QUARTER_MS
    for (let k = Math.max(0, q); k < Math.min(q + scale, quarters.count); k += 1) {
      if (values instanceof Float64Array) values[k] = Number(readings.micro[i]!)
      else values[k] = readings.micro[i]!
    }
  }
  const missingCount = quarters.count - measuredCount
  const month: IntervalMonth = { values, largest: largest * scale, scale, missing, missingCount }
  if (missingCount > 0) estimate(month, quarters)
  return month
}

/** Fills each missing quarter with the mean of its clock quarter on the month's other days, else of the whole month. */
function estimate({ values, scale, missing }: IntervalMonth, quarters: Quarters): void {
  const sums = Array.from({ length: QUARTERS_OF_DAY }, () => 0n)
  const counts = new Float64Array(QUARTERS_OF_DAY)
  let monthSum = 0n
  let monthCount = 0
  for (let q = 0; q < quarters.count; q += 1) {
    if (missing[q] === 1) continue
    const value = BigInt(values[q]!)
    sums[quarters.clock[q]!]! += value
    counts[quarters.clock[q]!]! += 1
    monthSum += value
    monthCount += 1
  }
  const mean = (sum: bigint, count: number): bigint => roundHalfAway(sum, BigInt(count * scale)) * BigInt(scale)
  for (let q = 0; q < quarters.count; q += 1) {
    if (missing[q] === 0) continue
    const clock = quarters.clock[q]!
    let sum = sums[clock]!
    let count = counts[clock]!
    // An autumn day has some clock quarters twice: what it measured itself is no other day's.
    const day = quarters.day[q]!
    for (let other = quarters.dayFirst[day]!; other < quarters.dayFirst[day + 1]!; other += 1) {
      if (quarters.clock[other] !== clock || missing[other] === 1) continue
      sum -= BigInt(values[other]!)
      count -= 1
    }
    const value = count > 0 ? mean(sum, count) : mean(monthSum, monthCount)
    if (values instanceof Float64Array) values[q] = Number(value)
    else values[q] = value
  }
}
