// Dividing cents: everyone gets the exact share rounded down, the cents left over go to the largest remainders.
import { fraction, greatestCommonDivisor } from './fraction.ts'
import type { Fraction } from './fraction.ts'
import { floorDivide } from './rounding.ts'

/** One part of a division: the exact share and how it became whole cents. */
export type DividedPart = {
  /** Exact share in cents. */
  exact: Fraction
  /** `exact` rounded down (for a negative amount: with all signs turned, then negated). */
  base: bigint
  /** 1 for the first of those that got one of the cents left over, 2 for the second, …; null for the others. */
  rank: number | null
  cents: bigint
}

/**
 * Divides `amount` cents by weights (none below zero): exact shares are amount × weight ÷ sum of weights.
 * Null when all weights are zero while there are cents to divide. Ties go to the earlier part.
 */
export function divideByWeights(amount: bigint, weights: readonly Fraction[]): DividedPart[] | null {
  const whole = onOneDenominator(weights)
  const total = whole.reduce((a, b) => a + b, 0n)
  if (total === 0n) return amount === 0n ? whole.map(() => nothing()) : null
  return divide(
    amount,
    whole.map((weight) => amount * weight),
    total,
  )
}

/**
 * Divides `amount` cents whose exact shares are known; they add up to the amount before it was rounded.
 * Ties go to the earlier part.
 */
export function divideByExactShares(amount: bigint, shares: readonly Fraction[]): DividedPart[] {
  const denominator = shares.reduce((d, share) => leastCommonMultiple(d, share.d), 1n)
  return divide(
    amount,
    shares.map((share) => share.n * (denominator / share.d)),
    denominator,
  )
}

function divide(amount: bigint, numerators: readonly bigint[], denominator: bigint): DividedPart[] {
  const sign = amount < 0n ? -1n : 1n
  const bases: bigint[] = []
  const remainders: bigint[] = []
  let left = amount * sign
  for (const numerator of numerators) {
    const turned = numerator * sign
    const base = floorDivide(turned, denominator)
    bases.push(base)
    remainders.push(turned - base * denominator)
    left -= base
  }
  const ranks = new Map<number, number>()
  if (left > 0n) {
    const order = remainders.map((_, index) => index)
    order.sort((a, b) => {
      const difference = remainders[b]! - remainders[a]!
      return difference > 0n ? 1 : difference < 0n ? -1 : a - b
    })
    for (const [rank, index] of order.slice(0, Number(left)).entries()) ranks.set(index, rank + 1)
  }
  return numerators.map((numerator, index) => {
    const rank = ranks.get(index) ?? null
    const base = bases[index]!
    return {
      exact: fraction(numerator, denominator),
      base: base * sign,
      rank,
      cents: (rank === null ? base : base + 1n) * sign,
    }
  })
}

function nothing(): DividedPart {
  return { exact: fraction(0n), base: 0n, rank: null, cents: 0n }
}

/** The weights as whole numbers in the same proportion. */
function onOneDenominator(weights: readonly Fraction[]): bigint[] {
  const denominator = weights.reduce((d, weight) => leastCommonMultiple(d, weight.d), 1n)
  return weights.map((weight) => weight.n * (denominator / weight.d))
}
function leastCommonMultiple(a: bigint, b: bigint): bigint {
  return a === b ? a : (a / greatestCommonDivisor(a, b)) * b
}
