// The way of added readings: to the server, or, while it is away, to the spool, and from there in order to the server when it is back.
import { Failure } from '#domain/failure.ts'
import type { CommitResult, TelemetryState } from '#domain/ports/telemetry.ts'
import { apply } from './apply.ts'
import type { Server } from './apply.ts'
import { awayFailure } from './ask.ts'
import { BACK_OFF_FIRST_MS, BACK_OFF_MOST_MS, BATCH_READINGS, QUEUED_READINGS } from './limits.ts'
import type { Added } from './resolve.ts'
import type { Series } from './series-names.ts'
import type { Spool, Spooled } from './spool.ts'

type Waiter = { through: number; resolve(result: CommitResult): void; reject(cause: unknown): void }

export class Writer {
  /** Readings that the server has more of since the start. */
  stored = 0
  /** False from the first unanswered request until something is written again. */
  reachable = true
  private readonly server: Server
  private readonly spool: Spool
  private readonly onChange: (state: TelemetryState['state'], reason: string | null) => void
  private open: Added[] = []
  private waiters: Waiter[] = []
  private added = 0
  private done = 0
  private writing = 0
  private scheduled = false
  private draining: Promise<void> | null = null
  /** A record is on its way into the spool. */
  private spooling = false
  /** One step of draining. While the server is back each batch waits for the present step and is half as large, so that more leaves the spool than comes. */
  private step: PromiseWithResolvers<void> | null = null
  /** While the last of the spool is on its way to the server new batches wait for the outcome, else it would never be empty under load. */
  private handover: PromiseWithResolvers<void> | null = null
  private stopping = new AbortController()
  /** Series with readings in the spool. */
  private spooled = new Set<Series>()
  private result = noResult()
  private reason: string | null = null
  private refusal: Failure | null = null
  /** Retention at work: readings of these series before the cut wait until it is done, else it would delete them unseen. */
  private held: { series: ReadonlySet<Series>; cut: number; done: Promise<unknown> } | null = null
  private flight: Promise<unknown> = Promise.resolve()
  /** Set when readings were dropped for which nobody waited yet: the next call must hear of it. */
  private lost: Failure | null = null

  constructor(server: Server, spool: Spool, onChange: (state: TelemetryState['state'], reason: string | null) => void) {
    this.server = server
    this.spool = spool
    this.onChange = onChange
    if (!spool.empty) {
      this.forEachSpooled((series) => {
        this.spooled.add(series)
        series.acknowledged = true
      })
      this.startDrain(null)
    }
  }

  get queued(): number {
    return this.open.length + this.writing + this.spool.waiting
  }

  get state(): Pick<TelemetryState, 'state' | 'reason'> {
    if (this.refusal !== null) {
      const state = this.refusal.code === 'store-full' ? 'full' : 'away'
      return { state, reason: this.refusal.message }
    }
    if (this.draining === null) return { state: 'ready', reason: this.spool.damage }
    const what = `${this.spool.waiting} acknowledged readings wait in the spool for the telemetry server`
    return {
      state: 'away',
      reason: this.reason === null ? `${what} and are being written.` : `${what}. ${this.reason}`,
    }
  }

  /** @throws Failure 'store-unavailable' when too many readings wait already. */
  add(added: Added): void {
    if (this.open.length + this.writing >= QUEUED_READINGS) {
      this.schedule()
      throw new Failure(
        'store-unavailable',
        `${this.open.length + this.writing} readings wait for the telemetry server already. Send them again later.`,
      )
    }
    this.open.push(added)
    this.added += 1
  }

  commit(): Promise<CommitResult> {
    if (this.lost !== null) {
      const cause = this.lost
      this.lost = null
      return Promise.reject(cause)
    }
    if (this.added <= this.done) return Promise.resolve(this.takeResult())
    return new Promise((resolve, reject) => {
      this.waiters.push({ through: this.added, resolve, reject })
      this.schedule()
    })
  }

  /** Refuses when readings of the series wait in the spool: an answer without them would be wrong. */
  refuseIncomplete(series: readonly Series[]): void {
    if (!series.some((one) => this.spooled.has(one))) return
    throw new Failure(
      'store-unavailable',
      `Readings of this series wait in the spool for the telemetry server (${this.spool.waiting} in all). Try again when they are written.`,
    )
  }

  /** Refuses at once while the server is known to be away, so that no question waits for its time-out. */
  refuseAway(): void {
    if (!this.reachable) throw new Failure('store-unavailable', this.reason ?? 'The telemetry server is away.')
  }

  /** Resolves when nothing waits in the spool any more; rejects when the server is away. */
  async drained(): Promise<void> {
    while (this.draining !== null) {
      this.refuseAway()
      await new Promise((resolve) => setTimeout(resolve, BACK_OFF_FIRST_MS))
    }
  }

  /** Runs retention on series while no older reading of theirs is on its way to the server. */
  async withHeld<T>(series: readonly Series[], cut: number, run: () => Promise<T>): Promise<T> {
    const done = Promise.withResolvers<void>()
    this.held = { series: new Set(series), cut, done: done.promise }
    try {
      await this.flight
      return await run()
    } finally {
      this.held = null
      done.resolve()
    }
  }

  /** What was added and asked for is finished first; what the spool holds stays there for the next start. */
  async close(): Promise<void> {
    await this.commit().catch(() => undefined)
    this.stopping.abort()
    await this.draining
    await this.spool.close()
  }

  /** After the present turn of the event loop, so that all messages of one turn share a write. */
  private schedule(): void {
    if (this.scheduled || this.writing > 0) return
    this.scheduled = true
    setImmediate(() => {
      this.scheduled = false
      void this.write()
    })
  }

