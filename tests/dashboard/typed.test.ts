// Numbers as they are typed, per cent in a field and parts of one in the agreement: exact both ways.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { typedAmount } from '#dashboard/client/typed-amount.ts'
import { partOfPercent, percentOfPart, shiftDecimal, typedDecimal, typedWhole } from '#dashboard/format/typed.ts'

test('per cent and part', () => {
  expect(['15', '12.5', '0.5', '100', '0'].map(partOfPercent)).toEqual(['0.15', '0.125', '0.005', '1', '0'])
  expect(['0.15', '0.125', '0.005', '1', '0'].map(percentOfPart)).toEqual(['15', '12.5', '0.5', '100', '0'])
  expect(partOfPercent('paljon')).toBe('paljon')
  expect(typedDecimal(' 1 234,50 ')).toBe('1234.50')
  expect(typedDecimal('−1 234,5')).toBe('-1234.5')
})

test('there and back is the same number', () => {
  fc.assert(
    fc.property(fc.nat(10_000_000), fc.nat(6), (digits, scale) => {
      const decimal = shiftDecimal(String(digits), -scale)
      expect(percentOfPart(partOfPercent(decimal))).toBe(decimal)
      expect(Number(partOfPercent(decimal))).toBeCloseTo(Number(decimal) / 100, 6)
    }),
  )
})

test('a sum of euros is taken only when it can be read in one way', () => {
  expect(['1230', '1 230,50', '1230.5', '−12,00', '0'].map(typedAmount)).toEqual([
    '1230',
    '1230.50',
    '1230.5',
    '-12.00',
    '0',
  ])
  for (const typed of ['1,230', '1.230', '1.230,50', '12,345', '1e3', 'paljon', ''])
    expect(() => typedAmount(typed)).toThrow('without a mark between thousands')
})

test('a whole number, or none', () => {
  expect(['21', ' 1 000 ', '−720', '007'].map(typedWhole)).toEqual([21, 1000, -720, 7])
  expect(['', 'kolme', '1,5', '1e3', '12345678901'].map(typedWhole)).toEqual([NaN, NaN, NaN, NaN, NaN])
})
