// Retention: raw readings older than an instant go, series by series, and their quarter-hour roll-ups stay.
import type { ChunkKey } from './chunk.ts'
import { crashPoint } from './crash-point.ts'
import { inTransaction } from './open-database.ts'
import { progressStatements } from './progress.ts'
import { RollupTable, quarterOf, quartersOf } from './rollup.ts'
import { cut, placeIn } from './run.ts'
import { replaceChunks, runOfChunks } from './store-run.ts'
import { writeLatest } from './writer-state.ts'
import type { IsOver, WriterState } from './writer-state.ts'

export class Drop {
  dropped = 0
  private readonly state: WriterState
  private readonly before: number
  private readonly keep: ReadonlyMap<number, number>
  private readonly left: number[]

  constructor(state: WriterState, before: number, keep: ReadonlyMap<number, number>) {
    this.state = state
    this.before = before
    this.keep = keep
    this.left = Array.from({ length: state.series.last }, (_, index) => index + 1)
  }

  get done(): boolean {
    return this.left.length === 0
  }

  /** Drops series after series until the slice is over. @throws DamagedChunk, DamagedRollup */
  slice(isOver: IsOver): void {
    const { state } = this
    let takenUp = 0
    let dropped = 0
    inTransaction(state.database, () => {
      while (this.left.length > 0 && !isOver(takenUp)) {
        const series = this.left.pop() as number
        const result = this.dropOf(series)
        takenUp += result.takenUp + 100
        dropped += result.dropped
      }
      state.readings -= dropped
      state.progress = { ...state.progress, readings: state.progress.readings - dropped }
      progressStatements(state.database).write(state.progress)
      crashPoint('drop-written')
    })
    crashPoint('drop-committed')
    this.dropped += dropped
  }

  private dropOf(series: number): { takenUp: number; dropped: number } {
    const { state } = this
    const cutAt = quarterOf(Math.min(this.before, this.keep.get(series) ?? this.before))
    state.database.prepare('DELETE FROM superseded WHERE series = ? AND at < ?').run(series, cutAt)
    const old = state.chunks.touching(series, 0, cutAt - 1)
    if (old.length === 0) return { takenUp: 0, dropped: 0 }
    const run = runOfChunks(state, old)
    const kept = placeIn(run, cutAt)
    new RollupTable(state.database).add(series, quartersOf(cut(run, 0, kept)))
    this.replace(old, run, kept, cutAt)
    writeLatest(state, series)
    return { takenUp: run.count, dropped: kept }
  }

  /** Only the chunk that the cut goes through is written again. */
  private replace(old: readonly ChunkKey[], run: ReturnType<typeof runOfChunks>, kept: number, cutAt: number): void {
    const whole = old.filter(({ to }) => to < cutAt)
    const split = old.filter(({ to }) => to >= cutAt)
    if (whole.length > 0) replaceChunks(this.state, whole, cut(run, 0, 0))
    if (split.length > 0) replaceChunks(this.state, split, cut(run, kept, run.count))
  }
}
