// Decimals, micro values, fractions, money and units: exact, and refused when they are not what they should be.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalFromNumber, formatDecimal, formatFixed, parseDecimal, plainDecimal } from '#domain/quantity/decimal.ts'
import {
  add,
  divide,
  floor,
  formatExact,
  formatFraction,
  formatRounded,
  fraction,
  greatestCommonDivisor,
  multiply,
  parseFraction,
  round,
  subtract,
} from '#domain/quantity/fraction.ts'
import { microFromDecimal, microFromNumber } from '#domain/quantity/micro.ts'
import { formatCents, parseCents, roundToCents } from '#domain/quantity/money.ts'
import { floorDivide, roundHalfAway } from '#domain/quantity/rounding.ts'
import { parsePriceUnit, priceFactor, unitFactor, unitFamily } from '#domain/quantity/units.ts'

describe('decimals', () => {
  test.each([
    ['12.50', '12.5'],
    ['-0.00', '0'],
    ['007', '7'],
    ['100', '100'],
    ['0.000000000001', '0.000000000001'],
  ])('%s is %s', (text, plain) => expect(plainDecimal(text)).toBe(plain))
  test.each(['', '.5', '5.', '+1', '1e3', ' 1', '1,5', 'NaN', '0x10', '١', '1'.repeat(65)])('%j is refused', (text) =>
    expect(parseDecimal(text)).toBeNull(),
  )
  test('a float is its shortest form', () => {
    expect(formatDecimal(decimalFromNumber(0.1 + 0.2)!)).toBe('0.30000000000000004')
    expect(formatDecimal(decimalFromNumber(1e21)!)).toBe('1000000000000000000000')
    expect(formatDecimal(decimalFromNumber(-1.5e-9)!)).toBe('-0.0000000015')
    expect(decimalFromNumber(Infinity)).toBeNull()
  })
  test('any float comes back from its text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(formatDecimal(decimalFromNumber(value)!))).toBe(value === 0 ? 0 : value)
      }),
    )
  })
  test('fixed decimals', () => {
    expect(formatFixed(-5n, 2)).toBe('-0.05')
    expect(formatFixed(0n, 2)).toBe('0.00')
    expect(formatFixed(123n, 0)).toBe('123')
  })
})

describe('micro values', () => {
  test('halves go away from zero', () => {
    expect(microFromDecimal('1.2345675')).toBe(1234568n)
    expect(microFromDecimal('-1.2345675')).toBe(-1234568n)
    expect(microFromDecimal('1.23456749999')).toBe(1234567n)
    expect(microFromNumber(1.2345675)).toBe(1234568n)
    expect(microFromNumber(-0)).toBe(0n)
  })
  test('what does not fit is refused with a reason', () => {
    expect(microFromNumber(Number.NaN)).toBe('not-a-decimal')
    expect(microFromNumber(-Infinity)).toBe('not-a-decimal')
    expect(microFromNumber(9.3e12)).toBe('out-of-range')
    expect(microFromNumber(9.2e12)).toBe(9_200_000_000_000_000_000n)
    expect(microFromDecimal('9200000000000.0000004')).toBe(9_200_000_000_000_000_000n)
    expect(microFromDecimal('-9200000000000.1')).toBe('out-of-range')
    expect(microFromDecimal('abc')).toBe('not-a-decimal')
  })
  test('a float and its shortest text are one value, quick way or not', () => {
    const anywhere = fc.oneof(
      fc.double({ min: -1e13, max: 1e13, noNaN: true }),
      fc.integer({ min: -(2 ** 53), max: 2 ** 53 }).map((n) => n / 1e6),
      fc.integer({ min: -(2 ** 40), max: 2 ** 40 }).map((n) => n / 1e7),
    )
    fc.assert(
      fc.property(anywhere, (value) => {
        const { digits, scale } = decimalFromNumber(value)!
        const micro = roundHalfAway(digits * 10n ** 6n, 10n ** BigInt(scale))
        const limit = 92n * 10n ** 17n
        expect(microFromNumber(value)).toBe(micro > limit || micro < -limit ? 'out-of-range' : micro)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('fractions', () => {
  const anyFraction = fc
    .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 30n }))
    .map(([n, d]) => fraction(n, d))
  test('arithmetic undoes itself', () => {
    fc.assert(
      fc.property(anyFraction, anyFraction, (a, b) => {
        expect(subtract(add(a, b), b)).toEqual(a)
        expect(b.n === 0n ? a : divide(multiply(a, b), b)).toEqual(a)
        expect(parseFraction(formatFraction(a))).toEqual(a)
        expect(parseFraction(formatExact(a) ?? formatFraction(a))).toEqual(a)
      }),
    )
  })
  test('greatest common divisors of large and small numbers', () => {
    expect(greatestCommonDivisor(0n, 7n)).toBe(7n)
    expect(greatestCommonDivisor(10n ** 30n, 6n * 10n ** 20n)).toBe(2n * 10n ** 20n)
    expect(greatestCommonDivisor(2n ** 61n - 1n, 2n ** 89n - 1n)).toBe(1n)
  })
  test('rounding', () => {
    expect(round(fraction(5n, 2n))).toBe(3n)
    expect(round(fraction(-5n, 2n))).toBe(-3n)
    expect(roundHalfAway(-49n, 100n)).toBe(0n)
    expect(floor(fraction(-1n, 3n))).toBe(-1n)
    expect(floorDivide(-6n, 3n)).toBe(-2n)
    expect(formatRounded(fraction(1n, 3n), 4)).toBe('0.3333')
    expect(formatRounded(fraction(1n, 20_000n), 4)).toBe('0.0001')
    expect(formatExact(fraction(1n, 3n))).toBeNull()
    expect(formatExact(fraction(1n, 8n))).toBe('0.125')
    expect(parseFraction('1/0')).toBeNull()
  })
})

describe('money', () => {
  test('whole cents only', () => {
    expect(parseCents('1234.57')).toBe(123457n)
    expect(parseCents('-0.01')).toBe(-1n)
    expect(parseCents('12')).toBe(1200n)
    expect(parseCents('12.500')).toBe(1250n)
    expect(parseCents('12.505')).toBeNull()
    expect(parseCents('1e2')).toBeNull()
    expect(formatCents(-5n)).toBe('-0.05')
    expect(roundToCents(fraction(5n, 1000n))).toBe(1n)
    expect(roundToCents(fraction(-5n, 1000n))).toBe(-1n)
  })
})

describe('units', () => {
  test('factors are exact', () => {
    expect(unitFactor('GJ', 'MWh')).toEqual(fraction(5n, 18n))
    expect(unitFactor('MWh', 'GJ')).toEqual(fraction(18n, 5n))
    expect(unitFactor('l', 'm3')).toEqual(fraction(1n, 1000n))
    expect(unitFactor('kWh', 'm3')).toBeNull()
    expect(unitFactor('kWh', 'toString')).toBeNull()
    expect(unitFamily('m3')).toBe('volume')
    expect(unitFamily('°C')).toBeNull()
    expect(priceFactor('EUR/MWh', 'kWh')).toEqual(fraction(1n, 1000n))
    expect(priceFactor('EUR/MWh', 'GJ')).toEqual(fraction(5n, 18n))
    expect(parsePriceUnit('SEK/MWh')).toBeNull()
    expect(parsePriceUnit('EUR/piece')).toBeNull()
  })
})
