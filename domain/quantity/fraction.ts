// Exact fractions of whole numbers, always in lowest terms with a denominator above zero.
import { formatDecimal, parseDecimal } from './decimal.ts'
import type { ExactDecimal } from './decimal.ts'
import { floorDivide, roundHalfAway } from './rounding.ts'

export type Fraction = { readonly n: bigint; readonly d: bigint }

export const ZERO: Fraction = { n: 0n, d: 1n }
export const ONE: Fraction = { n: 1n, d: 1n }

/** n ÷ d in lowest terms; d is not zero. */
export function fraction(n: bigint, d: bigint = 1n): Fraction {
  if (d < 0n) return fraction(-n, -d)
  if (d === 1n) return { n, d }
  const divisor = greatestCommonDivisor(n < 0n ? -n : n, d)
  return divisor === 1n ? { n, d } : { n: n / divisor, d: d / divisor }
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER)
/** Of two numbers not below zero; plain numbers take over as soon as they fit, being ten times as quick. */
export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b > MAX_SAFE || a > MAX_SAFE) {
    if (b === 0n) return a
    ;[a, b] = [b, a % b]
  }
  let x = Number(a)
  let y = Number(b)
  while (y !== 0) [x, y] = [y, x % y]
  return BigInt(x)
}

export function add(a: Fraction, b: Fraction): Fraction {
  if (a.n === 0n) return b
  if (b.n === 0n) return a
  return a.d === b.d ? fraction(a.n + b.n, a.d) : fraction(a.n * b.d + b.n * a.d, a.d * b.d)
}
export function subtract(a: Fraction, b: Fraction): Fraction {
  return add(a, negate(b))
}
export function negate(a: Fraction): Fraction {
  return { n: -a.n, d: a.d }
}
export function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.n, a.d * b.d)
}
/** a ÷ b; b is not zero. */
export function divide(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.d, a.d * b.n)
}
/** Below zero, zero or above zero, as a is less than, equal to or more than b. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
export function sum(terms: readonly Fraction[]): Fraction {
  return terms.reduce(add, ZERO)
}

/** To the nearest whole, halves away from zero. */
export function round(a: Fraction): bigint {
  return roundHalfAway(a.n, a.d)
}
export function floor(a: Fraction): bigint {
  return floorDivide(a.n, a.d)
}

export function fractionOfDecimal({ digits, scale }: ExactDecimal): Fraction {
  return fraction(digits, 10n ** BigInt(scale))
}
/** Decimal text as a fraction; null when it is no decimal. */
export function parseDecimalFraction(text: string): Fraction | null {
  const decimal = parseDecimal(text)
  return decimal === null ? null : fractionOfDecimal(decimal)
}

/** `7/3`, or `7` for a whole number: the form in which fractions stand in explanations. */
export function formatFraction(a: Fraction): string {
  return a.d === 1n ? a.n.toString() : `${a.n}/${a.d}`
}
/** Reads `7/3`, `-7` or `2.5`; null for anything else. */
export function parseFraction(text: string): Fraction | null {
  const match = /^(-?\d+)\/(\d+)$/.exec(text)
  if (match === null) return parseDecimalFraction(text)
  const d = BigInt(match[2]!)
  return d === 0n ? null : fraction(BigInt(match[1]!), d)
}

/** Rounded half away from zero to `places` decimals, without trailing zeros: (1/3, 4) is `0.3333`. */
export function formatRounded(a: Fraction, places: number): string {
  return formatDecimal({ digits: roundHalfAway(a.n * 10n ** BigInt(places), a.d), scale: places })
}
/** The exact decimal text of a fraction that has one (denominator of twos and fives), else null. */
export function formatExact(a: Fraction): string | null {
  let scale = 0
  let power = 1n
  while (power % a.d !== 0n) {
    scale += 1
    power *= 10n
    if (scale > 400) return null
    if (scale === 1 && !onlyTwosAndFives(a.d)) return null
  }
  return formatDecimal({ digits: a.n * (power / a.d), scale })
}
function onlyTwosAndFives(d: bigint): boolean {
  while (d % 2n === 0n) d /= 2n
  while (d % 5n === 0n) d /= 5n
  return d === 1n
}
