// Columns that a worker sent, as the readings and buckets of the port.
import { QUALITIES } from '#domain/ports/telemetry.ts'
import type { Bucket, Quality, Reading } from '#domain/ports/telemetry.ts'
import { isSimulated, qualityOf, valueOf } from './flags.ts'
import type { SentBuckets, SentReadings } from './messages.ts'

const NONE = 255

export const readingsOf = (sent: SentReadings): (Reading | null)[] =>
  Array.from(sent.at, (at, row) => {
    const flags = sent.flags[row] as number
    if (flags === NONE) return null
    return {
      at,
      value: valueOf(flags, sent.value[row] as number, sent.texts?.[row]),
      quality: qualityOf(flags),
      receivedAt: sent.receivedAt[row] as number,
      simulated: isSimulated(flags),
    }
  })

/** Series by series, one bucket for each pair of neighbouring edges. */
export function bucketsOf(sent: SentBuckets, series: number, edges: readonly number[]): Bucket[][] {
  const width = edges.length - 1
  return Array.from({ length: series }, (_, index) =>
    Array.from({ length: width }, (_, bucket) =>
      bucketOf(sent, index * width + bucket, edges[bucket] as number, edges[bucket + 1] as number),
    ),
  )
}

function bucketOf(sent: SentBuckets, place: number, from: number, to: number): Bucket {
  const count = sent.count[place] as number
  if (count === 0) {
    return {
      from,
      to,
      min: null,
      max: null,
      mean: null,
      first: null,
      last: null,
      count,
      quality: null,
      simulated: false,
    }
  }
  const marks = sent.marks[place] as number
  return {
    from,
    to,
    min: sent.min[place] as number,
    max: sent.max[place] as number,
    mean: (sent.sum[place] as number) / count,
    first: sent.first[place] as number,
    last: sent.last[place] as number,
    count,
    quality: QUALITIES[marks >> 1] as Quality,
    simulated: (marks & 1) === 1,
  }
}