  private async write(): Promise<void> {
    while (
      this.writing === 0 &&
      this.open.length > 0 &&
      (this.waiters.length > 0 || this.open.length >= QUEUED_READINGS)
    ) {
      const batch = this.open.splice(0, this.draining === null ? BATCH_READINGS : BATCH_READINGS / 2)
      this.writing = batch.length
      const failure = await this.keep(batch).then(
        () => null,
        (cause: unknown) => awayFailure(cause),
      )
      this.writing = 0
      if (failure !== null) {
        this.refuse(failure)
        return
      }
      for (const { series } of batch) series.acknowledged = true
      this.done += batch.length
      const ready = this.waiters.filter(({ through }) => through <= this.done)
      this.waiters = this.waiters.filter(({ through }) => through > this.done)
      for (const { resolve } of ready) resolve(this.takeResult())
    }
  }

  private async keep(batch: Added[]): Promise<void> {
    await (this.handover ?? this.step)?.promise
    if (this.draining === null) {
      try {
        this.count(await this.bring(batch))
        return
      } catch (cause) {
        this.startDrain(awayFailure(cause))
      }
    }
    await this.toSpool(batch)
  }

  private async bring(batch: Added[]): Promise<CommitResult> {
    const { held } = this
    const waits = ({ series, reading }: Added): boolean =>
      held !== null && held.series.has(series) && reading.at < held.cut
    if (held !== null && batch.some(waits)) await held.done
    const flight = apply(this.server, batch)
    this.flight = flight.catch(() => undefined)
    return flight
  }

  private async toSpool(batch: readonly Added[]): Promise<void> {
    const spooled = batch.map(({ series: { device, point }, reading }): Spooled => ({ device, point, reading }))
    this.spooling = true
    try {
      await this.spool.append(spooled)
    } catch (cause) {
      if (this.refusal === null)
        this.onChange((cause as Failure).code === 'store-full' ? 'full' : 'away', (cause as Error).message)
      this.refusal = cause as Failure
      throw cause
    } finally {
      this.spooling = false
    }
    this.refusal = null
    for (const { series } of batch) this.spooled.add(series)
    // Whether some of them were there already is found when they reach the server.
    this.result.stored += batch.length
  }

  /** Nothing that is not durable counts: everybody who waits is refused, and what they added is dropped. */
  private refuse(cause: Failure): void {
    const heard = this.waiters.reduce((most, { through }) => Math.max(most, through), 0)
    if (heard < this.added) this.lost = cause
    this.open = []
    this.done = this.added
    for (const { reject } of this.waiters.splice(0)) reject(cause)
  }

  private count({ stored, duplicate, superseded }: CommitResult): void {
    this.stored += stored
    this.result.stored += stored
    this.result.duplicate += duplicate
    this.result.superseded += superseded
  }

  private takeResult(): CommitResult {
    const { result } = this
    this.result = noResult()
    return result
  }

  private startDrain(cause: Failure | null): void {
    if (cause !== null) this.away(cause)
    this.draining = this.drain()
  }

  private away(cause: Failure): void {
    if (this.reachable) this.onChange('away', cause.message)
    this.reachable = false
    this.reason = cause.message
  }

  /** Writes what waits, in order, until nothing does; while the server is away it tries again, less and less often. */
  private async drain(): Promise<void> {
    let backOffMs = BACK_OFF_FIRST_MS
    if (!this.reachable) await this.pause(backOffMs)
    while (!this.stopping.signal.aborted) {
      // A batch may just be on its way into the spool: it comes before any that would go to the server directly.
      const next = this.spool.first(BATCH_READINGS)
      if (next === null && !this.spooling) break
      if (this.reachable && this.spool.waiting <= BATCH_READINGS) this.handover ??= Promise.withResolvers()
      if (this.reachable && next !== null) this.step = Promise.withResolvers()
      try {
        if (next === null) await this.pause(1)
        else {
          const batch = next.spooled.map(({ device, point, reading }) => ({
            series: this.server.names.of(device, point),
            reading,
          }))
          const { stored } = await this.bring(batch)
          this.stored += stored
          this.spool.taken(next.records)
          this.refusal = null
        }
        if (!this.reachable && next !== null)
          this.onChange('away', `The telemetry server is back; ${this.spool.waiting} readings are still to be written.`)
        if (next !== null) {
          this.reachable = true
          this.reason = null
        }
        backOffMs = BACK_OFF_FIRST_MS
      } catch (failure) {
        this.away(awayFailure(failure))
        this.endHandover()
        this.endStep()
        await this.pause(backOffMs)
        backOffMs = Math.min(backOffMs * 2, BACK_OFF_MOST_MS)
      }
      this.endStep()
    }
    if (this.stopping.signal.aborted) return this.endHandover()
    // In the same turn as the last look into the spool: from here on batches go to the server directly.
    this.draining = null
    this.endHandover()
    this.spooled.clear()
    this.refusal = null
    this.reachable = true
    this.reason = null
    this.onChange('ready', null)
  }

  private endStep(): void {
    this.step?.resolve()
    this.step = null
  }

  private endHandover(): void {
    this.handover?.resolve()
    this.handover = null
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.stopping.signal.addEventListener(
        'abort',
        () => {
          clearTimeout(timer)
          resolve()
        },
        { once: true },
      )
    })
  }

  private forEachSpooled(run: (series: Series) => void): void {
    for (const { device, point } of this.spool.names()) run(this.server.names.of(device, point))
  }
}

const noResult = (): CommitResult => ({ stored: 0, duplicate: 0, superseded: 0 })
