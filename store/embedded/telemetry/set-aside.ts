// Moves a row that cannot be read out of the way, keeping its bytes in the table `damaged`, and reports it once.
import type { ChunkKey } from './chunk.ts'
import { DamagedBytes } from './bytes.ts'
import { DamagedChunk } from './chunk-table.ts'
import type { Damage, Suspect } from './messages.ts'
import { inTransaction } from './open-database.ts'
import { progressStatements } from './progress.ts'
import { decodeReplaced } from './replaced.ts'
import { DamagedRollup, decodeQuarters } from './rollup.ts'
import { writeLatest } from './writer-state.ts'
import type { WriterState } from './writer-state.ts'

/** Checks the row again and, if it is damaged indeed, sets it aside; true then. */
export function setAside(state: WriterState, suspect: Suspect): boolean {
  switch (suspect.table) {
    case 'chunk':
      return setAsideChunk(state, suspect.id)
    case 'rollup':
      return setAsideRollup(state, suspect.series, suspect.from)
    case 'superseded':
      return setAsideReplaced(state, suspect.id)
  }
}

function setAsideChunk(state: WriterState, id: number): boolean {
  const { database, chunks, series } = state
  const row = database.prepare('SELECT series, from_at, to_at, count, body FROM chunk WHERE id = ?').get(id)
  if (row === undefined) return false
  const [number, from, to, count] = [row['series'], row['from_at'], row['to_at'], row['count']].map(Number)
  const key = { id, series: number, from, to, count } as ChunkKey
  chunks.forget(id)
  const reason = reasonOf(() => {
    chunks.figures(key)
    chunks.run(key)
  })
  if (reason === null) return false
  const damage = { place: `chunk ${id} of series ${number}, ${spanOf(key)}`, reason }
  inTransaction(database, () => {
    keepBytes(state, damage, row['body'])
    chunks.delete(id)
    const left = database
      .prepare('SELECT coalesce(sum(count), 0) AS readings FROM chunk WHERE series = ?')
      .get(key.series)
    series.ensure(key.series)
    series.chunkReadings[key.series] = left?.['readings'] as number
    writeLatest(state, key.series)
    state.progress = { ...state.progress, readings: Math.max(0, state.progress.readings - key.count) }
    progressStatements(database).write(state.progress)
  })
  series.countChunk(key.series, key.count, -1)
  state.readings = Math.max(0, state.readings - key.count)
  state.report(damage, key.count)
  return true
}

function setAsideRollup(state: WriterState, series: number, from: number): boolean {
  const { database } = state
  const row = database.prepare('SELECT to_at, body FROM rollup WHERE series = ? AND from_at = ?').get(series, from)
  if (row === undefined) return false
  const reason = reasonOf(() => decodeQuarters(row['body'], series, from, row['to_at'] as number))
  if (reason === null) return false
  const damage = { place: `roll-ups of series ${series}, month of ${textOf(from)}`, reason }
  inTransaction(database, () => {
    keepBytes(state, damage, row['body'])
    database.prepare('DELETE FROM rollup WHERE series = ? AND from_at = ?').run(series, from)
  })
  state.report(damage, 0)
  return true
}

function setAsideReplaced(state: WriterState, id: number): boolean {
  const { database } = state
  const row = database.prepare('SELECT series, at, body FROM superseded WHERE id = ?').get(id)
  if (row === undefined) return false
  const series = Number(row['series'])
  const reason = reasonOf(() => decodeReplaced(row['body'], series, Number(row['at'])))
  if (reason === null) return false
  const damage = { place: `superseded value ${id} of series ${series}`, reason }
  inTransaction(database, () => {
    keepBytes(state, damage, row['body'])
    database.prepare('DELETE FROM superseded WHERE id = ?').run(id)
  })
  state.report(damage, 0)
  return true
}

function keepBytes({ database }: WriterState, { place, reason }: Damage, body: unknown): void {
  database
    .prepare('INSERT INTO damaged (found_at, place, reason, body) VALUES (?, ?, ?, ?)')
    .run(Date.now(), place, reason, body instanceof Uint8Array ? body : null)
}

/** What is wrong, or null when the row can be read. */
function reasonOf(read: () => void): string | null {
  try {
    read()
    return null
  } catch (cause) {
    if (cause instanceof DamagedChunk || cause instanceof DamagedRollup || cause instanceof DamagedBytes)
      return cause.message
    throw cause
  }
}

/** From when to when, as far as the damaged keys still tell. */
const spanOf = ({ from, to, count }: ChunkKey): string => `${textOf(from)} to ${textOf(to)}, ${count} readings`

const textOf = (at: number): string => (Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : String(at))
