// A supplier's invoice against the own metering of the same thing: the difference in four parts that add up to it exactly.
import { divide, fraction, multiply, round, subtract, sum, ZERO } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { divideByExactShares } from '#domain/quantity/largest-remainder.ts'

/** Amounts in cents, quantities in one unit. */
export type VarianceInput = {
  supplier: { cents: bigint; fixedCents: bigint; quantity: Fraction }
  own: {
    cents: Fraction
    fixedCents: Fraction
    /** Of the month. */
    quantity: Fraction
    /** Of the days that the supplier's invoice is about. */
    quantityOnItsDays: Fraction
  }
}
export const VARIANCE_PARTS = ['volume', 'price', 'timing', 'fixed'] as const
export type Variance = { difference: bigint } & Record<(typeof VARIANCE_PARTS)[number], bigint>

/**
 * What the supplier charges less what the own metering gives, in whole cents:
 * timing = own price × (own quantity on the invoice's days − own quantity of the month);
 * volume = own price × (invoiced quantity − own quantity on the same days);
 * price  = invoiced quantity × (invoiced price − own price); fixed = fixed parts.
 * The four add up exactly; their cents by largest remainder. Where one side has no quantity there is no price to compare with:
 * what is not fixed is then all volume.
 */
export function varianceOf({ supplier, own }: VarianceInput): Variance {
  const ownEnergy = subtract(own.cents, own.fixedCents)
  const supplierEnergy = fraction(supplier.cents - supplier.fixedCents)
  const fixed = subtract(fraction(supplier.fixedCents), own.fixedCents)
  const isPriced = own.quantity.n !== 0n && supplier.quantity.n !== 0n
  const price = isPriced ? divide(ownEnergy, own.quantity) : ZERO
  const parts: Record<(typeof VARIANCE_PARTS)[number], Fraction> = isPriced
    ? {
        volume: multiply(price, subtract(supplier.quantity, own.quantityOnItsDays)),
        price: subtract(supplierEnergy, multiply(price, supplier.quantity)),
        timing: multiply(price, subtract(own.quantityOnItsDays, own.quantity)),
        fixed,
      }
    : { volume: subtract(supplierEnergy, ownEnergy), price: ZERO, timing: ZERO, fixed }
  return inCents(parts)
}

function inCents(parts: Record<(typeof VARIANCE_PARTS)[number], Fraction>): Variance {
  const exact = VARIANCE_PARTS.map((name) => parts[name])
  const difference = round(sum(exact))
  const [volume = 0n, price = 0n, timing = 0n, fixed = 0n] = divideByExactShares(difference, exact).map(
    ({ cents }) => cents,
  )
  return { difference, volume, price, timing, fixed }
}
