// Merges small neighbouring chunks of a series into larger ones, so that a long-lived series stays in few.
import type { ChunkKey } from './chunk.ts'
import { crashPoint } from './crash-point.ts'
import { FULL_CHUNK_READINGS } from './limits.ts'
import { inTransaction } from './open-database.ts'
import { sizeClassOf } from './series-table.ts'
import { replaceChunks, runOfChunks } from './store-run.ts'
import type { IsOver, WriterState } from './writer-state.ts'

/** Merges series that are due until the slice is over; true when there were any. @throws DamagedChunk */
export function mergeSlice(state: WriterState, isOver: IsOver): boolean {
  const { database, dueMerges, series } = state
  if (dueMerges.size === 0) return false
  inTransaction(database, () => {
    let rewritten = 0
    for (const number of dueMerges) {
      dueMerges.delete(number)
      const sizeClass = series.dueClass(number)
      if (sizeClass !== null) rewritten += mergeSeries(state, number, sizeClass)
      if (isOver(rewritten)) break
    }
    crashPoint('merge-written')
  })
  crashPoint('merge-committed')
  return true
}

/** Merges all chunks of a series up to a size class with their neighbours; gives the readings rewritten. */
function mergeSeries(state: WriterState, series: number, sizeClass: number): number {
  const first = state.database
    .prepare('SELECT min(from_at) AS start FROM chunk WHERE series = ? AND count < ?')
    .get(series, FULL_CHUNK_READINGS)?.['start'] as number | null
  if (first === null) return 0
  // From one chunk earlier, so that a lonely small chunk has a neighbour before it.
  const before = state.chunks.atOrBefore(series, first - 1)
  const keys = state.chunks.touching(series, before?.from ?? first, Infinity)
  let rewritten = 0
  for (const group of groupsOf(keys, sizeClass)) {
    const run = runOfChunks(state, group)
    replaceChunks(state, group, run)
    rewritten += run.count
  }
  return rewritten
}

/** Neighbouring chunks up to the class; a lonely one goes with the smaller of its neighbours. */
function groupsOf(keys: readonly ChunkKey[], sizeClass: number): ChunkKey[][] {
  const groups: ChunkKey[][] = []
  for (let start = 0; start < keys.length;) {
    let end = start
    while (end < keys.length && sizeClassOf((keys[end] as ChunkKey).count) <= sizeClass) end += 1
    if (end === start) {
      start += 1
      continue
    }
    let from = start
    if (end - start === 1) {
      const taken = new Set(groups.at(-1) ?? [])
      const left = start > 0 && !taken.has(keys[start - 1] as ChunkKey) ? (keys[start - 1] as ChunkKey).count : Infinity
      const right = end < keys.length ? (keys[end] as ChunkKey).count : Infinity
      if (left <= right && left !== Infinity) from -= 1
      else if (right !== Infinity) end += 1
    }
    if (end - from > 1) groups.push(keys.slice(from, end))
    start = end
  }
  return groups
}
