// The port in front of a server that speaks InfluxQL: names, writer with spool, questions.
import { Failure } from '#domain/failure.ts'
import { checkEdges, checkReading } from '#domain/metering/check-reading.ts'
import { MAX_PAGE_READINGS } from '#domain/ports/telemetry.ts'
import type { Reading, Superseded, Telemetry, TelemetryState } from '#domain/ports/telemetry.ts'
import { writeCopy } from './copy.ts'
import { dropBefore, finishDrops } from './drop-before.ts'
import { between } from './encode.ts'
import type { Engine } from './engine.ts'
import { BACK_OFF_FIRST_MS, NAMES_REFRESH_MS, OPEN_MS, SPOOL_BYTES } from './limits.ts'
import { askBySeries, askReadings, isSeries } from './questions.ts'
import { readBuckets } from './read-buckets.ts'
import { readMeter } from './read-meter.ts'
import { READING_COLUMNS, readingOf } from './reading-fields.ts'
import { SeriesNames } from './series-names.ts'
import type { PremisesOf, Series } from './series-names.ts'
import { Spool } from './spool.ts'
import type { Turns } from './turns.ts'
import { Writer } from './writer.ts'

export type ServerTelemetryOptions = {
  /** Folder of the spool; one process may use it. */
  spoolFolder: string
  /** Bytes that the spool may hold. */
  spoolBytes?: number
  /** How long the start waits for the server. */
  openMs?: number
  /** Premises of a device, for the tag `premises`. */
  premisesOf?: PremisesOf
  /** Where several nodes write into the same server: their turns; closed with the store. */
  turns?: Turns
  /** Hears when the server is away, back, or the spool full. */
  onState?: (state: TelemetryState['state'], reason: string | null) => void
}

/**
 * Opens the store on an engine. What an earlier process left in the spool is written first.
 * @throws Failure 'store-unavailable' when the server does not answer within OPEN_MS.
 */
export async function openServerTelemetry(engine: Engine, options: ServerTelemetryOptions): Promise<Telemetry> {
  const names = new SeriesNames()
  await whenAnswering(async () => {
    await names.refresh(engine)
    await finishDrops(engine, names)
  }, options.openMs)
  const spool = new Spool(options.spoolFolder, options.spoolBytes ?? SPOOL_BYTES)
  const turns = options.turns ?? null
  const server = { engine, names, premisesOf: options.premisesOf ?? (async () => null), turns, turn: [] }
  const writer = new Writer(server, spool, (state, reason) => {
    // Of a write whose answer was lost nobody knows how much of it was new.
    if (state === 'ready') void recount().catch(() => undefined)
    options.onState?.(state, reason)
  })
  /** Readings that the server had when it was asked last, less those counted by the writer until then. */
  let counted = 0
  const recount = async (): Promise<void> => {
    for (let tries = 0; tries < COUNTS; tries++) {
      const before = writer.stored
      const count = await countReadings(engine)
      counted = count - writer.stored
      if (writer.stored === before) return
    }
  }
  await recount().catch(() => undefined)
  const refreshing = setInterval(() => {
    if (writer.reachable) void names.refresh(engine).catch(() => undefined)
  }, NAMES_REFRESH_MS)
  refreshing.unref()
  let closed = false
  /** Series whose readings just become quarters: questions about them wait until they have either. */
  let dropping: { series: readonly Series[]; done: Promise<unknown> } | null = null

  const use = (): void => {
    if (closed) throw new Failure('store-unavailable', 'The telemetry store is closed.')
  }
  /** The series asked for, when they can be answered now. */
  const asked = async (numbers: readonly number[], complete: boolean): Promise<Series[]> => {
    use()
    const series = numbers.map((number) => names.at(number))
    if (complete) writer.refuseIncomplete(series)
    writer.refuseAway()
    if (dropping !== null && series.some((one) => dropping?.series.includes(one))) await dropping.done
    return series
  }
  const exclusively = async <T>(series: readonly Series[], cut: number, run: () => Promise<T>): Promise<T> => {
    const done = writer.withHeld(series, cut, () => (turns === null ? run() : turns.retain(run)))
    dropping = { series, done: done.catch(() => undefined) }
    try {
      return await done
    } finally {
      dropping = null
    }
  }

  return {
    seriesOf: (device, point) => names.of(device, point).series,
    findSeries(device, point) {
      const found = names.find(device, point)
      return found !== null && found.acknowledged ? found.series : null
    },
    seriesOfDevice: (device) =>
      names
        .ofDevice(device)
        .filter(({ acknowledged }) => acknowledged)
        .map(({ series, point }) => ({ series, device, point })),
    add(number, at, value, quality, receivedAt, simulated) {
      use()
      const series = names.at(number)
      checkReading(at, value, receivedAt)
      const plain = typeof value === 'number' ? value + 0 : value
      writer.add({ series, reading: { at, value: plain, quality, receivedAt, simulated } })
    },
    async commit() {
      use()
      return writer.commit()
    },
    async latest(numbers) {
      const series = await asked(numbers, false)
      return readLatest(engine, names, series)
    },
    async buckets(numbers, edges) {
      checkEdges(edges)
      return readBuckets(engine, names, await asked(numbers, false), edges)
    },
    async readings(number, from, to, limit) {
      const [series] = (await asked([number], true)) as [Series]
      return askReadings(engine, series, from, to, Math.min(limit, MAX_PAGE_READINGS))
    },
    async meterReadings(number, from, to) {
      const [series] = (await asked([number], true)) as [Series]
      return readMeter(engine, series, from, to)
    },
    async superseded(number, from, to, limit) {
      const [series] = (await asked([number], true)) as [Series]
      return readSuperseded(engine, series, from, to, limit)
    },
    async dropBefore(before, keep) {
      use()
      await writer.drained()
      const cutOf = ({ series }: Series): number => Math.min(before, keep.get(series) ?? before)
      const dropped = await dropBefore(engine, names, cutOf, exclusively)
      counted -= dropped
      return { dropped }
    },
    state() {
      return { ...writer.state, readings: counted + writer.stored, bytes: spool.bytes, queued: writer.queued }
    },
    async backup(folder) {
      use()
      await writer.commit()
      await writer.drained()
      await writeCopy(engine, names, folder)
    },
    async close() {
      if (closed) return
      closed = true
      clearInterval(refreshing)
      await writer.close()
      await turns?.close()
      engine.close()
    },
  }
}

