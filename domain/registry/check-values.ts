// Checks of single values that stand in many places of a bundle: ids, names, dates, instants, numbers, VAT.
import { compare, fractionOfDecimal, ZERO } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { decimalOf, formatDecimal, MAX_DECIMAL_LENGTH } from '#domain/quantity/decimal.ts'
import { parseInstant } from '#domain/quantity/instant.ts'
import { parseLocalDate } from '#domain/quantity/local-date.ts'
import { parseCents } from '#domain/quantity/money.ts'
import { ID_PATTERN, POINT_KEY_PATTERN } from '#domain/registry/bundle.ts'
import type { Names, Vat } from '#domain/registry/bundle.ts'
import { at } from './pointer.ts'
import type { Report } from './problems.ts'

/** The longest name, category or other free text. */
export const TEXT_LENGTH_LIMIT = 500
/** Instants of facts and readings lie in these years, so that arithmetic with them stays safe. */
const FIRST_INSTANT = Date.UTC(1970, 0, 1)
const LAST_INSTANT = Date.UTC(2200, 0, 1)
const VAT_CATEGORIES: readonly string[] = ['S', 'Z', 'E', 'O', 'AE']

/** Names that every JavaScript object answers to: as a key they would find what nobody put there. */
export const isReservedName = (text: string): boolean => text in Object.prototype
export const isId = (text: string): boolean => ID_PATTERN.test(text) && !isReservedName(text)
export const isPointKey = (text: string): boolean => POINT_KEY_PATTERN.test(text) && !isReservedName(text)

/** A value as it may be shown in a message: short, on one line. */
export const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 80) ?? String(value)

export const checkId = (id: string, pointer: string, report: Report): void => {
  if (!isId(id))
    report(
      pointer,
      'invalid-id',
      `${shown(id)} is no id. Use 1–63 small letters a–z, digits and hyphens, not a hyphen first.`,
    )
}

export const checkNames = (names: Names | undefined, pointer: string, report: Report): void => {
  const texts = Object.values(names ?? {})
  if (texts.length === 0) report(pointer, 'invalid-name', 'A name is missing. Give it in at least one of fi, sv, en.')
  if (texts.some((text) => text.trim() === '' || text.length > TEXT_LENGTH_LIMIT)) {
    report(pointer, 'invalid-name', `A name is empty or longer than ${TEXT_LENGTH_LIMIT} characters.`)
  }
}

export const checkText = (text: string, pointer: string, report: Report): void => {
  if (text === '' || text.length > TEXT_LENGTH_LIMIT) {
    report(pointer, 'invalid-text', `The text is empty or longer than ${TEXT_LENGTH_LIMIT} characters.`)
  }
}

export const checkDate = (date: string, pointer: string, report: Report): boolean => {
  if (parseLocalDate(date) !== null) return true
  report(pointer, 'invalid-date', `${shown(date)} is not a date of the calendar. Write it as YYYY-MM-DD.`)
  return false
}

/** Days from `from` (in) to `to` (out); null is open-ended. */
export type Span = { from: string; to: string | null }

/** Both dates real and in order; `names` are the two fields. */
export const checkSpan = (
  span: Span,
  pointer: string,
  report: Report,
  names: [string, string] = ['from', 'to'],
): boolean => {
  const first = checkDate(span.from, at(pointer, names[0]), report)
  const last = span.to === null || checkDate(span.to, at(pointer, names[1]), report)
  if (!first || !last) return false
  if (span.to === null || span.from < span.to) return true
  report(
    at(pointer, names[1]),
    'dates-reversed',
    `The end ${span.to} is not after the start ${span.from}. The end is the first day that is out.`,
  )
  return false
}

export const overlaps = (a: Span, b: Span): boolean =>
  (b.to === null || a.from < b.to) && (a.to === null || b.from < a.to)

