// Exact decimals: text and floats in, text out. No rounding happens here except where a function says so.

/** An exact decimal number: `digits` × 10^-`scale`. */
export type ExactDecimal = { digits: bigint; scale: number }

/** The longest decimal text that is read; longer ones are refused, so that no input can make arithmetic slow. */
export const MAX_DECIMAL_LENGTH = 64
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/
/** What a float looks like in its shortest form, exponent included. */
const FLOAT = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/

/** Reads `-12.50`; null for anything else (exponent, plus sign, spaces, commas, more than 64 characters). */
export function parseDecimal(text: string): ExactDecimal | null {
  if (text.length > MAX_DECIMAL_LENGTH) return null
  const match = DECIMAL.exec(text)
  if (match === null) return null
  const places = match[3] ?? ''
  return { digits: BigInt(`${match[1]}${match[2]}${places}`), scale: places.length }
}

/** A float by its shortest decimal form (0.1 is 0.1); null when it is not finite. */
export function decimalFromNumber(value: number): ExactDecimal | null {
  if (!Number.isFinite(value)) return null
  const match = FLOAT.exec(String(value))
  if (match === null) return null
  const places = match[3] ?? ''
  const digits = BigInt(`${match[1]}${match[2]}${places}`)
  const scale = places.length - Number(match[4] ?? 0)
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale }
}

/** A decimal given as text or as a float, as in readings and prices; null when it is neither. */
export function decimalOf(value: string | number): ExactDecimal | null {
  return typeof value === 'number' ? decimalFromNumber(value) : parseDecimal(value)
}

/** Without trailing zeros and without a lone minus: `-12.5`, `0`. */
export function formatDecimal({ digits, scale }: ExactDecimal): string {
  const text = formatFixed(digits, scale)
  return scale === 0 ? text : text.replace(/\.?0+$/, '')
}

/** Digits with exactly `scale` decimals: (1234n, 2) is `12.34`, (0n, 2) is `0.00`. */
export function formatFixed(digits: bigint, scale: number): string {
  const negative = digits < 0n
  const text = (negative ? -digits : digits).toString().padStart(scale + 1, '0')
  const whole = text.slice(0, text.length - scale)
  return `${negative ? '-' : ''}${whole}${scale === 0 ? '' : `.${text.slice(text.length - scale)}`}`
}

/** The text of a decimal with no trailing zeros (`25.50` is `25.5`); null when it is no decimal. */
export function plainDecimal(text: string): string | null {
  const decimal = parseDecimal(text)
  return decimal === null ? null : formatDecimal(decimal)
}
