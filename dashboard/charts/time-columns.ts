// From the API's buckets and steps to the columns that a time chart draws and its table lists. Pure: no query, no canvas.
import type { QualityWord } from '#contract/common.ts'
import type { ConsumptionStep } from '#contract/series.ts'
import type { Bucket } from '#dashboard/client/series.ts'

/** Parallel columns, ascending in time. `x` is where a point is drawn, in seconds; a gap is null, never zero. */
export type TimeColumns = {
  x: number[]
  from: number[]
  to: number[]
  value: (number | null)[]
  min: (number | null)[]
  max: (number | null)[]
  count: (number | null)[]
  /** The value as it came, where digits count (consumption); else null. */
  exact: (string | null)[]
  quality: (QualityWord | null)[]
  simulated: boolean[]
}
const empty = (): TimeColumns => ({
  x: [],
  from: [],
  to: [],
  value: [],
  min: [],
  max: [],
  count: [],
  exact: [],
  quality: [],
  simulated: [],
})

/** A gap is longer than so many of the usual distances between readings; the same measure by which a device counts as stale. */
const GAP_DISTANCES = 3

/**
 * Columns of buckets up to now: what lies ahead is no gap. Empty buckets that lie closer together than a gap (the device sends more rarely than the buckets are
 * long) are left out; longer runs stay as one null at each end, so that the line breaks there.
 * `keep` are starts of buckets that stay within a gap, because something else is drawn there.
 * What is usual is how often the device is expected to send (`usualMs`), or the middle distance of its readings where that is longer.
 */
export const bucketColumns = (
  all: readonly Bucket[],
  usualMs: number | null,
  nowMs: number,
  keep: ReadonlySet<number> = new Set(),
): TimeColumns => {
  const buckets = all.filter(({ from }) => from <= nowMs)
  const columns = empty()
  const filled = buckets.filter(({ count }) => count > 0)
  const gapMs = GAP_DISTANCES * Math.max(usualMs ?? 0, middleDistance(filled.map(({ from }) => from)))
  const isGap = (run: Bucket[]): boolean => {
    const [first, last] = [run[0], run.at(-1)]
    return first !== undefined && last !== undefined && last.to - first.from > gapMs
  }
  let run: Bucket[] = []
  const endRun = () => {
    if (isGap(run))
      for (const bucket of run)
        if (bucket === run[0] || bucket === run.at(-1) || keep.has(bucket.from)) push(columns, bucket)
    run = []
  }
  for (const bucket of buckets) {
    if (bucket.count === 0) run.push(bucket)
    else {
      endRun()
      push(columns, bucket)
    }
  }
  endRun()
  return columns
}

const push = (columns: TimeColumns, bucket: Bucket) => {
  const { from, to } = bucket
  columns.x.push((from + to) / 2000)
  columns.from.push(from)
  columns.to.push(to)
  columns.value.push(bucket.mean)
  columns.min.push(bucket.min)
  columns.max.push(bucket.max)
  columns.count.push(bucket.count)
  columns.exact.push(null)
  columns.quality.push(bucket.quality)
  columns.simulated.push(bucket.simulated)
}

const middleDistance = (instants: number[]): number => {
  const distances = instants.slice(1).map((at, i) => at - (instants[i] ?? at))
  return distances.sort((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0
}

/** Columns of consumption steps up to now: bars stand in the middle of their step; a step with an estimated part counts as estimated. */
export const consumptionColumns = (all: readonly ConsumptionStep[], nowMs: number): TimeColumns => {
  const steps = all.filter(({ from }) => Date.parse(from) <= nowMs)
  const columns = empty()
  for (const step of steps) {
    const [from, to] = [Date.parse(step.from), Date.parse(step.to)]
    const value = step.quantity === null ? null : Number(step.quantity)
    columns.x.push((from + to) / 2000)
    columns.from.push(from)
    columns.to.push(to)
    columns.value.push(value)
    columns.min.push(value)
    columns.max.push(value)
    columns.count.push(null)
    columns.exact.push(step.quantity)
    columns.quality.push(value === null ? null : Number(step.estimated) === 0 ? 'measured' : 'estimated')
    columns.simulated.push(false)
  }
  return columns
}

/** Spans (in seconds) whose readings have one of the qualities, neighbours joined: what is drawn hatched or marked. */
export const spansOf = (columns: TimeColumns, qualities: readonly QualityWord[]): { from: number; to: number }[] => {
  const spans: { from: number; to: number }[] = []
  columns.quality.forEach((quality, i) => {
    if (quality === null || !qualities.includes(quality)) return
    const [from, to] = [(columns.from[i] ?? 0) / 1000, (columns.to[i] ?? 0) / 1000]
    const last = spans.at(-1)
    if (last !== undefined && last.to >= from) last.to = to
    else spans.push({ from, to })
  })
  return spans
}

/** How many stretches without readings there are. */
export const gapCount = ({ value }: TimeColumns): number =>
  value.filter((one, i) => one === null && (i === 0 || value[i - 1] !== null)).length

export const isEmpty = ({ value }: TimeColumns): boolean => value.every((one) => one === null)
