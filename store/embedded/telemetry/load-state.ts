// Builds the writer's state from the database. What is damaged is reported and set aside; the rest is taken.
import type { DatabaseSync } from 'node:sqlite'
import { DamagedBytes } from './bytes.ts'
import { ChunkTable } from './chunk-table.ts'
import { hasText } from './flags.ts'
import { decodeLogRow } from './log-row.ts'
import type { Damage } from './messages.ts'
import { inTransaction, isBrokenFile } from './open-database.ts'
import { ALL_SERIES, NO_PROGRESS, progressStatements } from './progress.ts'
import { SeriesTable } from './series-table.ts'
import { Tail } from './tail.ts'
import { countReadings, findNewest, nameChecksum, prepareLatest, writeLatest } from './writer-state.ts'
import type { Report, WriterState } from './writer-state.ts'

/**
 * Reads the whole state. A row whose checksum does not fit is moved to the table `damaged`. Where pages of the file are
 * broken, the state is `broken`: what can be read is there, and nothing is written any more.
 */
export function loadState(database: DatabaseSync, report: Report, broken: string | null): WriterState {
  const chunks = new ChunkTable(database)
  const state: WriterState = {
    database,
    broken,
    chunks,
    names: [],
    progress: NO_PROGRESS,
    report,
    series: new SeriesTable(),
    latest: prepareLatest(database),
    tail: new Tail(),
    nextChunkId: 1,
    readings: 0,
    dueMerges: new Set(),
  }
  unlessBroken(state, 'names of series', () => loadNames(state))
  unlessBroken(state, 'progress', () => loadProgress(state))
  unlessBroken(state, 'newest readings', () => loadLatest(state))
  unlessBroken(state, 'chunks', () => countChunks(state))
  loadLog(state)
  return state
}

/** Where SQLite says that pages are broken, goes on without them and lets nothing be written. */
function unlessBroken(state: WriterState, place: string, load: () => void): void {
  try {
    load()
  } catch (cause) {
    if (!isBrokenFile(cause)) throw cause
    state.broken ??= cause.message
    state.report({ place, reason: cause.message }, 0)
  }
}

/** Keeps the bytes in the table `damaged`, mends the database, reports. In a broken file it only reports. */
function setAside(state: WriterState, damage: Damage, body: unknown, mend: () => void): void {
  state.report(damage, 0)
  if (state.broken !== null) return
  inTransaction(state.database, () => {
    state.database
      .prepare('INSERT INTO damaged (found_at, place, reason, body) VALUES (?, ?, ?, ?)')
      .run(Date.now(), damage.place, damage.reason, body instanceof Uint8Array ? body : null)
    mend()
  })
}

function loadNames(state: WriterState): void {
  const { database, names, series } = state
  const damaged = []
  for (const row of database.prepare('SELECT id, device, point, checksum FROM series ORDER BY id').iterate()) {
    const name = { series: row['id'] as number, device: String(row['device']), point: String(row['point']) }
    series.ensure(name.series)
    if (row['checksum'] === nameChecksum(name)) names.push(name)
    else damaged.push(name)
  }
  for (const name of damaged) {
    // Its readings stay under their number; only the name is lost, so nobody finds them by a wrong one.
    const damage = { place: `name of series ${name.series}`, reason: 'its checksum does not fit' }
    const body = new TextEncoder().encode(JSON.stringify([name.device, name.point]))
    setAside(state, damage, body, () => database.prepare('DELETE FROM series WHERE id = ?').run(name.series))
  }
}

function loadProgress(state: WriterState): void {
  const statements = progressStatements(state.database)
  const stored = statements.read()
  if (stored === 'damaged') {
    const sum = state.database.prepare('SELECT coalesce(sum(count), 0) AS readings FROM chunk').get()
    state.progress = { ...NO_PROGRESS, readings: sum?.['readings'] as number }
    const damage = { place: 'progress', reason: 'its checksum does not fit' }
    setAside(state, damage, null, () => statements.write(state.progress))
  } else state.progress = stored
  state.readings = state.progress.readings
}

function loadLatest(state: WriterState): void {
  const { database, series } = state
  const damaged: { number: number; body: unknown; reason: string }[] = []
  for (const row of database.prepare('SELECT series, body FROM latest').iterate()) {
    const number = row['series'] as number
    try {
      series.decodeLatest(number, row['body'])
    } catch (cause) {
      if (!(cause instanceof DamagedBytes)) throw cause
      damaged.push({ number, body: row['body'], reason: cause.message })
    }
  }
  for (const { number, body, reason } of damaged) {
    series.ensure(number)
    series.chunkReadings[number] = countReadings(database, number)
    findNewest(state, number)
    setAside(state, { place: `newest reading of series ${number}`, reason }, body, () => writeLatest(state, number))
  }
}

/** Counts chunks and their readings, and reports series of which some are gone. */
function countChunks(state: WriterState): void {
  const { chunks, series, dueMerges } = state
  state.nextChunkId = chunks.nextId
  const found = new Map<number, number>()
  for (const { series: number, to, count } of chunks.all()) {
    series.ensure(number)
    if (series.countChunk(number, count, 1)) dueMerges.add(number)
    if (to > (series.chunksTo[number] as number)) series.chunksTo[number] = to
    found.set(number, (found.get(number) ?? 0) + count)
  }
  for (let number = 1; number <= series.last; number++) {
    const there = found.get(number) ?? 0
    const should = series.chunkReadings[number] as number
    if (there === should) continue
    const damage = { place: `series ${number}`, reason: `${should} readings should be in its chunks, ${there} are` }
    series.chunkReadings[number] = there
    if (series.newestAt[number] === -Infinity) findNewest(state, number)
    setAside(state, damage, null, () => writeLatest(state, number))
  }
}

function loadLog(state: WriterState): void {
  const { database, tail, progress } = state
  const seqs: number[] = []
  unlessBroken(state, 'log', () => {
    for (const row of database.prepare('SELECT seq FROM log ORDER BY seq').iterate()) seqs.push(row['seq'] as number)
  })
  tail.lastSeq = progress.through
  for (const seq of seqs) {
    if (seq <= progress.through && progress.series === ALL_SERIES) continue
    if (seq > progress.through && seq !== Math.max(tail.lastSeq, progress.through) + 1) {
      const place = `log rows ${tail.lastSeq + 1} to ${seq - 1}`
      setAside(state, { place, reason: 'they are missing' }, null, () => undefined)
    }
    unlessBroken(state, `log row ${seq}`, () => loadLogRow(state, seq))
    tail.lastSeq = seq
  }
  tail.lastSeq = Math.max(tail.lastSeq, progress.through)
}

function loadLogRow(state: WriterState, seq: number): void {
  const { database, tail, progress, series } = state
  const blob = database.prepare('SELECT body FROM log WHERE seq = ?').get(seq)?.['body']
  const start = tail.columns.count
  try {
    const stored = decodeLogRow(blob, seq, tail.columns, seq <= progress.through ? progress.series : 0)
    if (seq > progress.through) state.readings += stored
  } catch (cause) {
    if (!(cause instanceof DamagedBytes)) throw cause
    const damage = { place: `log row ${seq}`, reason: cause.message }
    setAside(state, damage, blob, () => database.prepare('DELETE FROM log WHERE seq = ?').run(seq))
  }
  tail.endRow(seq)
  for (let row = start; row < tail.columns.count; row++) takeNewest(series, tail, row)
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
