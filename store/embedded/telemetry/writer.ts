// The one writer of the database: commits first, and between them slices of background work. Runs in its own worker thread.
import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { Failure } from '#domain/failure.ts'
import type { CommitResult, SeriesInfo, TelemetryState } from '#domain/ports/telemetry.ts'
import { createAppend } from './append.ts'
import type { Append } from './append.ts'
import { DamagedChunk } from './chunk-table.ts'
import type { Columns } from './columns.ts'
import { Drop } from './drop.ts'
import * as limits from './limits.ts'
import { mergeSlice } from './merge.ts'
import type { SentReadings, Suspect, WriterOptions } from './messages.ts'
import { pragma } from './open-database.ts'
import type { OpenedDatabase } from './open-database.ts'
import { ALL_SERIES } from './progress.ts'
import { Reorganisation, deleteLogSlice, reorganisationIsDue } from './reorganise.ts'
import { DamagedRollup } from './rollup.ts'
import { setAside } from './set-aside.ts'
import { loadState } from './load-state.ts'
import type { IsOver, Report, WriterState } from './writer-state.ts'

type StateListener = (state: TelemetryState['state'], reason: string | null) => void

export class Writer {
  state: WriterState
  private readonly options: WriterOptions
  private readonly report: Report
  private readonly tell: StateListener
  private append: Append
  private status: TelemetryState['state'] = 'ready'
  private reason: string | null = null
  private lookedForSpaceAt = 0
  private lastBatch = 0
  private lastCommitAt = 0
  private reorganisation: Reorganisation | null = null
  private logToDelete = true
  /** Everything up to this log row shall go into chunks now, whatever is due. */
  private settleThrough = 0
  private drop: {
    work: Drop | null
    before: number
    keep: ReadonlyMap<number, number>
    done: (dropped: number) => void
  } | null = null
  private settled: (() => void)[] = []

  constructor({ database, broken }: OpenedDatabase, options: WriterOptions, report: Report, tell: StateListener) {
    this.options = options
    this.report = report
    this.tell = tell
    this.state = loadState(database, report, broken)
    this.append = createAppend(this.state)
    if (this.state.broken !== null) this.stop(this.state.broken)
  }

  /** @throws Failure 'store-full' or 'store-unavailable'; then nothing of the batch is in the store. */
  commit(batch: Columns, newSeries: readonly SeriesInfo[]): CommitResult {
    this.checkWritable()
    this.lastBatch = batch.count
    this.lastCommitAt = performance.now()
    try {
      const result = this.append(batch, newSeries)
      if (this.status === 'full') this.become('ready', null)
      return result
    } catch (cause) {
      throw this.recover(cause)
    }
  }

  /** The newest reading of each series; flags 255 where there is none. */
  latest(wanted: Int32Array): SentReadings {
    const { series } = this.state
    const count = wanted.length
    const sent: SentReadings = {
      at: new Float64Array(count),
      value: new Float64Array(count),
      receivedAt: new Float64Array(count),
      flags: new Uint8Array(count).fill(255),
      texts: null,
    }
    for (let row = 0; row < count; row++) {
      const number = wanted[row] as number
      const at = series.newestAt[number] ?? -Infinity
      if (at === -Infinity) continue
      sent.at[row] = at
      sent.value[row] = series.newestValue[number] as number
      sent.receivedAt[row] = series.newestReceivedAt[number] as number
      sent.flags[row] = series.newestFlags[number] as number
      const text = series.newestTexts.get(number)
      if (text !== undefined) (sent.texts ??= [])[row] = text
    }
    return sent
  }

  /** Resolves when all that is in the store now is in chunks, and merges are done. */
  settle(): Promise<void> {
    this.settleThrough = this.state.tail.lastSeq
    return new Promise((resolve) => this.settled.push(resolve))
  }

  dropBefore(before: number, keep: ReadonlyMap<number, number>): Promise<number> {
    if (this.drop !== null)
      throw new Failure('store-unavailable', 'Old readings are being dropped already. Try again later.')
    this.settleThrough = this.state.tail.lastSeq
    return new Promise((resolve) => (this.drop = { work: null, before, keep, done: resolve }))
  }

  setAside(suspect: Suspect): boolean {
    this.checkWritable()
    try {
      return setAside(this.state, suspect)
    } catch (cause) {
      throw this.recover(cause)
    }
  }

  /** Writes no more until the next start: the file is broken, and writing could make it worse. Reading goes on. */
  stop(reason: string): void {
    this.become('failed', `${reason}. Restore a backup`)
  }

  /** One slice of background work; true while there is more to do. `isBehind`: it must keep up with what comes in. */
  work(isBehind: boolean): boolean {
    if (this.status === 'full') this.lookForSpace()
    if (this.status !== 'ready') return false
    try {
      return this.step(isBehind)
    } catch (cause) {
      if (cause instanceof DamagedChunk) this.afterDamage({ table: 'chunk', id: cause.key.id })
      else if (cause instanceof DamagedRollup)
        this.afterDamage({ table: 'rollup', series: cause.series, from: cause.from })
      else this.recover(cause)
      return this.status === 'ready'
    }
  }

  close(): void {
    const { database } = this.state
    if (this.status !== 'failed') database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    database.close()
  }

