// What people write into cells: numbers with decimal comma, dates as they are written in Finland, ids made of names.
import { formatDecimal, MAX_DECIMAL_LENGTH, parseDecimal } from '#domain/quantity/decimal.ts'
import { formatDay, parseLocalDate } from '#domain/quantity/local-date.ts'

/** The plain decimal of `1 234,50`, `1.234,50`, `1,234.50`, `12,5 €` or `−3`; null when it is none (`1e400`, `abc`, more than 64 characters). */
export function decimalOfCell(text: string): string | null {
  if (text.length > MAX_DECIMAL_LENGTH) return null
  let plain = text
    .replaceAll(/[\s\u00a0\u202f']/g, '')
    .replace(/^[\u2212\u2013]/, '-')
    .replace(/^\+/, '')
    .replace(/(€|EUR|%)$/i, '')
  const [comma, point] = [plain.lastIndexOf(','), plain.lastIndexOf('.')]
  if (comma >= 0 && point >= 0) {
    const [thousands, decimal] = comma > point ? ['.', ','] : [',', '.']
    if (plain.indexOf(decimal) !== plain.lastIndexOf(decimal)) return null
    if (!isGrouped(plain.slice(0, plain.indexOf(decimal)), thousands)) return null
    plain = plain.replaceAll(thousands, '').replace(decimal, '.')
  } else plain = plain.replace(',', '.')
  const decimal = parseDecimal(plain)
  return decimal === null ? null : formatDecimal(decimal)
}
/** Whether an amount of money may be a thousand times what it seems: `1,230` and `12.000` are one or twelve to some, thousands to others. */
export const isAmbiguousAmount = (text: string): boolean =>
  /^[-\u2212\u2013+]?[1-9]\d{0,2}[.,]\d{3}$/.test(text.replaceAll(/[\s\u00a0\u202f]|€|EUR/gi, ''))
/** How such an amount is written without doubt. */
export const amountHint = (text: string): string =>
  `“${text.trim()}” can be read as a thousand times more. Write it without a mark of thousands, or with cents: 1230 or 1230,00.`
const isGrouped = (whole: string, mark: string): boolean =>
  new RegExp(`^-?\\d{1,3}(${mark === '.' ? '\\.' : mark}\\d{3})+$`).test(whole)

const DATES: { form: RegExp; order: [number, number, number] }[] = [
  { form: /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/, order: [1, 2, 3] },
  { form: /^(\d{4})(\d{2})(\d{2})$/, order: [1, 2, 3] },
  { form: /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s.*)?$/, order: [3, 2, 1] },
  { form: /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s.*)?$/, order: [3, 2, 1] },
]
/** `2026-03-01` of `1.3.2026`, `01/03/2026` (day first), `20260301` or an ISO date; null when there is no such day. */
export function dateOfCell(text: string): string | null {
  for (const { form, order } of DATES) {
    const match = form.exec(text.trim())
    if (match === null) continue
    const [year, month, day] = order.map((group) => match[group]!)
    const date = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
    return parseLocalDate(date) === null ? null : date
  }
  return null
}
/** The day after, as a date: people name the last day, the platform the first that is out. */
export function dayAfter(date: string): string {
  return formatDay(parseLocalDate(date)! + 1)
}

/** A spreadsheet would run it: `=…`, `@…`, or `+…` and `-…` that are no numbers. */
export function isFormula(text: string): boolean {
  if (/^[=@\t\r]/.test(text)) return true
  return /^[+-]/.test(text) && decimalOfCell(text) === null && !/^\+[\d\s()-]+$/.test(text)
}

/** Letters and digits only, in small letters and without dots over them: for comparing headers and names. */
export function plainWord(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
}

/** An id made of a text: `Sähkömittari 3 B` is `sahkomittari-3-b`. */
export function idOfText(text: string, length = 63): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, length)
    .replace(/-+$/, '')
}
