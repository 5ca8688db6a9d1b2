// Opens the embedded telemetry store: one SQLite file, a writing and a reading thread, and the port in front of them.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '#domain/failure.ts'
import { watchArrivals } from '#domain/metering/arrivals.ts'
import type { MeterReadings, Reading, Telemetry, TelemetryState, DamagedSpan } from '#domain/ports/telemetry.ts'
import { MAX_PAGE_READINGS } from '#domain/ports/telemetry.ts'
import { lockFolder } from './folder-lock.ts'
import { bucketsOf, readingsOf } from './telemetry/answers.ts'
import { backupTo } from './telemetry/backup.ts'
import { checkEdges, checkReading } from './telemetry/check.ts'
import { flagsOf, numberOf, textOf } from './telemetry/flags.ts'
import { GroupCommit } from './telemetry/group-commit.ts'
import * as limits from './telemetry/limits.ts'
import type {
  Damage,
  Notice,
  Opened,
  ReaderRequest,
  SentBuckets,
  SentReadings,
  WriterRequest,
} from './telemetry/messages.ts'
import { TELEMETRY_FILE } from './telemetry/open-database.ts'
import { SeriesDictionary } from './telemetry/series-dictionary.ts'
import { WorkerLink } from './telemetry/worker-link.ts'

export type EmbeddedTelemetryOptions = {
  /** The data folder; made when it is missing. Only one process may use it. */
  folder: string
  /** Readings in the log that make a reorganisation due; otherwise it goes by how many series there are. */
  reorganiseReadings?: number
  /** Below this free space the store calls itself full. */
  freeBytes?: number
  /** Hears of every damaged place once. */
  onDamage?: (damage: Damage) => void
}

/** The port, and what only a store on a disk can do. */
export type EmbeddedTelemetry = Telemetry & {
  /** Resolves when everything committed so far is in chunks and merged. */
  settle(): Promise<void>
  /** Reads and checks everything stored; resolves with every damaged place known since the start. It also runs once after each start. */
  scrub(): Promise<readonly Damage[]>
}

const WRITER = new URL('telemetry/writer-worker.ts', import.meta.url)
const READER = new URL('telemetry/reader-worker.ts', import.meta.url)

/**
 * Opens the store in a folder, new or as it was left, also after a crash.
 * @throws Failure 'store-unavailable' when another process has the folder, 'wrong-setting' when it cannot be written,
 * 'store-newer' when a newer program wrote it, 'store-damaged' when the file is beyond opening.
 */
