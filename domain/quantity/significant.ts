// A measured figure with so many significant digits: for people and for comparing, never for money or billed quantities.

/** `significant(41.2537, 4)` is 41.25. */
export const significant = (value: number, digits: number): number => Number(value.toPrecision(digits))
