// The one rounding rule: to the nearest whole, halves away from zero.

/** numerator ÷ denominator to the nearest whole, halves away from zero. The denominator is above zero. */
export function roundHalfAway(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n
  const size = negative ? -numerator : numerator
  const rounded = (2n * size + denominator) / (2n * denominator)
  return negative ? -rounded : rounded
}

/** numerator ÷ denominator rounded down, also below zero. The denominator is above zero. */
export function floorDivide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient
}