  private step(isBehind: boolean): boolean {
    const { state } = this
    const isOver = this.slice(isBehind)
    if (this.reorganisation === null && this.shouldReorganise()) this.reorganisation = new Reorganisation(state)
    if (this.reorganisation !== null) {
      this.reorganisation.slice(isOver)
      if (!this.reorganisation.done) return true
      this.reorganisation = null
      this.logToDelete = true
      return true
    }
    if (this.logToDelete) {
      this.logToDelete = deleteLogSlice(state)
      return true
    }
    if (mergeSlice(state, isOver)) return true
    if (this.drop !== null) return this.dropSlice(isOver)
    if (this.vacuumSlice()) return true
    for (const resolve of this.settled.splice(0)) resolve()
    return false
  }

  /** A slice ends soon, because a commit may wait for it. */
  private slice(isBehind: boolean): IsOver {
    const least = isBehind ? Math.max(1, this.lastBatch * 1.5) : 1
    const until = performance.now() + limits.SLICE_MS
    return (readings) => readings >= least && (readings >= limits.SLICE_READINGS || performance.now() >= until)
  }

  private shouldReorganise(): boolean {
    const { progress, tail } = this.state
    const wanted = progress.through < this.settleThrough && tail.columns.count > 0
    return progress.series !== ALL_SERIES || wanted || reorganisationIsDue(this.state, this.options.reorganiseReadings)
  }

  /** Gives some free pages back to the file system; not while readings come, which will need them again. */
  private vacuumSlice(): boolean {
    const { database } = this.state
    const idle = performance.now() - this.lastCommitAt > limits.VACUUM_IDLE_MS
    if (!idle && this.settled.length === 0) return false
    if ((pragma(database, 'freelist_count') as number) <= limits.FREE_PAGES) return false
    database.exec(`PRAGMA incremental_vacuum(${limits.VACUUM_PAGES})`)
    return true
  }

  private dropSlice(isOver: IsOver): boolean {
    const drop = this.drop
    if (drop === null) return false
    drop.work ??= new Drop(this.state, drop.before, drop.keep)
    drop.work.slice(isOver)
    if (drop.work.done) {
      this.drop = null
      drop.done(drop.work.dropped)
    }
    return true
  }

  private afterDamage(suspect: Suspect): void {
    this.reload()
    try {
      // What cannot be set aside would come up again for ever.
      if (!setAside(this.state, suspect)) throw new Error(`a damaged ${suspect.table} cannot be set aside`)
    } catch (cause) {
      this.recover(cause)
    }
  }

  /** The state in memory anew; what was under way starts anew with it. */
  private reload(): void {
    const { nextChunkId, database } = this.state
    this.state = loadState(database, this.report, null)
    if (this.state.broken !== null) this.stop(this.state.broken)
    this.state.nextChunkId = Math.max(nextChunkId, this.state.nextChunkId)
    this.append = createAppend(this.state)
    this.reorganisation = null
    if (this.drop !== null) this.drop.work = null
  }

  private checkWritable(): void {
    if (this.status === 'failed') throw new Failure('store-unavailable', `The telemetry store failed: ${this.reason}`)
    this.lookForSpace()
    if (this.status === 'full') throw fullFailure(this.reason)
  }

  /** Notices in time that space is short, and that it is back. */
  private lookForSpace(): void {
    const now = performance.now()
    if (now - this.lookedForSpaceAt < limits.FULL_RETRY_MS) return
    this.lookedForSpaceAt = now
    const free = freeBytes(this.options.path)
    if (free < this.options.freeBytes) this.become('full', `only ${free} bytes are free on the disk`)
    else if (this.status === 'full') this.become('ready', null)
  }

  /** After any error the transaction is undone; a full disk may recover, anything else ends writing until the next start. */
  private recover(cause: unknown): Failure {
    const detail = cause instanceof Error ? cause.message : String(cause)
    const code = sqliteCodeOf(cause)
    const full = code === SQLITE_FULL || (code === SQLITE_IOERR && freeBytes(this.options.path) < MIN_FREE_BYTES)
    if (!full) {
      this.become('failed', detail)
      return new Failure('store-unavailable', `The telemetry store failed: ${detail}`, { cause })
    }
    this.lookedForSpaceAt = performance.now()
    this.become('full', detail)
    try {
      this.reload()
    } catch (again) {
      this.become('failed', again instanceof Error ? again.message : String(again))
    }
    return fullFailure(detail)
  }

  private become(status: TelemetryState['state'], reason: string | null): void {
    if (this.status === 'failed' || (status === this.status && reason === this.reason)) return
    this.status = status
    this.reason = reason
    this.tell(status, reason)
  }
}

const SQLITE_IOERR = 10
const SQLITE_FULL = 13
/** An I/O error with less than this free is taken for a full disk. */
const MIN_FREE_BYTES = 1_000_000

function fullFailure(reason: string | null): Failure {
  const message = `No space is left for readings (${reason}). Make room on the disk of the data folder.`
  return new Failure('store-full', message, { retryAfterMs: limits.FULL_RETRY_MS })
}

const sqliteCodeOf = (cause: unknown): number =>
  cause instanceof Error && 'errcode' in cause ? Number(cause.errcode) & 0xff : 0

function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(dirname(path))
  return bavail * bsize
}
