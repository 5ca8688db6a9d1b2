// Component `peak`: price × the highest clock-hour mean power of all the item's days, at least `minimum`; part months by days.
import type { TariffComponent } from '#domain/registry/bundle.ts'
import { highestHour } from '#domain/metering/quarter-values.ts'
import { ZERO, compare, fraction, multiply, parseDecimalFraction } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { formatInstant } from '#domain/quantity/instant.ts'
import type { Piece } from './piece.ts'
import { quarterRange } from './piece.ts'

/** `highest` is in kW; `hourFrom` the instant at which that hour begins. */
export type PeakFigures = {
  kind: 'peak'
  price: Fraction
  minimum: Fraction
  highest: Fraction
  hourFrom: string
  days: number
  monthDays: number
}

export function peakFigures(component: TariffComponent & { kind: 'peak' }, piece: Piece): PeakFigures {
  const { consumption, quarters } = piece.month
  const [from, to] = quarterRange(piece, piece.item)
  const hour = consumption === null ? { sum: 0n, quarter: from } : highestHour(consumption, quarters.hour, from, to)
  return {
    kind: 'peak',
    price: parseDecimalFraction(component.price)!,
    minimum: component.minimum === undefined ? ZERO : parseDecimalFraction(component.minimum)!,
    highest: multiply(fraction(hour.sum), piece.hourPerWhole),
    hourFrom: formatInstant(quarters.boundaries[hour.quarter]!),
    days: piece.endDay - piece.firstDay,
    monthDays: piece.monthDays,
  }
}

export function peakAmount({ price, minimum, highest, days, monthDays }: PeakFigures): Fraction {
  const power = compare(minimum, highest) > 0 ? minimum : highest
  return multiply(multiply(price, power), fraction(BigInt(days), BigInt(monthDays)))
}
