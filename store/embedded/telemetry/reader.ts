// Answers queries from one snapshot of the database: chunks, roll-ups, and the log that is not in chunks yet.
import type { DatabaseSync } from 'node:sqlite'
import { DamagedBytes } from './bytes.ts'
import { ChunkTable, DamagedChunk } from './chunk-table.ts'
import type { ChunkKey } from './chunk.ts'
import type { Figures } from './figures.ts'
import { decodeLogRow } from './log-row.ts'
import type { Suspect } from './messages.ts'
import { isBrokenFile } from './open-database.ts'
import { ALL_SERIES, NO_PROGRESS, progressStatements } from './progress.ts'
import type { Progress } from './progress.ts'
import { DamagedRollup, RollupTable } from './rollup.ts'
import { cut, emptyRun, mergeRuns, placeIn, runOfRows } from './run.ts'
import type { Run } from './run.ts'
import { Tail } from './tail.ts'

/** A stretch of a series in time order: either rows, or a chunk that no row of the log falls into. */
export type Piece = { run: Run } | { chunk: ChunkKey }

export class Reader {
  readonly chunks: ChunkTable
  private readonly database: DatabaseSync
  private readonly rollups: RollupTable
  private readonly suspect: (suspect: Suspect) => void
  private readonly progressTable: ReturnType<typeof progressStatements>
  private readonly newLogSeqs: ReturnType<DatabaseSync['prepare']>
  private readonly logRow: ReturnType<DatabaseSync['prepare']>
  private readonly tail = new Tail()
  private progress: Progress = NO_PROGRESS

  constructor(database: DatabaseSync, suspect: (suspect: Suspect) => void) {
    this.database = database
    this.suspect = suspect
    this.chunks = new ChunkTable(database)
    this.rollups = new RollupTable(database)
    this.progressTable = progressStatements(database)
    this.newLogSeqs = database.prepare('SELECT seq FROM log WHERE seq > ? ORDER BY seq')
    this.logRow = database.prepare('SELECT body FROM log WHERE seq = ?')
  }

  /** Runs a query on one snapshot that holds everything committed before. */
  snapshot<T>(query: () => T): T {
    this.database.exec('BEGIN')
    try {
      this.catchUp()
      return query()
    } finally {
      if (this.database.isTransaction) this.database.exec('COMMIT')
    }
  }

  /** Takes the log rows that are new since the last query into memory, and lets go of those that are in chunks now. */
  private catchUp(): void {
    this.progress = this.readProgress()
    const settled = this.progress.series === ALL_SERIES ? this.progress.through : 0
    this.tail.dropThrough(settled)
    for (const seq of this.newSeqs(Math.max(this.tail.lastSeq, settled))) {
      try {
        decodeLogRow(this.logRow.get(seq)?.['body'], seq, this.tail.columns, 0)
      } catch (cause) {
        // The writer found the same when it started, and reported it.
        if (!(cause instanceof DamagedBytes) && !isBrokenFile(cause)) throw cause
      }
      this.tail.endRow(seq)
    }
  }

  /** Damaged progress hides nothing: log rows that are in chunks too give the same readings. */
  private readProgress(): Progress {
    try {
      const progress = this.progressTable.read()
      return progress === 'damaged' ? NO_PROGRESS : progress
    } catch (cause) {
      if (isBrokenFile(cause)) return NO_PROGRESS
      throw cause
    }
  }

  private newSeqs(after: number): number[] {
    const seqs: number[] = []
    try {
      for (const row of this.newLogSeqs.iterate(after)) seqs.push(row['seq'] as number)
    } catch (cause) {
      if (!isBrokenFile(cause)) throw cause
    }
    return seqs
  }

  /** Readings of these series in [from, to] that are in the log and not yet in chunks. */
  tailRuns(series: readonly number[], from: number, to: number): Map<number, Run> {
    const { columns } = this.tail
    const rows = new Map<number, number[]>(series.map((number) => [number, []]))
    const only = series.length === 1 ? rows.get(series[0] as number) : undefined
    const frozen = this.tail.readingsThrough(this.progress.through)
    for (let row = 0; row < columns.count; row++) {
      const number = columns.series[row] as number
      if (only !== undefined && number !== series[0]) continue
      const at = columns.at[row] as number
      if (at < from || at > to || (row < frozen && number < this.progress.series)) continue
      ;(only ?? rows.get(number))?.push(row)
    }
    const found = [...rows].filter(([, list]) => list.length > 0)
    return new Map(found.map(([number, list]) => [number, runOfRows(columns, Uint32Array.from(list))]))
  }

  /** Everything of a series in [from, to], in time order, one reading per instant. */
  *pieces(series: number, from: number, to: number, tail: Run | undefined): Generator<Piece> {
    let rest = tail ?? emptyRun(0)
    for (const chunk of this.chunks.touching(series, from, to)) {
      const before = placeIn(rest, chunk.from)
      if (before > 0) yield { run: cut(rest, 0, before) }
      rest = cut(rest, before, rest.count)
      const within = placeIn(rest, chunk.to + 1)
      const whole = chunk.from >= from && chunk.to <= to
      if (within === 0 && whole) {
        yield { chunk }
        continue
      }
      const run = this.runOf(chunk)
      const part = cut(run, placeIn(run, from), placeIn(run, to + 1))
      yield { run: mergeRuns(part, cut(rest, 0, within)) }
      rest = cut(rest, within, rest.count)
    }
    if (rest.count > 0) yield { run: rest }
  }

  /** The same, with every chunk read. */
  *runs(series: number, from: number, to: number, tail: Run | undefined): Generator<Run> {
    for (const piece of this.pieces(series, from, to, tail)) yield 'run' in piece ? piece.run : this.runOf(piece.chunk)
  }

  /** The readings of a chunk; none, and a report, when it is damaged. */
  runOf(chunk: ChunkKey): Run {
    return this.guarded(() => this.chunks.run(chunk)) ?? emptyRun(0)
  }

  figuresOf(chunk: ChunkKey): Figures | null {
    return this.guarded(() => this.chunks.figures(chunk))
  }

  quarters(series: number, from: number, to: number): [number, Figures][] {
    return this.guarded(() => this.rollups.quarters(series, from, to)) ?? []
  }

  private guarded<T>(read: () => T): T | null {
    try {
      return read()
    } catch (cause) {
      if (cause instanceof DamagedChunk) this.suspect({ table: 'chunk', id: cause.key.id })
      else if (cause instanceof DamagedRollup) this.suspect({ table: 'rollup', series: cause.series, from: cause.from })
      else throw cause
      return null
    }
  }
}
