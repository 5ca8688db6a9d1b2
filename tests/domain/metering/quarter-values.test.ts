// Sums over quarters: floats and exact numbers give the same, up to the limits of floats and beyond.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highestHour, sumMasked, sumPriced, sumQuarters } from '#domain/metering/quarter-values.ts'

const COUNT = 64
const hour = Uint16Array.from({ length: COUNT }, (_, q) => q >> 2)

test('quick and exact sums agree', () => {
  const anyValues = (max: number): fc.Arbitrary<number[]> =>
    fc.array(fc.integer({ min: 0, max }), { minLength: COUNT, maxLength: COUNT })
  const anyPrices = (max: number): fc.Arbitrary<number[]> =>
    fc.array(fc.integer({ min: -max, max }), { minLength: COUNT, maxLength: COUNT })
  const sizes = fc.constantFrom(1000, 2 ** 30, 2 ** 40, 2 ** 46)
  const prices = fc.constantFrom(100, 2 ** 20, 2 ** 30, 2 ** 45)
  const input = fc.tuple(
    sizes.chain(anyValues),
    prices.chain(anyPrices),
    fc.array(fc.boolean(), { minLength: COUNT, maxLength: COUNT }),
    fc.nat(COUNT),
    fc.nat(COUNT),
  )
  fc.assert(
    fc.property(input, ([values, digits, chosen, a, b]) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)]
      const quick = { values: Float64Array.from(values), largest: Math.max(...values) }
      const exact = { values: values.map(BigInt), largest: Infinity }
      const mask = Uint8Array.from(chosen, Number)
      const series = {
        digits: Float64Array.from(digits),
        scale: 2,
        absoluteSum: digits.reduce((sum, digit) => sum + Math.abs(digit), 0),
      }
      const expected = values
        .slice(from, to)
        .reduce((sum, value, i) => sum + BigInt(value) * BigInt(digits[from + i]!), 0n)
      expect(sumPriced(quick, series, from, to)).toBe(expected)
      expect(sumPriced(exact, series, from, to)).toBe(expected)
      expect(sumQuarters(quick, from, to)).toBe(sumQuarters(exact, from, to))
      expect(sumMasked(quick, mask, from, to)).toBe(sumMasked(exact, mask, from, to))
      expect(highestHour(quick, hour, from, to)).toEqual(highestHour(exact, hour, from, to))
    }),
    { numRuns: 400 },
  )
})
