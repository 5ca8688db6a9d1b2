// Money is whole cents in a bigint; as text it has two decimals.
import { formatFixed, parseDecimal } from './decimal.ts'
import { fraction, round } from './fraction.ts'
import type { Fraction } from './fraction.ts'

/** `1234.57` as 123457n; null when it is no decimal or not in whole cents. */
export function parseCents(text: string): bigint | null {
  const decimal = parseDecimal(text)
  if (decimal === null) return null
  if (decimal.scale <= 2) return decimal.digits * 10n ** BigInt(2 - decimal.scale)
  const excess = 10n ** BigInt(decimal.scale - 2)
  return decimal.digits % excess === 0n ? decimal.digits / excess : null
}

/** 123457n as `1234.57`, 0n as `0.00`. */
export function formatCents(cents: bigint): string {
  return formatFixed(cents, 2)
}

/** An exact amount in euros, in cents, rounded half away from zero. */
export function roundToCents(euros: Fraction): bigint {
  return round(inCents(euros))
}
/** An exact amount in euros as an exact amount in cents. */
export function inCents(euros: Fraction): Fraction {
  return fraction(euros.n * 100n, euros.d)
}
