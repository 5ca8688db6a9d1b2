// Reads everything that is stored once and checks it, in small slices between queries: damage is found before it is needed.
import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { DamagedBytes } from './bytes.ts'
import { DamagedChunk } from './chunk-table.ts'
import type { ChunkKey } from './chunk.ts'
import { decodeChunk, decodeFigures } from './chunk.ts'
import * as limits from './limits.ts'
import type { Suspect } from './messages.ts'
import { decodeReplaced } from './replaced.ts'
import { DamagedRollup, decodeQuarters } from './rollup.ts'

type Told = { suspect(suspect: Suspect): void; broken(reason: string): void }

/** Chunks or replaced values read in one slice. */
const SLICE_ROWS = 200

/** A slice of work at each step; ends when all is checked. */
export function* scrub(database: DatabaseSync, path: string, told: Told): Generator<void> {
  if (statSync(path).size <= limits.CHECKED_AT_START_BYTES) checkTrees(database, told)
  yield
  yield* eachRow(
    database,
    'SELECT id, series, from_at, to_at, count, figures, body FROM chunk WHERE id > ? ORDER BY id',
    (row) => {
      const key: ChunkKey = {
        id: row['id'] as number,
        series: row['series'] as number,
        from: row['from_at'] as number,
        to: row['to_at'] as number,
        count: row['count'] as number,
      }
      if (!holds(() => [decodeFigures(row['figures'], key), decodeChunk(row['body'], key)]))
        told.suspect({ table: 'chunk', id: key.id })
    },
  )
  yield* eachRow(database, 'SELECT id, series, at, body FROM superseded WHERE id > ? ORDER BY id', (row) => {
    const read = (): unknown => decodeReplaced(row['body'], row['series'] as number, row['at'] as number)
    if (!holds(read)) told.suspect({ table: 'superseded', id: row['id'] as number })
  })
  for (const row of database.prepare('SELECT series, from_at, to_at, body FROM rollup').iterate()) {
    const [series, from] = [row['series'] as number, row['from_at'] as number]
    if (!holds(() => decodeQuarters(row['body'], series, from, row['to_at'] as number)))
      told.suspect({ table: 'rollup', series, from })
  }
}

/** SQLite's own check: rows lost from a tree, or from its index. */
function checkTrees(database: DatabaseSync, { broken }: Told): void {
  for (const row of database.prepare('PRAGMA integrity_check(1)').all()) {
    const found = String(row['integrity_check'])
    if (found !== 'ok') return broken(found)
  }
}

function* eachRow(database: DatabaseSync, sql: string, check: (row: Record<string, unknown>) => void): Generator<void> {
  const statement = database.prepare(`${sql} LIMIT ${SLICE_ROWS}`)
  for (let after = 0; ;) {
    const rows = statement.all(after)
    for (const row of rows) check(row)
    if (rows.length < SLICE_ROWS) return
    after = rows.at(-1)?.['id'] as number
    yield
  }
}

function holds(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch (cause) {
    if (cause instanceof DamagedBytes || cause instanceof DamagedChunk || cause instanceof DamagedRollup) return false
    throw cause
  }
}
