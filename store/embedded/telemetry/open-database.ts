// Opens the telemetry database: private file, durable commits, older forms migrated, newer and foreign ones refused.
import { closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Failure } from '#domain/failure.ts'
import { crashPoint } from './crash-point.ts'
import { APPLICATION_ID, MIGRATIONS } from './schema.ts'

export const TELEMETRY_FILE = 'telemetry.sqlite'

/**
 * Opens or makes the database for writing and brings it to the newest version.
 * `migrations` is a parameter only for the tests of older folders.
 * @throws Failure 'store-newer' when a newer program wrote it, 'store-damaged' when it is not a telemetry database.
 */
export function openForWriting(path: string, migrations = MIGRATIONS): DatabaseSync {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
  return opened(path, () => {
    const database = new DatabaseSync(path, { timeout: 5_000 })
    try {
      checkIdentity(database, path, migrations.length)
      // auto_vacuum must be set before the first table is made; it lets retention give space back bit by bit.
      database.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
      database.exec('PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000')
      database.exec('PRAGMA journal_size_limit = 16000000')
      migrate(database, migrations)
      return database
    } catch (cause) {
      database.close()
      throw cause
    }
  })
}

/** A connection of its own for reading, beside the writing one of the same process. */
export function openForReading(path: string): DatabaseSync {
  return opened(path, () => {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY')
    return database
  })
}

function opened(path: string, open: () => DatabaseSync): DatabaseSync {
  try {
    return open()
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    const detail = cause instanceof Error ? cause.message : String(cause)
    throw new Failure('store-damaged', `The readings ${path} cannot be opened: ${detail}. Restore a backup.`, { cause })
  }
}

export const pragma = (database: DatabaseSync, name: string): number | string =>
  Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0] as number | string

function checkIdentity(database: DatabaseSync, path: string, newest: number): void {
  const version = pragma(database, 'user_version') as number
  if (version > newest) {
    throw new Failure(
      'store-newer',
      `The readings ${path} have version ${version}; this program knows up to ${newest}. Start the newer program, or restore a backup of before.`,
    )
  }
  const empty = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables'] === 0
  if (!empty && pragma(database, 'application_id') !== APPLICATION_ID) {
    throw new Failure(
      'store-damaged',
      `${path} is not a telemetry database of this program. Choose another data folder.`,
    )
  }
}

function migrate(database: DatabaseSync, migrations: readonly ((database: DatabaseSync) => void)[]): void {
  for (let version = pragma(database, 'user_version') as number; version < migrations.length; version++) {
    inTransaction(database, () => {
      migrations[version]?.(database)
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version + 1}`)
      crashPoint('migrate')
    })
  }
}

/** One transaction: durable when this returns, undone when it throws. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (cause) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw cause
  }
}
