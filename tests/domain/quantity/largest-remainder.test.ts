// Dividing cents: nothing is lost, ties go to the first, a credit is the mirror image of a charge.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fraction, sum } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { divideByExactShares, divideByWeights } from '#domain/quantity/largest-remainder.ts'
import { round } from '#domain/quantity/fraction.ts'

const weights = (...numbers: number[]): Fraction[] => numbers.map((n) => fraction(BigInt(n)))
const cents = (amount: bigint, of: Fraction[]): string =>
  (divideByWeights(amount, of) ?? []).map((part) => part.cents).join(' ')

const anyWeight = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
  .map(([n, d]) => fraction(n, d))

describe('largest remainder', () => {
  test('ties go to the part that stands first', () => {
    expect(cents(100n, weights(1, 1, 1))).toBe('34 33 33')
    expect(cents(2n, weights(1, 1, 1))).toBe('1 1 0')
    expect(cents(5n, weights(1, 2, 1))).toBe('1 3 1')
  })
  test('a negative amount mirrors a positive one', () => {
    expect(cents(-100n, weights(1, 1, 1))).toBe('-34 -33 -33')
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.array(anyWeight, { minLength: 1 }), (amount, of) => {
        const plus = divideByWeights(amount, of)
        const minus = divideByWeights(-amount, of)
        expect(minus?.map((part) => -part.cents)).toEqual(plus?.map((part) => part.cents))
      }),
    )
  })
  test('zero weights: nothing for no cents, null for any others', () => {
    expect(cents(0n, weights(0, 0))).toBe('0 0')
    expect(divideByWeights(1n, weights(0, 0))).toBeNull()
    expect(divideByWeights(1n, [])).toBeNull()
    expect(cents(7n, weights(0, 3))).toBe('0 7')
  })
  test('any amount by any weights adds up, and nobody is a cent from the exact share', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.array(anyWeight, { minLength: 1, maxLength: 40 }),
        (amount, of) => {
          const parts = divideByWeights(amount, of)
          const none = of.every(({ n }) => n === 0n) && amount !== 0n
          expect(parts === null).toBe(none)
          expect(parts?.reduce((total, part) => total + part.cents, 0n) ?? amount).toBe(amount)
          for (const part of parts ?? []) {
            const difference = part.cents * part.exact.d - part.exact.n
            expect(difference < part.exact.d && -difference < part.exact.d).toBe(true)
          }
        },
      ),
    )
  })
  test('exact shares of a rounded amount add up, also when signs are mixed', () => {
    const anyShare = fc
      .tuple(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
      .map(([n, d]) => fraction(n, d))
    fc.assert(
      fc.property(fc.array(anyShare, { minLength: 1, maxLength: 12 }), (shares) => {
        const amount = round(sum(shares))
        const parts = divideByExactShares(amount, shares)
        expect(parts.reduce((total, part) => total + part.cents, 0n)).toBe(amount)
      }),
    )
    // Nothing is not negative, also when it is a little less before it is rounded.
    const less = [fraction(-1n, 2n), fraction(-1n, 2n), fraction(7n, 10n)]
    expect(divideByExactShares(0n, less).map((part) => part.cents)).toEqual([0n, -1n, 1n])
    const halves = [fraction(1n, 2n), fraction(1n, 2n)]
    expect(divideByExactShares(1n, halves).map((part) => part.cents)).toEqual([1n, 0n])
  })
})
