// Consumption by quarter as whole numbers, and the exact sums over it. Plain floats as long as every sum fits 53 bits, bigint beyond.

/** `largest` bounds every value; as a Float64Array the sum of all values is a safe integer too. */
export type QuarterValues = { values: Float64Array | bigint[]; largest: number }

/** Prices by quarter as whole numbers of 10^-scale; `absoluteSum` is the sum of their sizes, rounded up. */
export type QuarterPrices = { digits: Float64Array | bigint[]; scale: number; absoluteSum: number }

/** Low bits that a value is cut into where value × price does not fit 53 bits. */
const CUT = 2 ** 20

/** Sum of [from, to). */
export function sumQuarters({ values }: QuarterValues, from: number, to: number): bigint {
  if (values instanceof Float64Array) {
    let total = 0
    for (let q = from; q < to; q += 1) total += values[q]!
    return BigInt(total)
  }
  let total = 0n
  for (let q = from; q < to; q += 1) total += values[q]!
  return total
}

/** Sum of those of [from, to) whose mask is 1. */
export function sumMasked({ values }: QuarterValues, mask: Uint8Array, from: number, to: number): bigint {
  if (values instanceof Float64Array) {
    let total = 0
    for (let q = from; q < to; q += 1) total += values[q]! * mask[q]!
    return BigInt(total)
  }
  let total = 0n
  for (let q = from; q < to; q += 1) if (mask[q] === 1) total += values[q]!
  return total
}

/** Σ value × price digits over [from, to). */
export function sumPriced(quantities: QuarterValues, prices: QuarterPrices, from: number, to: number): bigint {
  const { values, largest } = quantities
  const { digits, absoluteSum } = prices
  if (values instanceof Float64Array && digits instanceof Float64Array) {
    if (largest * absoluteSum <= Number.MAX_SAFE_INTEGER) {
      let total = 0
      for (let q = from; q < to; q += 1) total += values[q]! * digits[q]!
      return BigInt(total)
    }
    if (CUT * absoluteSum <= Number.MAX_SAFE_INTEGER && (largest / CUT) * absoluteSum <= Number.MAX_SAFE_INTEGER) {
      let low = 0
      let high = 0
      for (let q = from; q < to; q += 1) {
        const value = values[q]!
        const highPart = Math.floor(value / CUT)
        const price = digits[q]!
        high += highPart * price
        low += (value - highPart * CUT) * price
      }
      return BigInt(high) * BigInt(CUT) + BigInt(low)
    }
  }
  let total = 0n
  for (let q = from; q < to; q += 1) total += BigInt(values[q]!) * BigInt(digits[q]!)
  return total
}

/** The clock hour of [from, to) with the highest sum (the earliest of equals): its sum and its first quarter. */
export function highestHour(
  { values }: QuarterValues,
  hour: Uint16Array,
  from: number,
  to: number,
): { sum: bigint; quarter: number } {
  let best = -1n
  let bestQuarter = from
  for (let first = from; first < to;) {
    let end = first + 1
    while (end < to && hour[end] === hour[first]) end += 1
    let sum = 0n
    if (values instanceof Float64Array) {
      let plain = 0
      for (let q = first; q < end; q += 1) plain += values[q]!
      if (plain <= Number(best)) {
        first = end
        continue
      }
      sum = BigInt(plain)
    } else for (let q = first; q < end; q += 1) sum += values[q]!
    if (sum > best) {
      best = sum
      bestQuarter = first
    }
    first = end
  }
  return { sum: best, quarter: bestQuarter }
}
