// A virtual meter: the sum of other meters times constants. It carries what they estimate, and knows nothing where one of them doesn't.
import {
  add,
  compare,
  divide,
  formatExact,
  formatRounded,
  fraction,
  multiply,
  negate,
  parseDecimalFraction,
  round,
  ZERO,
  type Fraction,
} from '#domain/quantity/fraction.ts'
import { MICRO_PER_UNIT } from '#domain/quantity/micro.ts'
import type { ConsumptionStep } from './consumption.ts'

/** A part of it: the steps of a meter, and by what they are multiplied (constant × unit of the part in units of the whole). */
export type VirtualPart = { factor: Fraction; steps: readonly ConsumptionStep[] }

/** All parts have the same steps. `estimated` is the estimated part of the quantities behind it, whatever their signs. */
export function virtualConsumption(parts: readonly VirtualPart[]): ConsumptionStep[] {
  const first = parts[0]?.steps ?? []
  return first.map(({ from, to }, i) => {
    let quantity = ZERO
    let size = ZERO
    let estimatedSize = ZERO
    let mostEstimated = ZERO
    for (const { factor, steps } of parts) {
      const step = steps[i]
      const own = step?.quantity == null ? null : parseDecimalFraction(step.quantity)
      if (step === undefined || own === null) return { from, to, quantity: null, micro: null, estimated: '0' }
      const scaled = multiply(own, factor)
      const part = parseDecimalFraction(step.estimated) ?? ZERO
      quantity = add(quantity, scaled)
      size = add(size, sizeOf(scaled))
      estimatedSize = add(estimatedSize, multiply(sizeOf(scaled), part))
      if (compare(part, mostEstimated) > 0) mostEstimated = part
    }
    const estimated = size.n === 0n ? mostEstimated : divide(estimatedSize, size)
    const micro = round(multiply(quantity, fraction(MICRO_PER_UNIT)))
    return {
      from,
      to,
      quantity: formatExact(quantity) ?? formatRounded(quantity, 6),
      micro,
      estimated: formatRounded(estimated, 4),
    }
  })
}

const sizeOf = (value: Fraction): Fraction => (value.n < 0n ? negate(value) : value)
