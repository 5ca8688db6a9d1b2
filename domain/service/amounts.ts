// Decimal texts compared exactly, and as floats where only a forecast is made of them.
import type { Decimal } from '#domain/registry/bundle.ts'
import { compare, parseDecimalFraction, ZERO } from '#domain/quantity/fraction.ts'

/** Below, at or above zero as `a` is less than, equal to or more than `b`. Both were checked when they came in. */
export const compareDecimals = (a: Decimal, b: Decimal): number =>
  compare(parseDecimalFraction(a) ?? ZERO, parseDecimalFraction(b) ?? ZERO)
/** For forecasts only. */
export const decimalNumber = (text: Decimal): number => Number(text)
