// Brings one batch to the server: asks what is there, then writes names, history and readings, in this order.
import type { CommitResult, Reading } from '#domain/ports/telemetry.ts'
import { severally } from './ask.ts'
import { integer } from './encode.ts'
import type { Cell, Engine, Point, Precision } from './engine.ts'
import { LOOKUP_GAP_MS, WRITES_AT_ONCE, WRITE_POINTS } from './limits.ts'
import { askBySeries, isSeries } from './questions.ts'
import { READING_COLUMNS, fieldsOf, readingOf, sameValue } from './reading-fields.ts'
import { doubtful, resolve } from './resolve.ts'
import type { Added, Existing, Replaced } from './resolve.ts'
import type { PremisesOf, Series, SeriesNames } from './series-names.ts'
import { OLD_MS } from './turns.ts'
import type { Turns } from './turns.ts'

/** `turns`: null where this process alone writes. `turn`: by share, how often another node had it. */
export type Server = {
  engine: Engine
  names: SeriesNames
  premisesOf: PremisesOf
  turns: Turns | null
  turn: number[]
}

/** Resolves when the server has acknowledged the whole batch. It can be called again with the same batch after a failure. */
export async function apply(server: Server, batch: readonly Added[]): Promise<CommitResult> {
  const series = [...new Set(batch.map((added) => added.series))]
  const { turns, turn, names, engine } = server
  if (turns === null) return applyAlone(server, batch, series)
  const old = Date.now() - OLD_MS
  const touchesOld = batch.some(({ reading }) => reading.at < old)
  const shares = [...new Set(series.map(({ share }) => share))]
  return turns.take(shares, touchesOld, async (changed) => {
    for (const share of changed) turn[share] = (turn[share] ?? 0) + 1
    for (const one of series) {
      if (one.turn === (turn[one.share] ?? 0)) continue
      one.newest = null
      one.turn = turn[one.share] ?? 0
    }
    // Another node may have begun them, with tags that are then theirs.
    if (series.some(({ saved }) => !saved)) await names.refresh(engine)
    return applyAlone(server, batch, series)
  })
}

async function applyAlone(
  { engine, names, premisesOf }: Server,
  batch: readonly Added[],
  series: readonly Series[],
): Promise<CommitResult> {
  await learnNewest(engine, names, series)
  const existing = await askExisting(engine, doubtful(batch))
  const { written, replaced, result } = resolve(batch, existing)
  await names.save(engine, series, premisesOf)
  await writeAll(engine, await historyPoints(engine, replaced, existing), 'ns')
  await writeAll(
    engine,
    written.map(({ series: { tags }, reading, whole }) => ({
      measurement: 'reading',
      tags,
      fields: fieldsOf(reading, whole),
      time: String(reading.at),
    })),
    'ms',
  )
  for (const { series: one, reading } of written) {
    if (reading.at > (one.newest ?? -1)) one.newest = reading.at
  }
  return result
}

/** Asks the server for the newest instant of series that this process has not written yet. */
async function learnNewest(engine: Engine, names: SeriesNames, series: readonly Series[]): Promise<void> {
  const unknown = series.filter(({ newest }) => newest === null)
  if (unknown.length === 0) return
  const answers = await askBySeries(engine, names, unknown, {
    select: 'last("received")',
    from: 'reading',
    where: 'time >= 0ms',
  })
  for (const one of unknown) one.newest = (answers.get(one)?.values[0]?.[0] as number | undefined) ?? -1
}

/** Readings of the server at these instants; instants near each other are asked together. */
async function askExisting(engine: Engine, instants: Map<Series, number[]>): Promise<Existing> {
  const existing: Existing = new Map()
  for (const { series, rows } of await askRanges(engine, instants, 'reading', READING_COLUMNS)) {
    const wanted = new Set(instants.get(series))
    const found = existing.get(series) ?? new Map<number, Reading>()
    existing.set(series, found)
    for (const row of rows) if (wanted.has(row[0] as number)) found.set(row[0] as number, readingOf(row))
  }
  return existing
}

async function askRanges(
  engine: Engine,
  instants: Map<Series, number[]>,
  from: string,
  columns: string,
): Promise<{ series: Series; rows: Cell[][] }[]> {
  const asked: Series[] = []
  const statements: string[] = []
  for (const [series, unsorted] of instants) {
    const sorted = unsorted.toSorted((a, b) => a - b)
    for (let start = 0; start < sorted.length;) {
      let end = start
      while (end + 1 < sorted.length && (sorted[end + 1] as number) - (sorted[end] as number) <= LOOKUP_GAP_MS) end++
      asked.push(series)
      statements.push(
        `SELECT ${columns} FROM "${from}" WHERE ${isSeries(series)} AND time >= ${sorted[start]}ms AND time < ${(sorted[end] as number) + 1}ms`,
      )
      start = end + 1
    }
  }
  const answers = await engine.ask(statements)
  return answers.map((tables, index) => ({
    series: asked[index] as Series,
    rows: tables.flatMap(({ values }) => values),
  }))
}

/**
 * Points of the history. Several values of one instant lie one nanosecond apart, in the order of their replacement; a value
 * that is there already (a batch that is written once more) keeps its place.
 */
async function historyPoints(engine: Engine, replaced: readonly Replaced[], existing: Existing): Promise<Point[]> {
  const instants = new Map<Series, number[]>()
  for (const { series, superseded } of replaced) {
    if (existing.get(series)?.has(superseded.at) !== true) continue
    const some = instants.get(series)
    if (some === undefined) instants.set(series, [superseded.at])
    else some.push(superseded.at)
  }
  const ranks = new Map<Series, Map<number, Cell[][]>>()
  const columns = `${READING_COLUMNS}, "supersededAt", "rank"`
  for (const { series, rows } of await askRanges(engine, instants, 'superseded', columns)) {
    const known = ranks.get(series) ?? new Map<number, Cell[][]>()
    ranks.set(series, known)
    for (const row of rows) known.set(row[0] as number, [...(known.get(row[0] as number) ?? []), row])
  }
  return replaced.map(({ series, superseded }) => {
    const known = ranks.get(series) ?? new Map<number, Cell[][]>()
    ranks.set(series, known)
    const rows = known.get(superseded.at) ?? []
    const same = rows.find(
      (row) => row[7] === superseded.supersededAt && sameValue(readingOf(row).value, superseded.value),
    )
    const rank = (same?.[8] as number | undefined) ?? rows.length
    if (same === undefined) {
      const marker: Cell[] = [superseded.at, ...Array<Cell>(6).fill(null), -1, rank]
      known.set(superseded.at, [...rows, marker])
    }
    return {
      measurement: 'superseded',
      tags: series.tags,
      fields: {
        ...fieldsOf(superseded, true),
        supersededAt: integer(superseded.supersededAt),
        rank: integer(rank),
      },
      time: `${superseded.at}${String(rank).padStart(6, '0')}`,
    }
  })
}

export async function writeAll(engine: Engine, points: readonly Point[], precision: Precision): Promise<void> {
  const writes: Point[][] = []
  for (let start = 0; start < points.length; start += WRITE_POINTS)
    writes.push(points.slice(start, start + WRITE_POINTS))
  await severally(writes, WRITES_AT_ONCE, (some) => engine.write(some, precision))
}
