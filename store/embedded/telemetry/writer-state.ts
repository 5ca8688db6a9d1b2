// All that the writer keeps in memory, rebuilt from the database at every start and after a write that did not succeed.
import type { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import type { SeriesInfo } from '#domain/ports/telemetry.ts'
import { DamagedBytes } from './bytes.ts'
import { ChunkTable, DamagedChunk } from './chunk-table.ts'
import { decodeLogRow } from './log-row.ts'
import type { Damage } from './messages.ts'
import { inTransaction } from './open-database.ts'
import { ALL_SERIES, progressStatements } from './progress.ts'
import type { Progress } from './progress.ts'
import { hasText } from './flags.ts'
import { SeriesTable } from './series-table.ts'
import { Tail } from './tail.ts'

export type WriterState = {
  database: DatabaseSync
  chunks: ChunkTable
  series: SeriesTable
  names: SeriesInfo[]
  tail: Tail
  progress: Progress
  nextChunkId: number
  /** Readings in the store, one per series and instant. */
  readings: number
  /** Series that have many small chunks. */
  dueMerges: Set<number>
  report: Report
}

/** Tells damage once; `dropped` is how many readings it took from the count. */
export type Report = (damage: Damage, dropped: number) => void

/** Reads the whole state; damaged rows are reported, moved to the table `damaged`, and the rest is taken. */
export function loadState(database: DatabaseSync, report: Report): WriterState {
  const damages = damageTable(database, report)
  const chunks = new ChunkTable(database)
  const names = loadNames(database, damages)
  const progress = loadProgress(database, damages)
  const state: WriterState = {
    database,
    chunks,
    names,
    progress,
    report,
    series: new SeriesTable(),
    tail: new Tail(),
    nextChunkId: chunks.nextId,
    readings: progress.readings,
    dueMerges: new Set(),
  }
  for (const { series } of names) state.series.ensure(series)
  loadLatest(state, damages)
  countChunks(state, damages)
  loadLog(state, damages)
  return state
}

/** Checksum of a row of the table `series`. */
export const nameChecksum = ({ series, device, point }: SeriesInfo): number =>
  crc32(JSON.stringify([series, device, point]))

type DamageTable = { setAside(damage: Damage, body: unknown, remove: () => void): void }

function damageTable(database: DatabaseSync, report: Report): DamageTable {
  const insert = database.prepare('INSERT INTO damaged (found_at, place, reason, body) VALUES (?, ?, ?, ?)')
  return {
    setAside(damage, body, remove) {
      inTransaction(database, () => {
        insert.run(Date.now(), damage.place, damage.reason, body instanceof Uint8Array ? body : null)
        remove()
      })
      report(damage, 0)
    },
  }
}

function loadNames(database: DatabaseSync, damages: DamageTable): SeriesInfo[] {
  const names: SeriesInfo[] = []
  for (const row of database.prepare('SELECT id, device, point, checksum FROM series ORDER BY id').all()) {
    const name = { series: row['id'] as number, device: String(row['device']), point: String(row['point']) }
    if (row['checksum'] === nameChecksum(name)) {
      names.push(name)
      continue
    }
    // Its readings stay under their number; only the name is lost, so nobody finds them by a wrong one.
    const damage = { place: `name of series ${name.series}`, reason: 'its checksum does not fit' }
    const body = new TextEncoder().encode(JSON.stringify([name.device, name.point]))
    damages.setAside(damage, body, () => database.prepare('DELETE FROM series WHERE id = ?').run(name.series))
  }
  return names
}

function loadProgress(database: DatabaseSync, damages: DamageTable): Progress {
  const statements = progressStatements(database)
  const stored = statements.read()
  if (stored !== 'damaged') return stored
  const chunks = database.prepare('SELECT coalesce(sum(count), 0) AS readings FROM chunk').get()?.['readings'] as number
  const anew = { through: 0, series: ALL_SERIES, readings: chunks }
  damages.setAside({ place: 'progress', reason: 'its checksum does not fit' }, null, () => statements.write(anew))
  return anew
}

function loadLatest(state: WriterState, damages: DamageTable): void {
  const { database, series } = state
  const statement = database.prepare('SELECT series, body FROM latest')
  for (const row of statement.all()) {
    const number = row['series'] as number
    try {
      series.decodeLatest(number, row['body'])
    } catch (cause) {
      if (!(cause instanceof DamagedBytes)) throw cause
      series.ensure(number)
      const damage = { place: `newest reading of series ${number}`, reason: cause.message }
      damages.setAside(damage, row['body'], () => rebuildLatest(state, number))
    }
  }
}

/** The newest reading again from the last chunk that can be read. */
export function rebuildLatest(state: WriterState, number: number): void {
  const { database, series, chunks } = state
  const sum = database.prepare('SELECT coalesce(sum(count), 0) AS readings FROM chunk WHERE series = ?').get(number)
  series.chunkReadings[number] = sum?.['readings'] as number
  for (let key = chunks.atOrBefore(number, Infinity); key !== null; key = chunks.atOrBefore(number, key.from - 1)) {
    try {
      const run = chunks.run(key)
      const last = run.count - 1
      const flags = run.flags[last] as number
      const text = hasText(flags) ? run.texts?.[last] : undefined
      series.setNewest(
        number,
        run.at[last] as number,
        run.value[last] as number,
        flags,
        run.receivedAt[last] as number,
        text,
      )
      break
    } catch (cause) {
      if (!(cause instanceof DamagedChunk)) throw cause
    }
  }
  writeLatest(state, number)
}

/** Writes the row of the table `latest`; one without any reading has none. */
export function writeLatest({ database, series }: WriterState, number: number): void {
  if (series.newestAt[number] === -Infinity) {
    database.prepare('DELETE FROM latest WHERE series = ?').run(number)
  } else {
    database
      .prepare(
        'INSERT INTO latest (series, body) VALUES (?, ?) ON CONFLICT (series) DO UPDATE SET body = excluded.body',
      )
      .run(number, series.encodeLatest(number))
  }
}

/** Counts chunks and their readings, and reports series of which some are gone. */
function countChunks(state: WriterState, damages: DamageTable): void {
  const { chunks, series, dueMerges } = state
  const found = new Map<number, number>()
  for (const { series: number, to, count } of chunks.all()) {
    series.ensure(number)
    if (series.countChunk(number, count, 1)) dueMerges.add(number)
    if (to > (series.chunksTo[number] as number)) series.chunksTo[number] = to
    found.set(number, (found.get(number) ?? 0) + count)
  }
  const expected = state.database
    .prepare('SELECT series FROM latest')
    .all()
    .map((row) => row['series'] as number)
  for (const number of new Set([...expected, ...found.keys()])) {
    const there = found.get(number) ?? 0
    const should = series.chunkReadings[number] as number
    if (there === should) continue
    const damage = { place: `series ${number}`, reason: `${should} readings should be in its chunks, ${there} are` }
    damages.setAside(damage, null, () => {
      series.chunkReadings[number] = there
      if (series.newestAt[number] === -Infinity) rebuildLatest(state, number)
      else writeLatest(state, number)
    })
  }
}

function loadLog(state: WriterState, damages: DamageTable): void {
  const { database, tail, progress, series } = state
  tail.lastSeq = progress.through
  const body = database.prepare('SELECT body FROM log WHERE seq = ?')
  const remove = database.prepare('DELETE FROM log WHERE seq = ?')
  const seqs = database
    .prepare('SELECT seq FROM log ORDER BY seq')
    .all()
    .map((row) => row['seq'] as number)
  for (const seq of seqs) {
    if (seq <= progress.through && progress.series === ALL_SERIES) continue
    if (seq > progress.through && seq !== Math.max(tail.lastSeq, progress.through) + 1) {
      const place = `log rows ${tail.lastSeq + 1} to ${seq - 1}`
      damages.setAside({ place, reason: 'they are missing' }, null, () => undefined)
    }
    const blob = body.get(seq)?.['body']
    const start = tail.columns.count
    try {
      const stored = decodeLogRow(blob, seq, tail.columns, seq <= progress.through ? progress.series : 0)
      if (seq > progress.through) state.readings += stored
    } catch (cause) {
      if (!(cause instanceof DamagedBytes)) throw cause
      damages.setAside({ place: `log row ${seq}`, reason: cause.message }, blob, () => remove.run(seq))
    }
    tail.endRow(seq)
    for (let row = start; row < tail.columns.count; row++) takeNewest(series, tail, row)
  }
  tail.lastSeq = Math.max(tail.lastSeq, progress.through)
}

/** Makes a row of the tail the newest reading of its series if no later instant is known. */
function takeNewest(series: SeriesTable, { columns }: Tail, row: number): void {
  const number = columns.series[row] as number
  series.ensure(number)
  const at = columns.at[row] as number
  if (at < (series.newestAt[number] as number)) return
  const flags = columns.flags[row] as number
  const text = hasText(flags) ? columns.texts.get(row) : undefined
  series.setNewest(number, at, columns.value[row] as number, flags, columns.receivedAt[row] as number, text)
}
