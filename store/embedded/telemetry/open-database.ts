// Opens the telemetry database: private file, durable commits, older forms migrated, newer and foreign ones refused.
import { closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Failure } from '#domain/failure.ts'
import { crashPoint } from './crash-point.ts'
import { APPLICATION_ID, MIGRATIONS, TABLES } from './schema.ts'

export const TELEMETRY_FILE = 'telemetry.sqlite'

const SQLITE_CORRUPT = 11

/** The database, and why it may not be written: null, or what SQLite says of its pages. */
export type OpenedDatabase = { database: DatabaseSync; broken: string | null }

/**
 * Opens or makes the database for writing and brings it to the newest version. A file with broken pages is opened for
 * reading only, as far as that goes. `migrations` is a parameter only for the tests of older folders.
 * @throws Failure 'store-newer' when a newer program wrote it, 'store-damaged' when it is not a telemetry database.
 */
export function openForWriting(path: string, migrations = MIGRATIONS): OpenedDatabase {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
  try {
    return { database: openedForWriting(path, migrations), broken: null }
  } catch (cause) {
    if (!isBrokenFile(cause)) throw failureOfOpening(path, cause)
    return { database: openForReading(path), broken: cause.message }
  }
}

function openedForWriting(path: string, migrations: typeof MIGRATIONS): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5_000 })
  try {
    checkIdentity(database, path, migrations.length)
    // auto_vacuum must be set before the first table is made; it lets retention give space back bit by bit.
    database.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    database.exec('PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000')
    // A longer write-ahead log is written back more rarely: most log rows have gone into chunks by then.
    database.exec('PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 32000000')
    migrate(database, migrations)
    if (migrations === MIGRATIONS) checkTables(database, path)
    return database
  } catch (cause) {
    database.close()
    throw cause
  }
}

/** A connection of its own for reading, beside the writing one of the same process; also for files with broken pages. */
export function openForReading(path: string): DatabaseSync {
  try {
    try {
      return openedForReading(path, false)
    } catch (cause) {
      if (!isBrokenFile(cause)) throw cause
      return openedForReading(path, true)
    }
  } catch (cause) {
    throw failureOfOpening(path, cause)
  }
}

/** `salvage` reads also a file that is shorter than its head says; the connection cannot write anyway. */
function openedForReading(path: string, salvage: boolean): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000, defensive: !salvage })
  try {
    if (salvage) database.exec('PRAGMA writable_schema = ON')
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY')
    checkIdentity(database, path, MIGRATIONS.length)
    checkTables(database, path)
    return database
  } catch (cause) {
    database.close()
    throw cause
  }
}

/** Whether SQLite found pages that cannot be right. */
export const isBrokenFile = (cause: unknown): cause is Error =>
  cause instanceof Error && 'errcode' in cause && (Number(cause.errcode) & 0xff) === SQLITE_CORRUPT

function failureOfOpening(path: string, cause: unknown): Failure {
  if (cause instanceof Failure) return cause
  const detail = cause instanceof Error ? cause.message : String(cause)
  return new Failure('store-damaged', `The readings ${path} cannot be opened: ${detail}. Restore a backup.`, { cause })
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
  if (version < 0 || (!empty && pragma(database, 'application_id') !== APPLICATION_ID)) {
    throw new Failure(
      'store-damaged',
      `${path} is not a telemetry database of this program. Choose another data folder.`,
    )
  }
}

/** @throws Failure 'store-damaged' when the list of tables has lost one. */
function checkTables(database: DatabaseSync, path: string): void {
  const lost = TABLES.filter((name) => {
    try {
      // A table may be in the list and its first page not in the file; SQLite then does not know it.
      database.prepare(`SELECT * FROM ${name}`)
      return false
    } catch {
      return true
    }
  })
  if (lost.length === 0) return
  throw new Failure('store-damaged', `The readings ${path} have lost ${lost.join(', ')}. Restore a backup.`)
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