/** The newest reading of each series; where retention took it, the one that it left. */
async function readLatest(engine: Engine, names: SeriesNames, series: readonly Series[]): Promise<(Reading | null)[]> {
  const select = `last("received"), ${READING_COLUMNS}`
  const asked = [...new Set(series)].filter(({ saved }) => saved)
  const found = await askBySeries(engine, names, asked, { select, from: 'reading', where: 'time >= 0ms' })
  const missing = asked.filter((one) => !found.has(one))
  const left = await askBySeries(engine, names, missing, { select, from: 'latest', where: 'time >= 0ms' })
  return series.map((one) => {
    const [at, , ...columns] = (found.get(one) ?? left.get(one))?.values[0] ?? []
    return at === undefined ? null : readingOf([at, ...columns])
  })
}

async function readSuperseded(
  engine: Engine,
  series: Series,
  from: number,
  to: number,
  limit: number,
): Promise<Superseded[]> {
  const [tables = []] = await engine.ask([
    `SELECT ${READING_COLUMNS}, "supersededAt", "rank" FROM "superseded" WHERE ${isSeries(series)} AND ${between(from, to)}`,
  ])
  // Newest replacement first; of one instant the order is that of the ranks, whatever receive times say.
  const newest = new Map<number, number>()
  return tables
    .flatMap(({ values }) => values)
    .sort((a, b) => (a[8] as number) - (b[8] as number))
    .map((row) => {
      const [at, supersededAt, rank] = [row[0], row[7], row[8]] as [number, number, number]
      const order = Math.max(newest.get(at) ?? 0, supersededAt)
      newest.set(at, order)
      return { order, rank, superseded: { ...readingOf(row), supersededAt } }
    })
    .sort((a, b) => b.order - a.order || b.superseded.at - a.superseded.at || b.rank - a.rank)
    .slice(0, limit)
    .map(({ superseded }) => superseded)
}

/** Times that readings are counted until nothing was written meanwhile. */
const COUNTS = 5

/** All readings that the server has. */
async function countReadings(engine: Engine): Promise<number> {
  const [tables = []] = await engine.ask(['SELECT count("received") FROM "reading"'])
  return (tables[0]?.values[0]?.[1] as number | undefined) ?? 0
}

/** Tries until the server answers, for as long as a start may wait. */
export async function whenAnswering<T>(run: () => Promise<T>, openMs = OPEN_MS): Promise<T> {
  const until = Date.now() + openMs
  for (;;) {
    try {
      return await run()
    } catch (cause) {
      if (Date.now() + BACK_OFF_FIRST_MS > until) throw cause
      await new Promise((resolve) => setTimeout(resolve, BACK_OFF_FIRST_MS))
    }
  }
}
