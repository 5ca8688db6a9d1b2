// What a batch changes: which readings are new, which are there already, which replace one that then goes to the history.
import type { CommitResult, Reading, Superseded } from '#domain/ports/telemetry.ts'
import type { Series } from './series-names.ts'
import { sameReading, sameValue } from './reading-fields.ts'

export type Added = { series: Series; reading: Reading }
/** A reading to write; `whole` when a point of the server is overwritten. */
export type Written = Added & { whole: boolean }
export type Replaced = { series: Series; superseded: Superseded }
export type Resolved = { written: Written[]; replaced: Replaced[]; result: CommitResult }
/** Readings of the server by series and instant. */
export type Existing = Map<Series, Map<number, Reading>>

/** Instants of the batch that the server may have already: none newer than the newest of their series. */
export function doubtful(batch: readonly Added[]): Map<Series, number[]> {
  const instants = new Map<Series, number[]>()
  for (const { series, reading } of batch) {
    if (reading.at > (series.newest ?? Infinity)) continue
    const some = instants.get(series)
    if (some === undefined) instants.set(series, [reading.at])
    else some.push(reading.at)
  }
  return instants
}

/**
 * Resolves a batch against what the server has. A batch that reached the server and is written once more (its answer was
 * lost) changes nothing: where the server's reading is the batch's last one, arrival and all, nothing is left to do.
 */
export function resolve(batch: readonly Added[], existing: Existing): Resolved {
  const result: CommitResult = { stored: 0, duplicate: 0, superseded: 0 }
  const written: Written[] = []
  const replaced: Replaced[] = []
  for (const arrivals of byInstant(batch)) {
    const { series, reading: last } = arrivals.at(-1) as Added
    const former = existing.get(series)?.get(last.at)
    if (former !== undefined && sameReading(former, last)) {
      result.duplicate += arrivals.length
      continue
    }
    let stands = former
    for (const { reading } of arrivals) {
      if (stands === undefined) result.stored += 1
      else if (sameValue(stands.value, reading.value)) {
        result.duplicate += 1
        continue
      } else {
        result.superseded += 1
        replaced.push({ series, superseded: { ...stands, supersededAt: reading.receivedAt } })
      }
      stands = reading
    }
    if (stands !== undefined && stands !== former)
      written.push({ series, reading: stands, whole: former !== undefined })
  }
  return { written, replaced, result }
}

/** The arrivals of each series and instant, in their order. Most have one only, and cost no look-up. */
function byInstant(batch: readonly Added[]): Added[][] {
  const newest = new Map<Series, number>()
  let ascending = true
  for (const { series, reading } of batch) {
    const former = newest.get(series)
    if (former !== undefined && reading.at <= former) {
      ascending = false
      break
    }
    newest.set(series, reading.at)
  }
  if (ascending) return batch.map((added) => [added])
  const all = new Map<Series, Map<number, Added[]>>()
  for (const added of batch) {
    const instants = all.get(added.series) ?? new Map<number, Added[]>()
    all.set(added.series, instants)
    const arrivals = instants.get(added.reading.at)
    if (arrivals === undefined) instants.set(added.reading.at, [added])
    else arrivals.push(added)
  }
  return [...all.values()].flatMap((instants) => [...instants.values()])
}
