// Numbers as each language writes them. Decimal strings keep every digit: they never pass through a binary float.
import { LOCALES, type Language } from './language.ts'

const DECIMAL = /^-?\d+(\.\d+)?$/

/** What stands where there is no value. */
export const NO_VALUE = '–'

const formatters = new Map<string, Intl.NumberFormat>()
const formatter = (language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
  const key = language + JSON.stringify(options)
  // What is rounded to nothing has no sign.
  const known = formatters.get(key) ?? new Intl.NumberFormat(LOCALES[language], { signDisplay: 'negative', ...options })
  formatters.set(key, known)
  return known
}

/** Intl takes decimal strings exactly; TypeScript calls them numeric literals. */
const isDecimal = (text: string): text is `${number}` => DECIMAL.test(text)

/** A decimal string in the language's writing, with all its decimals or so many at most. A text that is no decimal comes back as it is. */
export const formatDecimal = (language: Language, decimal: string, decimals = 20): string =>
  isDecimal(decimal) ? formatter(language, { maximumFractionDigits: decimals }).format(decimal) : decimal

const USUAL_DECIMALS: Record<string, number> = { Wh: 0, kWh: 1, MWh: 3, m3: 2 }
const OTHER_DECIMALS = 2
/** A consumption as a list shows it, with the decimals that are usual for its unit; less than one keeps what tells it from nothing. */
export const formatConsumption = (language: Language, quantity: string, unit: string | null): string => {
  const usual = USUAL_DECIMALS[unit ?? ''] ?? OTHER_DECIMALS
  const size = Math.abs(Number(quantity))
  return formatDecimal(language, quantity, size > 0 && size < 1 ? Math.max(usual, decimalsFor(size)) : usual)
}

/** A measured number: as many decimals as its size needs (three significant digits, at most three decimals), or `decimals`. */
export const formatNumber = (language: Language, value: number, decimals?: number): string => {
  const digits = decimals ?? decimalsFor(value)
  return formatter(language, { minimumFractionDigits: decimals ?? 0, maximumFractionDigits: digits }).format(value)
}

/** Decimals that a value of this size needs to tell neighbours apart. */
export const decimalsFor = (value: number): number => {
  const size = Math.abs(value)
  if (size >= 100 || size === 0) return 1
  return size >= 10 ? 2 : 3
}

/** A fraction of one as a percentage with at most `decimals` decimals. The fraction may be a decimal string. */
export const formatPercent = (language: Language, fraction: string | number, decimals = 2): string => {
  const options: Intl.NumberFormatOptions = { style: 'percent', maximumFractionDigits: decimals }
  if (typeof fraction === 'number') return formatter(language, options).format(fraction)
  return isDecimal(fraction) ? formatter(language, options).format(fraction) : fraction
}

/** Euros with two decimals and the sign, exactly as the decimal string says; null is a dash. */
export const formatMoney = (language: Language, amount: string | null): string => {
  if (amount === null) return NO_VALUE
  return isDecimal(amount) ? formatter(language, { style: 'currency', currency: 'EUR' }).format(amount) : amount
}

/** Whole euros on an axis, where cents would only take room. */
export const formatEuros = (language: Language, euros: number): string =>
  formatter(language, { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 }).format(euros)

/** A number with its unit, a no-break space between; English writes its percent sign without one. */
export const withUnit = (language: Language, figure: string, unit: string | null | undefined): string => {
  if (unit == null || unit === '' || unit === '1') return figure
  const sign = unitSign(unit)
  return sign === '%' && language === 'en' ? figure + sign : `${figure}\u00A0${sign}`
}

const UNIT_SIGNS: Record<string, string> = {
  m3: 'm³',
  m2: 'm²',
  Cel: '°C',
  C: '°C',
  degC: '°C',
  '%RH': '%',
  'm3/h': 'm³/h',
  'l/min': 'l/min',
}
/** The sign of a unit as people write it. */
export const unitSign = (unit: string): string => UNIT_SIGNS[unit] ?? unit
