// Component `energy`: price × quantity of the quarters that match `when`.
import type { TariffComponent, When } from '#domain/registry/bundle.ts'
import { sumMasked, sumQuarters } from '#domain/metering/quarter-values.ts'
import { fraction, multiply, parseDecimalFraction } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import type { Quarters } from '#domain/quantity/quarters.ts'
import { quartersWhen } from '#domain/agreement/when.ts'
import type { Piece } from './piece.ts'
import { quarterRange } from './piece.ts'

export type EnergyFigures = { kind: 'energy'; price: Fraction; when: When | null; quantity: Fraction }

export function energyFigures(component: TariffComponent & { kind: 'energy' }, piece: Piece): EnergyFigures {
  const range = quarterRange(piece, piece)
  const { consumption, quarters } = piece.month
  const whole =
    consumption === null
      ? 0n
      : component.when === undefined
        ? sumQuarters(consumption, ...range)
        : sumMasked(consumption, maskOf(component.when, quarters), ...range)
  return {
    kind: 'energy',
    price: parseDecimalFraction(component.price)!,
    when: component.when ?? null,
    quantity: multiply(fraction(whole), piece.perWhole),
  }
}

export function energyAmount({ price, quantity }: EnergyFigures): Fraction {
  return multiply(price, quantity)
}

const masks = new WeakMap<When, WeakMap<Quarters, Uint8Array>>()
/** A mask is made once per month and `when`, however many meters it prices. */
function maskOf(when: When, quarters: Quarters): Uint8Array {
  let ofMonths = masks.get(when)
  if (ofMonths === undefined) masks.set(when, (ofMonths = new WeakMap()))
  let mask = ofMonths.get(quarters)
  if (mask === undefined) ofMonths.set(quarters, (mask = quartersWhen(when, quarters)))
  return mask
}
