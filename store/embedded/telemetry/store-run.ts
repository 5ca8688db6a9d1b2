// Puts a run of readings into the chunks of its series: behind them, between them, or into them where they overlap in time.
import type { ChunkKey } from './chunk.ts'
import { partsOf } from './chunk.ts'
import { cut, joinRuns, mergeRuns, placeIn } from './run.ts'
import type { Run } from './run.ts'
import type { WriterState } from './writer-state.ts'

/**
 * Stores a run in the open transaction; its values stand over those of chunks. After an error, as in all background work,
 * the state in memory is ahead of the database and must be loaded anew. @throws DamagedChunk
 */
export function storeRun(state: WriterState, series: number, run: Run): void {
  const reach = state.series.chunksTo[series] as number
  const late = placeIn(run, reach + 1)
  // Found before the first is written, so that a run never meets its own new chunks.
  const groups = late === 0 ? [] : lateGroups(state, series, cut(run, 0, late))
  for (const { chunk, part } of groups) {
    if (chunk === null) insertRun(state, series, part)
    else replaceChunks(state, [chunk], mergeRuns(state.chunks.run(chunk), part))
  }
  if (late < run.count) insertRun(state, series, cut(run, late, run.count))
}

/** A run that does not reach beyond the chunks, cut by the chunk into which each part falls; null between chunks. */
function lateGroups(state: WriterState, series: number, run: Run): { chunk: ChunkKey | null; part: Run }[] {
  const groups: { chunk: ChunkKey | null; part: Run }[] = []
  for (let start = 0; start < run.count;) {
    const at = run.at[start] as number
    const chunk = state.chunks.atOrBefore(series, at)
    const within = chunk !== null && chunk.to >= at
    const next = within ? null : state.chunks.after(series, at)
    const end = within ? placeIn(run, chunk.to + 1) : next === null ? run.count : placeIn(run, next.from)
    groups.push({ chunk: within ? chunk : null, part: cut(run, start, end) })
    start = end
  }
  return groups
}

function insertRun(state: WriterState, series: number, run: Run): void {
  for (const part of partsOf(run)) {
    const key = state.chunks.insert(state.nextChunkId++, series, part)
    count(state, key, 1)
  }
}

/** Replaces neighbouring chunks of one series by one run (in even parts). */
export function replaceChunks(state: WriterState, former: readonly ChunkKey[], run: Run): void {
  for (const key of former) {
    state.chunks.delete(key.id)
    count(state, key, -1)
  }
  if (run.count > 0) insertRun(state, (former[0] as ChunkKey).series, run)
}

/** The readings of neighbouring chunks as one run. @throws DamagedChunk */
export const runOfChunks = (state: WriterState, keys: readonly ChunkKey[]): Run =>
  joinRuns(keys.map((key) => state.chunks.run(key)))

function count(state: WriterState, key: ChunkKey, step: 1 | -1): void {
  const { series, dueMerges } = state
  if (series.countChunk(key.series, key.count, step)) dueMerges.add(key.series)
  series.chunkReadings[key.series] = (series.chunkReadings[key.series] as number) + step * key.count
  if (step === 1 && key.to > (series.chunksTo[key.series] as number)) series.chunksTo[key.series] = key.to
}
