// Amounts of money in cells: what may be a thousand times more to somebody is not guessed.
import { describe, expect, test } from 'vitest'
import { decimalOfCell, isAmbiguousAmount } from '#domain/imports/cells.ts'

describe('amounts', () => {
  test.each(['1,230', '12.000', '-1.234', '−999,999', '1,234 €', '12.000 EUR'])('%s is not taken', (text) => {
    expect(isAmbiguousAmount(text)).toBe(true)
  })
  test.each([
    ['1230', '1230'],
    ['1 230', '1230'],
    ['1 230,00', '1230'],
    ['1.230,00', '1230'],
    ['1,230.00', '1230'],
    ['1,23', '1.23'],
    ['0,125', '0.125'],
    ['1230,125', '1230.125'],
    ['12,5 €', '12.5'],
  ])('%s is %s', (text, decimal) => {
    expect(isAmbiguousAmount(text)).toBe(false)
    expect(decimalOfCell(text)).toBe(decimal)
  })
})
