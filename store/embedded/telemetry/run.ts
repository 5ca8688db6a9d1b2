// A run: readings of one series in ascending instants, one per instant; what chunks hold and queries work on.
import type { Columns } from './columns.ts'

export type Run = {
  /** Rows; the columns may be longer. */
  count: number
  at: Float64Array
  value: Float64Array
  flags: Uint8Array
  receivedAt: Float64Array
  /** Texts and digits by row; null when no row has one. */
  texts: (string | undefined)[] | null
}

export const emptyRun = (count: number): Run => ({
  count,
  at: new Float64Array(count),
  value: new Float64Array(count),
  flags: new Uint8Array(count),
  receivedAt: new Float64Array(count),
  texts: null,
})

/** The bytes that a run takes in memory, near enough for a cache. */
export const bytesOfRun = (run: Run): number => 200 + run.count * 25 + (run.texts === null ? 0 : run.count * 40)

/**
 * Rows of `columns` (all of one series, in the order of arrival) as a run: of one instant the last stands.
 * `memory` is a run to write into instead of new memory; the result is then good until its next use.
 */
export function runOfRows(columns: Columns, rows: Uint32Array, memory?: Run): Run {
  const { at } = columns
  let ascending = true
  for (let index = 1; index < rows.length; index++) {
    if ((at[rows[index] as number] as number) <= (at[rows[index - 1] as number] as number)) ascending = false
  }
  // Row numbers tell the order of arrival, so equal instants stay in it.
  const ordered = ascending ? rows : rows.slice().sort((a, b) => (at[a] as number) - (at[b] as number) || a - b)
  const run =
    memory !== undefined && memory.at.length >= rows.length ? { ...memory, texts: null } : emptyRun(rows.length)
  let count = 0
  for (const row of ordered) {
    if (count > 0 && run.at[count - 1] === at[row]) count -= 1
    copyRow(columns, row, run, count++)
  }
  run.count = count
  return run
}

function copyRow(from: Columns, row: number, run: Run, index: number): void {
  run.at[index] = from.at[row] as number
  run.value[index] = from.value[row] as number
  run.flags[index] = from.flags[row] as number
  run.receivedAt[index] = from.receivedAt[row] as number
  const text = from.texts.size === 0 ? undefined : from.texts.get(row)
  if (text !== undefined) (run.texts ??= [])[index] = text
  else if (run.texts !== null) run.texts[index] = undefined
}

/** The part [start, end) of a run, on the same memory. */
export const cut = (run: Run, start: number, end: number): Run =>
  start === 0 && end === run.count
    ? run
    : {
        count: end - start,
        at: run.at.subarray(start, end),
        value: run.value.subarray(start, end),
        flags: run.flags.subarray(start, end),
        receivedAt: run.receivedAt.subarray(start, end),
        texts: run.texts === null ? null : run.texts.slice(start, end),
      }

/** Index of the first row at or after an instant. */
export function placeIn(run: Run, at: number): number {
  let low = 0
  let high = run.count
  while (low < high) {
    const middle = (low + high) >> 1
    if ((run.at[middle] as number) < at) low = middle + 1
    else high = middle
  }
  return low
}

/** Both runs as one; where both have an instant, the row of `newer` stands. */
export function mergeRuns(older: Run, newer: Run): Run {
  if (older.count === 0) return newer
  if (newer.count === 0) return older
  const merged = emptyRun(older.count + newer.count)
  if (older.texts !== null || newer.texts !== null) merged.texts = []
  let a = 0
  let b = 0
  let count = 0
  while (a < older.count || b < newer.count) {
    const atA = a < older.count ? (older.at[a] as number) : Infinity
    const atB = b < newer.count ? (newer.at[b] as number) : Infinity
    if (atA < atB) copyFrom(older, a++, merged, count++)
    else {
      if (atA === atB) a += 1
      copyFrom(newer, b++, merged, count++)
    }
  }
  merged.count = count
  return merged
}

function copyFrom(from: Run, row: number, run: Run, index: number): void {
  run.at[index] = from.at[row] as number
  run.value[index] = from.value[row] as number
  run.flags[index] = from.flags[row] as number
  run.receivedAt[index] = from.receivedAt[row] as number
  if (run.texts !== null) run.texts[index] = from.texts?.[row]
}

/** Runs that follow each other in time, as one. */
export function joinRuns(runs: readonly Run[]): Run {
  const [first] = runs
  if (runs.length === 1 && first !== undefined) return first
  const joined = emptyRun(runs.reduce((sum, run) => sum + run.count, 0))
  if (runs.some((run) => run.texts !== null)) joined.texts = []
  let start = 0
  for (const run of runs) {
    joined.at.set(run.at.subarray(0, run.count), start)
    joined.value.set(run.value.subarray(0, run.count), start)
    joined.flags.set(run.flags.subarray(0, run.count), start)
    joined.receivedAt.set(run.receivedAt.subarray(0, run.count), start)
    if (joined.texts !== null) for (let row = 0; row < run.count; row++) joined.texts[start + row] = run.texts?.[row]
    start += run.count
  }
  return joined
}
