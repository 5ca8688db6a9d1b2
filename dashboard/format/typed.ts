// Numbers as they are typed and shown in a field, and parts of one as per cent: exact, digit by digit, never through a float.
import type { Language } from '#domain/writing/language.ts'

/** What was typed as it is computed with: without spaces, with a point before the decimals and a plain minus. */
export const typedDecimal = (typed: string): string => typed.replaceAll(/\s/g, '').replace(',', '.').replace('−', '-')
/** A decimal as it stands in a field to be changed. */
export const decimalToType = (decimal: string, language: Language): string =>
  language === 'en' ? decimal : decimal.replace('.', ',')

/** A whole number; NaN is none. */
export const typedWhole = (typed: string): number => {
  const plain = typedDecimal(typed)
  return /^-?\d{1,9}$/.test(plain) ? Number(plain) : NaN
}

const EUROS = /^-?\d{1,12}(\.\d{1,2})?$/
/** Whether it is a sum of euros that can be read in one way: `1,230` could be a thousand times more. */
export const isTypedAmount = (typed: string): boolean => EUROS.test(typedDecimal(typed))

/** The decimal with its point moved by `places` to the right (or left, below zero); what is no decimal stays as it is. */
export const shiftDecimal = (decimal: string, places: number): string => {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal)
  if (match === null) return decimal
  const [, sign = '', whole = '', rest = ''] = match
  const zeros = '0'.repeat(Math.abs(places))
  const digits = places < 0 ? zeros + whole + rest : whole + rest + zeros
  const point = places < 0 ? zeros.length + whole.length + places : whole.length + places
  const before = digits.slice(0, point).replace(/^0+(?=\d)/, '')
  const after = digits.slice(point).replace(/0+$/, '')
  return sign + before + (after === '' ? '' : `.${after}`)
}
/** "15" per cent is the part "0.15". */
export const partOfPercent = (percent: string): string => shiftDecimal(percent, -2)
export const percentOfPart = (part: string): string => shiftDecimal(part, 2)