/** Reports each span that overlaps one that begins no later; O(n log n). Spans with wrong dates have been reported already. */
export const checkNoOverlap = (
  spans: readonly { span: Span; pointer: string }[],
  what: string,
  report: Report,
): void => {
  const sorted = spans
    .filter(({ span }) => parseLocalDate(span.from) !== null && (span.to === null || parseLocalDate(span.to) !== null))
    .toSorted((a, b) => (a.span.from < b.span.from ? -1 : a.span.from > b.span.from ? 1 : 0))
  let longest: Span | null = null
  for (const { span, pointer } of sorted) {
    if (longest !== null && overlaps(longest, span)) {
      report(
        pointer,
        'overlap',
        `${what} from ${span.from} overlaps the one from ${longest.from} to ${longest.to ?? 'further notice'}. End the earlier one first.`,
      )
    }
    if (longest === null || (longest.to !== null && (span.to === null || span.to > longest.to))) longest = span
  }
}

/** Milliseconds of an instant, or null after reporting. */
export const checkInstant = (text: string, pointer: string, report: Report): number | null => {
  const instant = parseInstant(text)
  if (instant !== null && instant >= FIRST_INSTANT && instant < LAST_INSTANT) return instant
  report(
    pointer,
    'invalid-instant',
    `${shown(text)} is not an instant. Write it as 2026-03-01T00:00:00+02:00 or with Z, in the years 1970 to 2199.`,
  )
  return null
}

/** The plain text of a decimal or float (`25.50` is `25.5`); null when it is neither or too long. */
export const decimalText = (value: string | number): string | null => {
  const decimal = decimalOf(value)
  const text = decimal === null ? null : formatDecimal(decimal)
  return text === null || text.length > MAX_DECIMAL_LENGTH ? null : text
}

/** A decimal as an exact fraction, or null after reporting; `least` is the smallest allowed. */
export const checkDecimal = (
  value: string | number,
  pointer: string,
  report: Report,
  least?: 'zero' | 'above-zero',
): Fraction | null => {
  const decimal = decimalText(value) === null ? null : decimalOf(value)
  if (decimal === null) {
    report(
      pointer,
      'invalid-number',
      `${shown(value)} is not a decimal number. Write it as text like "12.5", at most ${MAX_DECIMAL_LENGTH} characters.`,
    )
    return null
  }
  const exact = fractionOfDecimal(decimal)
  const sign = compare(exact, ZERO)
  if ((least === 'zero' && sign < 0) || (least === 'above-zero' && sign <= 0)) {
    report(pointer, 'out-of-range', `${shown(value)} must be ${least === 'zero' ? 'zero or more' : 'more than zero'}.`)
    return null
  }
  return exact
}

/** Whole cents, or null after reporting. */
export const checkCents = (value: string, pointer: string, report: Report, least?: 'zero'): bigint | null => {
  if (checkDecimal(value, pointer, report, least) === null) return null
  const cents = parseCents(value)
  if (cents === null)
    report(pointer, 'not-whole-cents', `${shown(value)} is not in whole cents. Round it before it comes in.`)
  return cents
}

export const checkWhole = (value: number, least: number, most: number, pointer: string, report: Report): void => {
  if (Number.isInteger(value) && value >= least && value <= most) return
  report(pointer, 'out-of-range', `${shown(value)} is not a whole number from ${least} to ${most}.`)
}

export const checkVat = (vat: Vat, pointer: string, report: Report): void => {
  if (!VAT_CATEGORIES.includes(vat.category)) {
    report(
      at(pointer, 'category'),
      'invalid-choice',
      `${shown(vat.category)} is no VAT category. Use S, Z, E, O or AE.`,
    )
  }
  const rate = checkDecimal(vat.rate, at(pointer, 'rate'), report, 'zero')
  if (rate === null) return
  if (compare(rate, { n: 100n, d: 1n }) > 0)
    report(at(pointer, 'rate'), 'invalid-rate', `A VAT rate of ${vat.rate} % is more than 100 %.`)
  if (vat.category !== 'S' && compare(rate, ZERO) !== 0) {
    report(at(pointer, 'rate'), 'invalid-rate', `The rate must be "0" in category ${vat.category}: only S carries tax.`)
  }
}

/** Reports every member whose key stood there before. */
export const checkUnique = <T>(
  members: readonly T[],
  keyOf: (member: T) => string | number,
  pointerOf: (index: number) => string,
  code: 'duplicate-id' | 'duplicate',
  report: Report,
): void => {
  const seen = new Set<string | number>()
  for (const [i, member] of members.entries()) {
    const key = keyOf(member)
    if (seen.has(key)) report(pointerOf(i), code, `${shown(key)} stands here twice. Keep one.`)
    seen.add(key)
  }
}
