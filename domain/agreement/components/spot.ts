// Component `spot`: Σ quantity × (series price × factor + margin).
import type { Id, TariffComponent } from '#domain/registry/bundle.ts'
import { sumPriced, sumQuarters } from '#domain/metering/quarter-values.ts'
import { ONE, ZERO, add, fraction, multiply, parseDecimalFraction } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import type { Piece } from './piece.ts'
import { quarterRange } from './piece.ts'

/** `priced` is Σ quantity × series price, in euros, before factor and margin. */
export type SpotFigures = {
  kind: 'spot'
  series: Id
  factor: Fraction
  margin: Fraction
  quantity: Fraction
  priced: Fraction
}

/** Null when a quarter of the piece has no price. */
export function spotFigures(component: TariffComponent & { kind: 'spot' }, piece: Piece): SpotFigures | null {
  const series = piece.series(component.series)
  const range = quarterRange(piece, piece)
  if (series === null || series.prices.missing.subarray(...range).includes(1)) return null
  const { consumption } = piece.month
  const pricedWhole = consumption === null ? 0n : sumPriced(consumption, series.prices, ...range)
  const euros = multiply(fraction(pricedWhole, 10n ** BigInt(series.prices.scale)), series.factor)
  return {
    kind: 'spot',
    series: component.series,
    factor: component.factor === undefined ? ONE : parseDecimalFraction(component.factor)!,
    margin: component.margin === undefined ? ZERO : parseDecimalFraction(component.margin)!,
    quantity: multiply(fraction(consumption === null ? 0n : sumQuarters(consumption, ...range)), piece.perWhole),
    priced: multiply(euros, piece.perWhole),
  }
}

export function spotAmount({ factor, margin, quantity, priced }: SpotFigures): Fraction {
  return add(multiply(priced, factor), multiply(quantity, margin))
}
