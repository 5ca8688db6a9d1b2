// How much of the opening time a measured quantity was within its limits: hours by hours, those without a reading not counted. Pure.
import type { Range } from './limits.ts'

/** Milliseconds since 1970. */
export type Span = { from: number; to: number }
export type Hour = Span & { mean: number | null }
export type Measured = {
  /** Open hours with readings. */
  hours: number
  hoursWithin: number
  hoursBelow: number
  hoursAbove: number
  least: number | null
  most: number | null
  mean: number | null
}

/** `open` null: every hour counts. An hour counts when at least half of it is open. */
export function measure(
  hours: readonly Hour[],
  open: readonly Span[] | null,
  rangeAt: (at: number) => Range,
): Measured {
  const counted = hours.filter((hour): hour is Span & { mean: number } => hour.mean !== null && isOpen(hour, open))
  const found: Measured = {
    hours: counted.length,
    hoursWithin: 0,
    hoursBelow: 0,
    hoursAbove: 0,
    least: null,
    most: null,
    mean: null,
  }
  let sum = 0
  for (const { from, mean } of counted) {
    const [lowest, highest] = rangeAt(from)
    if (mean < lowest) found.hoursBelow += 1
    else if (mean > highest) found.hoursAbove += 1
    else found.hoursWithin += 1
    found.least = found.least === null ? mean : Math.min(found.least, mean)
    found.most = found.most === null ? mean : Math.max(found.most, mean)
    sum += mean
  }
  return { ...found, mean: counted.length === 0 ? null : sum / counted.length }
}

const isOpen = ({ from, to }: Span, open: readonly Span[] | null): boolean =>
  open === null ||
  open.reduce((sum, one) => sum + Math.max(0, Math.min(to, one.to) - Math.max(from, one.from)), 0) * 2 >= to - from
