// Meter values as whole millionths: value × 10⁶, rounded once, on arrival, half away from zero.
import { decimalFromNumber, parseDecimal } from './decimal.ts'
import type { ExactDecimal } from './decimal.ts'
import { roundHalfAway } from './rounding.ts'

export const MICRO_PER_UNIT = 1_000_000n
/** The largest value taken is 9.2e12, so that every micro value fits 64 bits. */
const MAX_MICRO = 9_200_000_000_000_000_000n
/** Below this every multiple of 10⁻⁶ has a float of its own, so a float names at most one of them. */
const ONE_TO_ONE_BELOW = 2 ** 32

/** Why a value is not taken. */
export type MicroRefusal = 'not-a-decimal' | 'out-of-range'

/** A float by its shortest decimal form in micro; a reason when it is not finite or outside ±9.2e12. */
export function microFromNumber(value: number): bigint | MicroRefusal {
  if (value < ONE_TO_ONE_BELOW && value > -ONE_TO_ONE_BELOW) {
    // Fast and exact: if some multiple of 10⁻⁶ is this very float, it is what the shortest form says.
    const micro = Math.round(value * 1e6)
    if (micro / 1e6 === value) return BigInt(micro)
  }
  const decimal = decimalFromNumber(value)
  return decimal === null ? 'not-a-decimal' : microOf(decimal)
}

/** Decimal text (`10234.5`) in micro; a reason when it is no decimal or outside ±9.2e12. */
export function microFromDecimal(text: string): bigint | MicroRefusal {
  const decimal = parseDecimal(text)
  return decimal === null ? 'not-a-decimal' : microOf(decimal)
}

/** A meter value as it stands in a bundle: decimal text or a float. */
export function microFrom(value: string | number): bigint | MicroRefusal {
  return typeof value === 'number' ? microFromNumber(value) : microFromDecimal(value)
}

function microOf({ digits, scale }: ExactDecimal): bigint | MicroRefusal {
  const micro = scale <= 6 ? digits * 10n ** BigInt(6 - scale) : roundHalfAway(digits, 10n ** BigInt(scale - 6))
  return micro > MAX_MICRO || micro < -MAX_MICRO ? 'out-of-range' : micro
}
