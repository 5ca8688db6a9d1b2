// Exact numbers of an explanation as text to read: fractions become decimals through domain/quantity, which alone rounds.
import { divide, formatExact, formatRounded, fraction, parseFraction } from '#domain/quantity/fraction.ts'
import { formatCents } from '#domain/quantity/money.ts'

/** Decimals of a shown fraction whose decimals do not end, or end too late. */
const PLACES = 6
/** Up to so many decimals are shown when they say the whole truth. */
const EXACT_PLACES = 10
const ABOUT = '≈\u00A0'

export type ExactWords = {
  decimal: (text: string) => string
  money: (amount: string) => string
  /** Puts the sign of the euro to a number in writing. */
  euros: (figure: string) => string
}

/** Whole cents, as they stand in explanations, as an amount in euros. */
export const centsText = (cents: string, { money }: ExactWords): string => money(formatCents(BigInt(cents)))

/** A fraction as decimals; `≈` where it goes on. */
export const fractionText = (text: string, { decimal }: ExactWords): string => {
  const value = parseFraction(text)
  if (value === null) return text
  const exact = formatExact(value)
  return exact !== null && (exact.split('.')[1]?.length ?? 0) <= EXACT_PLACES
    ? decimal(exact)
    : ABOUT + decimal(formatRounded(value, PLACES))
}

/** An exact amount in cents (a fraction) as euros with all the decimals it needs. */
export const exactCentsText = (text: string, words: ExactWords): string => {
  const value = parseFraction(text)
  if (value === null) return text
  const euros = divide(value, fraction(100n))
  return exactEurosText(`${euros.n}/${euros.d}`, words)
}

/** An exact amount in euros (a fraction). */
export const exactEurosText = (text: string, words: ExactWords): string => {
  const figure = fractionText(text, words)
  return figure.startsWith(ABOUT) ? ABOUT + words.euros(figure.slice(ABOUT.length)) : words.euros(figure)
}

/** Whether an exact number of cents is a whole one. */
export const isWhole = (text: string): boolean => parseFraction(text)?.d === 1n
