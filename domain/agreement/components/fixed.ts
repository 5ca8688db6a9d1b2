// Component `fixed`: an amount per month; part months by their days over the month's days.
import type { TariffComponent } from '#domain/registry/bundle.ts'
import { fraction, multiply, parseDecimalFraction } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import type { Piece } from './piece.ts'

export type FixedFigures = { kind: 'fixed'; monthly: Fraction; days: number; monthDays: number }

export function fixedFigures(component: TariffComponent & { kind: 'fixed' }, piece: Piece): FixedFigures {
  return {
    kind: 'fixed',
    monthly: parseDecimalFraction(component.amount)!,
    days: piece.endDay - piece.firstDay,
    monthDays: piece.monthDays,
  }
}

export function fixedAmount({ monthly, days, monthDays }: FixedFigures): Fraction {
  return multiply(monthly, fraction(BigInt(days), BigInt(monthDays)))
}
