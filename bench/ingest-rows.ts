// What bench/ingest.ts compares with: the plain way to keep readings, one row each in a SQLite table; and no store at all.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { BrokerTelemetry } from '#broker/broker-telemetry.ts'
import type { CommitResult, Value } from '#domain/ports/telemetry.ts'

export type ComparedStore = BrokerTelemetry & { readings(): number; close(): void }

const NOTHING: CommitResult = { stored: 0, duplicate: 0, superseded: 0 }

/** Durable rows with the same settings of SQLite as the embedded store: WAL, `synchronous=FULL`. */
export function openRows(folder: string): ComparedStore {
  const database = new DatabaseSync(join(folder, 'rows.db'))
  database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL')
  database.exec('CREATE TABLE reading(series INTEGER, at INTEGER, value, PRIMARY KEY(series, at)) WITHOUT ROWID')
  const insert = database.prepare('INSERT OR REPLACE INTO reading VALUES (?, ?, ?)')
  const batch: [number, number, number | string][] = []
  return {
    ...seriesNumbers(),
    add: (series, at, value) => void batch.push([series, at, plain(value)]),
    async commit() {
      database.exec('BEGIN')
      for (const row of batch) insert.run(...row)
      database.exec('COMMIT')
      const stored = batch.length
      batch.length = 0
      return { ...NOTHING, stored }
    },
    readings: () => Number(database.prepare('SELECT count(*) AS count FROM reading').get()?.['count']),
    close: () => database.close(),
  }
}

/** Keeps nothing: what the broker alone can carry. */
export function openNothing(): ComparedStore {
  let taken = 0
  let added = 0
  return {
    ...seriesNumbers(),
    add: () => void added++,
    async commit() {
      const stored = added
      taken += added
      added = 0
      return { ...NOTHING, stored }
    },
    readings: () => taken,
    close: () => {},
  }
}

function seriesNumbers(): Pick<BrokerTelemetry, 'seriesOf' | 'seriesOfDevice' | 'latest'> {
  const numbers = new Map<string, number>()
  return {
    seriesOf(device, point) {
      const key = `${device}/${point}`
      const number = numbers.get(key) ?? numbers.size + 1
      numbers.set(key, number)
      return number
    },
    seriesOfDevice: () => [],
    latest: async () => [],
  }
}

function plain(value: Value): number | string {
  if (typeof value === 'object') return value.decimal
  return typeof value === 'boolean' ? Number(value) : value
}
