// Forecasts and comparisons of slow rules, as plain arithmetic: the interval that runs, the night against its usual, meters against each other.
// They warn; no cent depends on them.

import { significant } from '#domain/quantity/significant.ts'

/** A value of a running register or of a power at an instant. */
export type Sample = { at: number; value: number }

const HOUR_MS = 3_600_000
/** How far back the power of now is looked for. */
const RECENT_MS = 5 * 60_000

/**
 * Mean power (in the unit of the register per hour) of [from, to) as it will be when the power of the last minutes goes on; null
 * while there are not two readings to go by. `samples` ascend and begin before `from` where there are such readings.
 */
export function registerForecast(samples: readonly Sample[], from: number, to: number): number | null {
  const last = samples.at(-1)
  if (last === undefined || last.at <= from) return null
  const start = valueAt(samples, from)
  const before = samples.findLast(({ at }) => at <= last.at - RECENT_MS) ?? samples[0]
  if (start === null || before === undefined || before.at >= last.at) return null
  const perMs = (last.value - before.value) / (last.at - before.at)
  const end = last.value + perMs * Math.max(0, to - last.at)
  return ((end - start) / (to - from)) * HOUR_MS
}

/** The same from readings of power: each holds until the next. */
export function powerForecast(samples: readonly Sample[], from: number, to: number): number | null {
  const last = samples.at(-1)
  if (last === undefined || last.at <= from) return null
  let sum = 0
  for (const [i, { at, value }] of samples.entries()) {
    const end = samples[i + 1]?.at ?? to
    sum += value * Math.max(0, Math.min(end, to) - Math.max(at, from))
  }
  const first = Math.max(from, samples[0]?.at ?? from)
  return first >= to ? null : sum / (to - first)
}

function valueAt(samples: readonly Sample[], at: number): number | null {
  const before = samples.findLast((one) => one.at <= at)
  const after = samples.find((one) => one.at >= at)
  if (before === undefined) return after?.value ?? null
  if (after === undefined || after.at === before.at) return before.value
  return before.value + ((after.value - before.value) * (at - before.at)) / (after.at - before.at)
}

/** Nights that tell what is usual, and how few of them tell nothing. */
export const USUAL_NIGHTS = 28
export const LEAST_NIGHTS = 7

/** The median of the nights that are known; null for too few. */
export function usualOf(nights: readonly (number | null)[]): number | null {
  const known = nights.filter((one) => one !== null).toSorted((a, b) => a - b)
  if (known.length < LEAST_NIGHTS) return null
  const middle = known.length >> 1
  return known.length % 2 === 1 ? known[middle]! : (known[middle - 1]! + known[middle]!) / 2
}

/** By how many per cent the sub-meters differ from the main meter; null when the main meter shows nothing. */
export const differencePercent = (main: number, subs: number): number | null =>
  main <= 0 ? null : (Math.abs(main - subs) / main) * 100

/** A figure of an alarm as written: three significant digits are enough to act on. */
export const written = (value: number): string => String(significant(value, 4))
