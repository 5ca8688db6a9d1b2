// Figures of series by bucket: a chunk that lies within one bucket answers by its own figures, others are read.
import { addFigures, addRows, noFigures } from './figures.ts'
import type { Figures } from './figures.ts'
import type { SentBuckets } from './messages.ts'
import type { Reader } from './reader.ts'
import type { Run } from './run.ts'

/** Buckets between neighbouring edges (ascending), series by series. */
export function readBuckets(reader: Reader, series: readonly number[], edges: Float64Array): SentBuckets {
  const width = edges.length - 1
  const sent = emptyBuckets(series.length * width)
  const from = edges[0] as number
  const to = (edges[width] as number) - 1
  const tails = reader.tailRuns(series, from, to)
  for (const [index, number] of series.entries()) {
    const figures: (Figures | undefined)[] = []
    const of = (bucket: number): Figures => (figures[bucket] ??= noFigures())
    for (const [quarter, ofQuarter] of reader.quarters(number, from, to + 1))
      addFigures(of(bucketOf(edges, quarter)), ofQuarter)
    for (const piece of reader.pieces(number, from, to, tails.get(number))) {
      if ('run' in piece) addRun(of, edges, piece.run)
      else {
        const bucket = bucketOf(edges, piece.chunk.from)
        const within = bucket === bucketOf(edges, piece.chunk.to) ? reader.figuresOf(piece.chunk) : null
        if (within === null) addRun(of, edges, reader.runOf(piece.chunk))
        else addFigures(of(bucket), within)
      }
    }
    put(sent, index * width, figures)
  }
  return sent
}

/** The bucket that holds an instant within the edges. */
function bucketOf(edges: Float64Array, at: number): number {
  let low = 0
  let high = edges.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((edges[middle] as number) <= at) low = middle
    else high = middle
  }
  return low
}

function addRun(of: (bucket: number) => Figures, edges: Float64Array, run: Run): void {
  if (run.count === 0) return
  let bucket = bucketOf(edges, run.at[0] as number)
  for (let start = 0; start < run.count;) {
    while ((edges[bucket + 1] as number) <= (run.at[start] as number)) bucket += 1
    const edge = edges[bucket + 1] as number
    let end = start + 1
    while (end < run.count && (run.at[end] as number) < edge) end += 1
    addRows(of(bucket), run, start, end)
    start = end
  }
}

function emptyBuckets(count: number): SentBuckets {
  return {
    min: new Float64Array(count),
    max: new Float64Array(count),
    sum: new Float64Array(count),
    first: new Float64Array(count),
    last: new Float64Array(count),
    count: new Float64Array(count),
    marks: new Uint8Array(count),
  }
}

function put(sent: SentBuckets, start: number, figures: readonly (Figures | undefined)[]): void {
  for (const [bucket, one] of figures.entries()) {
    if (one === undefined || one.count === 0) continue
    const place = start + bucket
    sent.min[place] = one.min
    sent.max[place] = one.max
    sent.sum[place] = one.sum
    sent.first[place] = one.first
    sent.last[place] = one.last
    sent.count[place] = one.count
    sent.marks[place] = one.quality * 2 + (one.simulated ? 1 : 0)
  }
}