export async function openEmbeddedTelemetry(options: EmbeddedTelemetryOptions): Promise<EmbeddedTelemetry> {
  if (new Uint8Array(new Uint16Array([1]).buffer)[0] !== 1) {
    throw new Failure('wrong-setting', 'The embedded telemetry store needs a little-endian machine.')
  }
  const lock = lockFolder(options.folder)
  const path = join(options.folder, TELEMETRY_FILE)
  const state: { is: TelemetryState['state']; reason: string | null } = { is: 'ready', reason: null }
  const damages: Damage[] = []
  let damageCount = 0
  let lostReadings = 0
  const opening = Promise.withResolvers<Opened>()

  const onNotice = (notice: Notice): void => {
    switch (notice.notice) {
      case 'opened':
        return opening.resolve(notice.opened)
      case 'refused':
        return opening.reject(new Failure(notice.failure.code, notice.failure.message))
      case 'state':
        state.is = notice.state
        state.reason = notice.reason
        return
      case 'damage':
        damageCount += 1
        lostReadings += notice.dropped
        if (damages.length < limits.DAMAGE_REPORTS) damages.push(notice.damage)
        return options.onDamage?.(notice.damage)
      case 'suspect':
        // When the writer cannot set it aside now, the next query or start meets it again.
        return void writer.ask({ kind: 'set-aside', suspect: notice.suspect }).catch(() => undefined)
      case 'broken':
        return void writer.ask({ kind: 'stop', reason: notice.reason }).catch(() => undefined)
    }
  }
  const onEnd = (failure: Failure): void => {
    opening.reject(failure)
    state.is = 'failed'
    state.reason = failure.message
  }
  const writer = new WorkerLink<WriterRequest>(
    WRITER,
    {
      path,
      reorganiseReadings: options.reorganiseReadings ?? null,
      freeBytes: options.freeBytes ?? limits.FREE_BYTES,
    },
    onNotice,
    onEnd,
  )
  const opened = await opening.promise.catch((cause: unknown) => {
    lock.release()
    throw cause
  })
  const reader = new WorkerLink<ReaderRequest>(READER, { path }, onNotice, onEnd)
  const dictionary = new SeriesDictionary(opened.series, opened.lastSeries)
  const group = new GroupCommit(writer, dictionary)
  let droppedReadings = 0
  let closing: Promise<void> | null = null
  const scrubbed = reader.ask({ kind: 'scrub' }).catch(() => undefined)

  return watchArrivals<EmbeddedTelemetry>({
    seriesOf: (device, point) => dictionary.seriesOf(device, point),
    findSeries: (device, point) => dictionary.find(device, point),
    seriesOfDevice: (device) => dictionary.ofDevice(device),
    add(series, at, value, quality, receivedAt, simulated) {
      if (closing !== null) throw new Failure('store-unavailable', 'The telemetry store is closed.')
      checkReading(at, value, receivedAt)
      dictionary.use(series)
      group.add(series, at, numberOf(value), flagsOf(value, quality, simulated), receivedAt, textOf(value))
    },
    commit: () => (closing === null ? group.commit() : Promise.reject(closedFailure())),
    async latest(series) {
      return readingsOf((await writer.ask({ kind: 'latest', series: Int32Array.from(series) })) as SentReadings)
    },
    async buckets(series, edges) {
      checkEdges(edges)
      const request: ReaderRequest = { kind: 'buckets', series: [...series], edges: Float64Array.from(edges) }
      return bucketsOf((await reader.ask(request)) as SentBuckets, series.length, edges)
    },
    async readings(series, from, to, limit) {
      const request = { kind: 'readings', series, from, to, limit: Math.min(limit, MAX_PAGE_READINGS) } as const
      return readingsOf((await reader.ask(request)) as SentReadings) as Reading[]
    },
    meterReadings: async (series, from, to) => (await reader.ask({ kind: 'meter', series, from, to })) as MeterReadings,
    async superseded(series, from, to, limit) {
      const answer = await reader.ask({ kind: 'superseded', series, from, to, limit })
      const { readings, supersededAt } = answer as { readings: SentReadings; supersededAt: Float64Array }
      return (readingsOf(readings) as Reading[]).map((reading, row) => ({
        ...reading,
        supersededAt: supersededAt[row] as number,
      }))
    },
    damaged: async (series, from, to) => (await reader.ask({ kind: 'damaged', series, from, to })) as DamagedSpan[],
    async dropBefore(before, keep) {
      const dropped = (await writer.ask({ kind: 'drop', before, keep: [...keep] })) as number
      droppedReadings += dropped
      return { dropped }
    },
    state() {
      const damage =
        damageCount === 0 ? null : `${damageCount} damaged places were set aside, first: ${placeOf(damages[0])}`
      return {
        state: state.is,
        reason: state.reason ?? damage,
        readings: opened.readings + group.stored - droppedReadings - lostReadings,
        bytes: sizeOf(path) + sizeOf(`${path}-wal`),
        queued: group.queued,
      }
    },
    backup: (folder) => backupTo(path, folder),
    async settle() {
      await writer.ask({ kind: 'settle' })
    },
    async scrub() {
      await scrubbed
      await reader.ask({ kind: 'scrub' })
      return damages
    },
    close() {
      closing ??= closeAll()
      return closing
    },
  })

  async function closeAll(): Promise<void> {
    // What was added counts only when somebody waits for it, and then it is made durable first.
    await group.commit().catch(() => undefined)
    await reader.close({ kind: 'close' })
    await writer.close({ kind: 'close' })
    lock.release()
  }
}

const closedFailure = (): Failure => new Failure('store-unavailable', 'The telemetry store is closed.')

const placeOf = (damage: Damage | undefined): string =>
  damage === undefined ? '' : `${damage.place} (${damage.reason})`

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
