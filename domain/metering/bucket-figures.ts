// Figures of readings by bucket, and the quarter-hour roll-ups that stay when raw readings are dropped.
import { QUALITIES } from '#domain/ports/telemetry.ts'
import type { Bucket, Quality, Reading } from '#domain/ports/telemetry.ts'

const QUARTER_MS = 900_000

/** Figures of one UTC quarter-hour, with the instants of its first and last reading. */
export type Quarter = {
  from: number
  min: number
  max: number
  sum: number
  count: number
  first: number
  firstAt: number
  last: number
  lastAt: number
  quality: Quality
  simulated: boolean
}

/** The start of the quarter-hour that holds an instant. */
export const quarterOf = (at: number): number => Math.floor(at / QUARTER_MS) * QUARTER_MS

/** The quarters with these readings added to them. */
export function quartersOf(quarters: readonly Quarter[], readings: readonly Reading[]): Quarter[] {
  const byStart = new Map(quarters.map((quarter) => [quarter.from, quarter]))
  for (const reading of readings) {
    const figures = figuresOf(reading)
    if (figures === null) continue
    const former = byStart.get(figures.from)
    byStart.set(figures.from, former === undefined ? figures : combine(former, figures))
  }
  return [...byStart.values()].sort((a, b) => a.from - b.from)
}

/** One bucket per pair of neighbouring edges, of the readings and of what roll-ups know of dropped ones. */
export function bucketsOf(
  readings: readonly Reading[],
  quarters: readonly Quarter[],
  edges: readonly number[],
): Bucket[] {
  return edges.slice(0, -1).map((from, index) => {
    const to = edges[index + 1] as number
    let all: Quarter | null = null
    for (const quarter of quarters) {
      if (quarter.from >= from && quarter.from < to) all = all === null ? quarter : combine(all, quarter)
    }
    for (const reading of readings) {
      const figures = reading.at >= from && reading.at < to ? figuresOf(reading) : null
      if (figures !== null) all = all === null ? figures : combine(all, figures)
    }
    return all === null ? { ...EMPTY, from, to } : { ...shown(all), from, to }
  })
}

/** A bucket without a numeric reading. */
export const EMPTY = {
  min: null,
  max: null,
  mean: null,
  first: null,
  last: null,
  count: 0,
  quality: null,
  simulated: false,
}

/** The figures of a bucket, without its edges. */
export const shown = ({
  min,
  max,
  sum,
  first,
  last,
  count,
  quality,
  simulated,
}: Quarter): Omit<Bucket, 'from' | 'to'> => ({
  min,
  max,
  mean: sum / count,
  first,
  last,
  count,
  quality,
  simulated,
})

/** A reading as figures of its quarter; null for a text. */
export function figuresOf({ at, value, quality, simulated }: Reading): Quarter | null {
  if (typeof value === 'string') return null
  const number = typeof value === 'object' ? Number(value.decimal) : Number(value)
  const figures = { min: number, max: number, sum: number, count: 1, first: number, last: number }
  return { from: quarterOf(at), ...figures, firstAt: at, lastAt: at, quality, simulated }
}

/** Both together; where instants are equal, `a` was first and `b` is last. */
export const combine = (a: Quarter, b: Quarter): Quarter => ({
  from: a.from,
  min: Math.min(a.min, b.min),
  max: Math.max(a.max, b.max),
  sum: a.sum + b.sum,
  count: a.count + b.count,
  first: b.firstAt < a.firstAt ? b.first : a.first,
  firstAt: Math.min(a.firstAt, b.firstAt),
  last: b.lastAt >= a.lastAt ? b.last : a.last,
  lastAt: Math.max(a.lastAt, b.lastAt),
  quality: QUALITIES.indexOf(b.quality) > QUALITIES.indexOf(a.quality) ? b.quality : a.quality,
  simulated: a.simulated || b.simulated,
})
