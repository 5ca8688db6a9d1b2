// Component `stepped`: the month's quantity fills steps in order; a later version goes on from the quantity reached.
import type { TariffComponent } from '#domain/registry/bundle.ts'
import {
  ZERO,
  add,
  compare,
  divide,
  fraction,
  multiply,
  parseDecimalFraction,
  subtract,
  sum,
} from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import type { Days, Piece } from './piece.ts'

export type FilledStep = { upTo: Fraction | null; price: Fraction; quantity: Fraction }
/** `reached` before the version's days, `versionQuantity` filled into steps, `quantity` the piece's part of it. */
export type SteppedFigures = {
  kind: 'stepped'
  reached: Fraction
  versionQuantity: Fraction
  quantity: Fraction
  steps: FilledStep[]
}

export function steppedFigures(component: TariffComponent & { kind: 'stepped' }, piece: Piece): SteppedFigures {
  const quantityOf = ({ firstDay, endDay }: Days): Fraction =>
    multiply(fraction(piece.month.quantity(firstDay, endDay)), piece.perWhole)
  const reached = quantityOf({ firstDay: piece.item.firstDay, endDay: piece.version.firstDay })
  const versionQuantity = quantityOf(piece.version)
  const steps = component.steps.map(({ upTo, price }) => ({
    upTo: upTo === undefined ? null : parseDecimalFraction(upTo)!,
    price: parseDecimalFraction(price)!,
  }))
  return {
    kind: 'stepped',
    reached,
    versionQuantity,
    quantity: quantityOf(piece),
    steps: fillSteps(steps, reached, versionQuantity),
  }
}

/** How much of `quantity`, beginning at `reached`, falls into each step. The last step takes whatever is left. */
export function fillSteps(
  steps: readonly Omit<FilledStep, 'quantity'>[],
  reached: Fraction,
  quantity: Fraction,
): FilledStep[] {
  let at = reached
  const end = add(reached, quantity)
  return steps.map((step, index) => {
    const top = step.upTo === null || index === steps.length - 1 || compare(step.upTo, end) > 0 ? end : step.upTo
    if (compare(top, at) <= 0) return { ...step, quantity: ZERO }
    const filled = subtract(top, at)
    at = top
    return { ...step, quantity: filled }
  })
}

export function steppedAmount({ versionQuantity, quantity, steps }: SteppedFigures): Fraction {
  if (versionQuantity.n === 0n) return ZERO
  const ofVersion = sum(steps.map((step) => multiply(step.price, step.quantity)))
  return multiply(ofVersion, divide(quantity, versionQuantity))
}
