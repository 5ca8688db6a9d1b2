// Gathers readings into the open batch and hands it to the writer whenever the writer is idle: group commit by itself.
import { Failure } from '#domain/failure.ts'
import type { CommitResult, SeriesInfo } from '#domain/ports/telemetry.ts'
import { Columns } from './columns.ts'
import * as limits from './limits.ts'
import type { CommitAnswer, WriterRequest } from './messages.ts'
import type { SeriesDictionary } from './series-dictionary.ts'
import type { WorkerLink } from './worker-link.ts'

type Waiter = { through: number; resolve(result: CommitResult): void; reject(cause: unknown): void }

const START_CAPACITY = 4_096
const SPARE_BATCHES = 4

export class GroupCommit {
  /** Readings of all commits, one per series and instant. */
  stored = 0
  private readonly link: WorkerLink<WriterRequest>
  private readonly dictionary: SeriesDictionary
  private open = new Columns(START_CAPACITY)
  /** Rows of the open batch that some call waits for. */
  private heard = 0
  private full: Columns[] = []
  private spare: Columns[] = []
  private flying = 0
  private scheduled = false
  /** Number of the open batch, and of the last one that is durable. */
  private number = 1
  private durable = 0
  private waiters: Waiter[] = []
  /** Counts that no call has been given yet. */
  private result = noResult()
  /** Set when readings were lost for which nobody waited yet: the next call must hear of it. */
  private lost: unknown = null

  constructor(link: WorkerLink<WriterRequest>, dictionary: SeriesDictionary) {
    this.link = link
    this.dictionary = dictionary
  }

  get queued(): number {
    return this.flying + this.open.count + this.full.reduce((sum, { count }) => sum + count, 0)
  }

  /** @throws Failure 'store-unavailable' when too many readings wait already. */
  add(series: number, at: number, value: number, flags: number, receivedAt: number, text: string | undefined): void {
    if (this.open.count === limits.BATCH_READINGS) this.shift()
    this.open.push(series, at, value, flags, receivedAt, text)
  }

  commit(): Promise<CommitResult> {
    if (this.lost !== null) {
      const cause = this.lost
      this.lost = null
      return Promise.reject(cause)
    }
    const through = this.open.count > 0 ? this.number : this.number - 1
    if (through <= this.durable) return Promise.resolve(this.takeResult())
    return new Promise((resolve, reject) => {
      this.waiters.push({ through, resolve, reject })
      this.heard = this.open.count
      this.schedule()
    })
  }

  /** Makes an end: everything that waits is refused. */
  fail(cause: unknown): void {
    for (const { reject } of this.waiters.splice(0)) reject(cause)
  }

  /** Puts the full batch aside and opens a new one. */
  private shift(): void {
    if (this.queued >= limits.QUEUED_READINGS) {
      throw new Failure(
        'store-unavailable',
        `${this.queued} readings wait for the disk already. Send them again later.`,
      )
    }
    this.full.push(this.open)
    this.openNext()
    this.schedule()
  }

  private openNext(): void {
    this.number += 1
    this.heard = 0
    this.open = this.spare.pop() ?? new Columns(START_CAPACITY)
  }

  /** After the present turn of the event loop, so that all messages of one socket chunk share a write. */
  private schedule(): void {
    if (this.scheduled || this.flying > 0) return
    this.scheduled = true
    setImmediate(() => {
      this.scheduled = false
      this.send()
    })
  }

  private send(): void {
    if (this.flying > 0) return
    const batch = this.next()
    if (batch === null) return
    this.flying = batch.count
    const newSeries = this.dictionary.unsaved()
    const sent = batch.sent()
    this.link.ask({ kind: 'commit', columns: sent, newSeries }, [sent.buffer]).then(
      (answer) => this.landed(answer as CommitAnswer, newSeries),
      (cause: unknown) => this.refused(cause),
    )
  }

  private next(): Columns | null {
    const full = this.full.shift()
    if (full !== undefined) return full
    if (this.open.count === 0 || this.waiters.length === 0) return null
    const batch = this.open
    this.openNext()
    return batch
  }

  private landed({ result, buffer, capacity }: CommitAnswer, newSeries: readonly SeriesInfo[]): void {
    this.flying = 0
    this.durable += 1
    this.dictionary.saved(newSeries)
    this.stored += result.stored
    this.result.stored += result.stored
    this.result.duplicate += result.duplicate
    this.result.superseded += result.superseded
    if (this.spare.length < SPARE_BATCHES) this.spare.push(new Columns(capacity, buffer))
    // On with the next batch before the callers of this one are told: the disk should not wait for them.
    this.send()
    const done = this.waiters.filter(({ through }) => through <= this.durable)
    this.waiters = this.waiters.filter(({ through }) => through > this.durable)
    for (const { resolve } of done) resolve(this.takeResult())
  }

  /** Nothing that was added and is not durable counts: every call that covers some of it is refused. */
  private refused(cause: unknown): void {
    this.flying = 0
    const closedUnheard = this.waiters.every(({ through }) => through < this.number - 1)
    if (this.open.count > this.heard || closedUnheard) this.lost = cause
    this.full = []
    this.open.clear()
    this.heard = 0
    this.durable = this.number - 1
    this.fail(cause)
  }

  private takeResult(): CommitResult {
    const { result } = this
    this.result = noResult()
    return result
  }
}

const noResult = (): CommitResult => ({ stored: 0, duplicate: 0, superseded: 0 })
