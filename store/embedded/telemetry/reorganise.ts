// Turns the log into chunks, series by series, in slices between which commits go on; progress is kept with every slice.
import { crashPoint } from './crash-point.ts'
import * as limits from './limits.ts'
import { MAX_CHUNK_READINGS } from './limits.ts'
import { inTransaction } from './open-database.ts'
import { ALL_SERIES, progressStatements } from './progress.ts'
import { emptyRun, runOfRows } from './run.ts'
import { storeRun } from './store-run.ts'
import { writeLatest } from './writer-state.ts'
import type { IsOver, WriterState } from './writer-state.ts'

/** Whether the log is long enough: `readings` if given, else so that the chunks of each series are worth it. */
export function reorganisationIsDue({ tail }: WriterState, readings: number | null): boolean {
  const perSeries = tail.seriesCount * limits.REORGANISE_READINGS_PER_SERIES
  const worthIt = Math.min(Math.max(limits.REORGANISE_READINGS, perSeries), limits.REORGANISE_READINGS_AT_MOST)
  const wanted = readings ?? worthIt
  return tail.columns.count >= wanted || tail.rowCount >= limits.REORGANISE_ROWS_AT_MOST
}

/** One pass over the log as it is now, or the rest of one that was cut short. */
export class Reorganisation {
  private readonly state: WriterState
  private readonly through: number
  /** Rows of the tail by series, and within a series in the order of arrival. */
  private readonly order: Uint32Array
  private position = 0
  /** For the runs of one series after another: making columns for each would cost more than filling them. */
  private readonly memory = emptyRun(MAX_CHUNK_READINGS)
  private readonly progress: ReturnType<typeof progressStatements>

  constructor(state: WriterState) {
    this.state = state
    this.progress = progressStatements(state.database)
    const cutShort = state.progress.series !== ALL_SERIES
    this.through = cutShort ? state.progress.through : state.tail.lastSeq
    const readings = cutShort ? state.progress.readings : state.readings
    this.order = rowsBySeries(state.tail.columns.series, state.tail.readingsThrough(this.through))
    state.progress = { through: this.through, series: cutShort ? state.progress.series : 0, readings }
  }

  get done(): boolean {
    return this.position === this.order.length
  }

  /** Takes up series after series in one transaction until the slice is over; the last slice frees the tail. */
  slice(isOver: IsOver): void {
    const { state, order } = this
    const { columns } = state.tail
    let end = this.position
    inTransaction(state.database, () => {
      while (end < order.length && !isOver(end - this.position)) {
        const series = columns.series[order[end] as number] as number
        const start = end
        while (end < order.length && columns.series[order[end] as number] === series) end += 1
        storeRun(state, series, runOfRows(columns, order.subarray(start, end), this.memory))
        writeLatest(state, series)
      }
      const next = end < order.length ? (columns.series[order[end] as number] as number) : ALL_SERIES
      state.progress = { ...state.progress, series: next }
      this.progress.write(state.progress)
      crashPoint('chunks-written')
    })
    crashPoint('chunks-committed')
    this.position = end
    if (this.done) state.tail.dropThrough(this.through)
  }
}

/** The first `count` rows in the order of their series; rows of one series stay in their order. */
function rowsBySeries(series: Int32Array, count: number): Uint32Array {
  let most = 0
  for (let row = 0; row < count; row++) most = Math.max(most, series[row] as number)
  const places = new Uint32Array(most + 2)
  for (let row = 0; row < count; row++) places[(series[row] as number) + 1]! += 1
  for (let number = 1; number < places.length; number++) places[number]! += places[number - 1] as number
  const order = new Uint32Array(count)
  for (let row = 0; row < count; row++) order[places[series[row] as number]!++] = row
  return order
}

/** Deletes some log rows whose readings are all in chunks; true when there were any. */
export function deleteLogSlice({ database, progress }: WriterState): boolean {
  if (progress.series !== ALL_SERIES) return false
  const rows = database
    .prepare('SELECT seq, length(body) AS bytes FROM log WHERE seq <= ? ORDER BY seq LIMIT 1000')
    .all(progress.through)
  let bytes = 0
  let last: number | null = null
  for (const row of rows) {
    last = row['seq'] as number
    bytes += row['bytes'] as number
    if (bytes >= limits.SLICE_LOG_BYTES) break
  }
  if (last === null) return false
  const through = last
  inTransaction(database, () => database.prepare('DELETE FROM log WHERE seq <= ?').run(through))
  crashPoint('log-deleted')
  return true
}
