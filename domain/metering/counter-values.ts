// The value of a counter at boundaries on the quarter: on the line between two readings, rounded to 6 decimals.
import { QUARTER_MS } from '#domain/quantity/quarters.ts'
import { roundHalfAway } from '#domain/quantity/rounding.ts'
import type { Counter } from './counter.ts'
import { RATE_WINDOW_MS } from './counter.ts'

/** The steps whose mean rate stands for the time after the last reading: from this index to the last one. */
export function rateFrom(counter: Counter): number {
  const last = counter.at.length - 1
  const from = counter.at[last]! - RATE_WINDOW_MS
  return Math.min(firstAtOrAfter(counter.at, from), last - 1)
}

/** The first index whose instant is at or after `instant` (the length when there is none). */
export function firstAtOrAfter(at: Float64Array, instant: number): number {
  let low = 0
  let high = at.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at[middle]! < instant) low = middle + 1
    else high = middle
  }
  return low
}
/** The last index whose instant is at or before `instant`, −1 when there is none. */
export function lastAtOrBefore(at: Float64Array, instant: number): number {
  const index = firstAtOrAfter(at, instant)
  return index < at.length && at[index] === instant ? index : index - 1
}

/**
 * Running totals at ascending boundaries, all on the quarter, in micro. Before the first reading its total; after the last
 * one on the mean rate of the 28 × 24 h before it. At least two readings. Floats where all fit 53 bits.
 */
export function valuesAt(counter: Counter, boundaries: Float64Array): Float64Array | bigint[] {
  return (
    (counter.total instanceof Float64Array ? plainValues(counter.at, counter.total, counter, boundaries) : null) ??
    exactValues(counter, boundaries)
  )
}

function plainValues(
  at: Float64Array,
  total: Float64Array,
  counter: Counter,
  boundaries: Float64Array,
): Float64Array | null {
  const values = new Float64Array(boundaries.length)
  const last = at.length - 1
  let index = lastAtOrBefore(at, boundaries[0]!)
  let common = 0
  for (let k = 0; k < boundaries.length; k += 1) {
    const boundary = boundaries[k]!
    while (index < last && at[index + 1]! <= boundary) {
      index += 1
      common = 0
    }
    if (index < 0) {
      values[k] = total[0]!
      continue
    }
    let offset = boundary - at[index]!
    const base = total[index]!
    if (offset === 0) {
      values[k] = base
      continue
    }
    const from = index < last ? index : rateFrom(counter)
    let span = at[from + (index < last ? 1 : last - from)]! - at[from]!
    const step = index < last ? total[index + 1]! - base : base - total[from]!
    if (step * offset > Number.MAX_SAFE_INTEGER) {
      // The same line in larger units of time; every later boundary is a whole number of quarters on.
      common ||= commonDivisor(commonDivisor(span, offset), QUARTER_MS)
      span /= common
      offset /= common
    }
    const product = step * offset
    if (product <= Number.MAX_SAFE_INTEGER) {
      const whole = Math.floor(product / span)
      values[k] = base + whole + (2 * (product - whole * span) >= span ? 1 : 0)
    } else values[k] = base + Number(roundHalfAway(BigInt(step) * BigInt(offset), BigInt(span)))
    if (values[k]! > Number.MAX_SAFE_INTEGER) return null
  }
  return values
}

function commonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b]
  return a
}

function exactValues(counter: Counter, boundaries: Float64Array): bigint[] {
  const { at } = counter
  const total = (index: number): bigint => BigInt(counter.total[index]!)
  const last = at.length - 1
  let index = lastAtOrBefore(at, boundaries[0]!)
  return Array.from(boundaries, (boundary) => {
    while (index < last && at[index + 1]! <= boundary) index += 1
    if (index < 0) return total(0)
    const offset = boundary - at[index]!
    if (offset === 0) return total(index)
    const from = index < last ? index : rateFrom(counter)
    const to = index < last ? index + 1 : last
    const span = BigInt(at[to]! - at[from]!)
    const step = total(to) - total(from)
    // Rounded as the meter shows it, so that the sign of what it shows decides what is away from zero.
    const shown = counter.shown(index)
    return total(index) - shown + roundHalfAway(shown * span + step * BigInt(offset), span)
  })
}
