// Moves all readings with their history from one telemetry store to another, series by series; each is read back and compared by digest before it counts as moved.
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { Failure } from '#domain/failure.ts'
import type { Records } from '#domain/ports/records.ts'
import { LAST_INSTANT } from '#domain/ports/telemetry.ts'
import type { Reading, SeriesInfo, Superseded, Telemetry } from '#domain/ports/telemetry.ts'
import { listAll } from '#domain/registry/list-all.ts'

export type MoveParts = {
  from: Telemetry
  to: Telemetry
  records: Records
  /** Where finished series are noted, a JSON line each; a move that was interrupted goes on after them. */
  journal: string
  /** Go on although quarter-hours of dropped readings stay behind. */
  withoutRollUps: boolean
  onSeries: (done: number, readings: number) => void
}
export type Moved = {
  series: number
  readings: number
  superseded: number
  /** SHA-256 over the digests of all series, in the order of their names. */
  digest: string
  /** Readings of the old store that belong to no device of the registry. */
  left: number
}
type Noted = { device: string; point: string; readings: number; superseded: number; digest: string }

/** Readings of one page; replaced values of one question. */
const PAGE = 20_000
const HISTORY_PAGE = 5_000

/** @throws Failure 'conflict' when the target holds something else at an instant, when what is read back differs, or when roll-ups would stay behind. */
export async function moveTelemetry({
  from,
  to,
  records,
  journal,
  withoutRollUps,
  onSeries,
}: MoveParts): Promise<Moved> {
  const noted = new Map<string, Noted>(readJournal(journal).map((one) => [nameOf(one), one]))
  for await (const { id } of listAll(records, 'devices')) {
    for (const source of from.seriesOfDevice(id)) {
      if (noted.has(nameOf({ device: id, point: source.point }))) continue
      if (!withoutRollUps) await refuseRollUps(from, id, source)
      await moveSeries(from, to, id, source)
      const [ours, theirs] = await Promise.all([
        digestOf(from, source.series),
        digestOf(to, to.seriesOf(id, source.point)),
      ])
      if (ours.digest !== theirs.digest) {
        throw new Failure(
          'conflict',
          `${id} / ${source.point} reads differently in the new store: ${ours.readings} readings here, ${theirs.readings} there. Empty the new store and move again.`,
        )
      }
      const line: Noted = { device: id, point: source.point, ...ours }
      appendFileSync(journal, `${JSON.stringify(line)}\n`, { mode: 0o600, flush: true })
      noted.set(nameOf(line), line)
      onSeries(noted.size, ours.readings)
    }
  }
  const all = [...noted.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  const readings = all.reduce((sum, one) => sum + one.readings, 0)
  return {
    series: all.length,
    readings,
    superseded: all.reduce((sum, one) => sum + one.superseded, 0),
    digest: createHash('sha256')
      .update(all.map(({ digest }) => digest).join('\n'))
      .digest('hex'),
    left: from.state().readings - readings,
  }
}

async function moveSeries(
  from: Telemetry,
  to: Telemetry,
  device: string,
  { series, point }: SeriesInfo,
): Promise<void> {
  const target = to.seriesOf(device, point)
  for await (const page of pagesOf(from, series)) {
    const [first, end] = [(page[0] as Reading).at, (page.at(-1) as Reading).at + 1]
    const history = Map.groupBy(await historyOf(from, series, first, end), ({ at }) => at)
    const there = new Map((await to.readings(target, first, end, PAGE)).map((reading) => [reading.at, reading]))
    for (const reading of page) {
      const chain: Reading[] = [...(history.get(reading.at) ?? []).map(plain), reading]
      const standing = there.get(reading.at)
      // After an interruption a part of the chain may be there already; what comes after it is missing.
      const start = standing === undefined ? 0 : chain.findLastIndex((one) => lineOf(one) === lineOf(standing)) + 1
      if (standing !== undefined && start === 0) {
        throw new Failure(
          'conflict',
          `The new store holds another reading of ${device} / ${point} at ${new Date(reading.at).toISOString()}. Empty it and move again.`,
        )
      }
      for (const { at, value, quality, receivedAt, simulated } of chain.slice(start)) {
        to.add(target, at, value, quality, receivedAt, simulated)
      }
    }
    await to.commit()
  }
}

/** Count and SHA-256 of all readings and replaced values of a series, as it is read now. */
async function digestOf(store: Telemetry, series: number): Promise<Pick<Noted, 'readings' | 'superseded' | 'digest'>> {
  const hash = createHash('sha256')
  let readings = 0
  let superseded = 0
  for await (const page of pagesOf(store, series)) {
    readings += page.length
    for (const reading of page) hash.update(`${lineOf(reading)}\n`)
    const history = await historyOf(store, series, (page[0] as Reading).at, (page.at(-1) as Reading).at + 1)
    superseded += history.length
    for (const one of history) hash.update(`${lineOf(one)} ${one.supersededAt}\n`)
  }
  return { readings, superseded, digest: hash.digest('hex') }
}

async function* pagesOf(store: Telemetry, series: number): AsyncGenerator<Reading[]> {
  for (let from = 0; ;) {
    const page = await store.readings(series, from, LAST_INSTANT + 1, PAGE)
    if (page.length > 0) yield page
    if (page.length < PAGE) return
    from = (page.at(-1) as Reading).at + 1
  }
}

/** Replaced values of a range by instant, and of one instant in the order of their replacement. A range with too many is halved. */
async function historyOf(store: Telemetry, series: number, from: number, to: number): Promise<Superseded[]> {
  const found = await store.superseded(series, from, to, HISTORY_PAGE)
  if (found.length < HISTORY_PAGE || to - from <= 1) return found.toReversed().sort((a, b) => a.at - b.at)
  const middle = Math.floor((from + to) / 2)
  return [...(await historyOf(store, series, from, middle)), ...(await historyOf(store, series, middle, to))]
}

async function refuseRollUps(from: Telemetry, device: string, { series, point }: SeriesInfo): Promise<void> {
  const [first] = await from.readings(series, 0, LAST_INSTANT + 1, 1)
  const end = Math.max(1, first?.at ?? LAST_INSTANT)
  const [[before] = []] = await from.buckets([series], [0, end])
  if (before === undefined || before.count === 0) return
  throw new Failure(
    'conflict',
    `${device} / ${point} has quarter-hours of readings that retention dropped; a move takes readings only. Move with --without-roll-ups and keep the old store for charts of that time.`,
  )
}

const plain = ({ at, value, quality, receivedAt, simulated }: Superseded): Reading => ({
  at,
  value,
  quality,
  receivedAt,
  simulated,
})
const lineOf = ({ at, value, quality, receivedAt, simulated }: Reading): string =>
  JSON.stringify([at, value, quality, receivedAt, simulated])
const nameOf = ({ device, point }: { device: string; point: string }): string => JSON.stringify([device, point])

function readJournal(path: string): Noted[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n')
  // A line without its end was cut off by a crash: that series is moved again.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as Noted)
}
