// Opens the records database: private file, durable commits, older forms migrated, newer ones refused.
import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Failure } from '#domain/failure.ts'
import { APPLICATION_ID, MIGRATIONS } from './schema.ts'

/** A start may not wait for long, so a larger file is checked when it is backed up, not when it is opened. */
const CHECKED_AT_START_BYTES = 64 * 1024 * 1024
/** Pages that each connection keeps in memory: the indexes of 50,000 devices, so that they are not fetched from the file for each question. */
const CACHE_KIB = 64 * 1024

/**
 * Opens or makes the database at `path` (':memory:' for one that ends with the process) and brings it to the newest version.
 * `migrations` is a parameter only for the tests of crashes in the middle.
 * @throws Failure 'store-newer' when a newer program wrote it, 'store-damaged' when it is not a records database or does not hold together.
 */
export const openDatabase = (path: string, migrations = MIGRATIONS): DatabaseSync => {
  if (path !== ':memory:' && !existsSync(path)) closeSync(openSync(path, 'a', 0o600))
  const database = new DatabaseSync(path, { timeout: 5_000 })
  try {
    checkIdentity(database, path, migrations.length)
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -${CACHE_KIB}`,
    )
    migrate(database, migrations)
    return database
  } catch (cause) {
    database.close()
    if (cause instanceof Failure) throw cause
    throw new Failure(
      'store-damaged',
      `The records ${path} cannot be opened: ${(cause as Error).message}. Restore a backup.`,
      { cause },
    )
  }
}

/** A second connection to what `openDatabase` has open, which can only read. */
export const openBeside = (path: string): DatabaseSync => {
  const database = new DatabaseSync(path, { timeout: 5_000 })
  database.exec(
    `PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -${CACHE_KIB}`,
  )
  return database
}

const pragma = (database: DatabaseSync, name: string): number | string =>
  Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0] as number | string

const checkIdentity = (database: DatabaseSync, path: string, newest: number): void => {
  const version = pragma(database, 'user_version') as number
  if (version > newest) {
    throw new Failure(
      'store-newer',
      `The records ${path} have version ${version}; this program knows up to ${newest}. Start the newer program, or restore a backup of before.`,
    )
  }
  const empty = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables'] === 0
  if (!empty && pragma(database, 'application_id') !== APPLICATION_ID) {
    throw new Failure('store-damaged', `${path} is not a records database of this program. Choose another data folder.`)
  }
  if (path !== ':memory:' && statSync(path).size <= CHECKED_AT_START_BYTES) checkWhole(database, path)
}

/** @throws Failure 'store-damaged' with the first thing that does not hold together. */
export const checkWhole = (database: DatabaseSync, path: string): void => {
  const found = pragma(database, 'quick_check(1)')
  if (found !== 'ok') throw new Failure('store-damaged', `The records ${path} are damaged: ${found}. Restore a backup.`)
}

const migrate = (database: DatabaseSync, migrations: readonly ((database: DatabaseSync) => void)[]): void => {
  for (let version = pragma(database, 'user_version') as number; version < migrations.length; version++) {
    database.exec('BEGIN EXCLUSIVE')
    try {
      migrations[version]?.(database)
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version + 1}`)
      database.exec('COMMIT')
    } catch (cause) {
      if (database.isTransaction) database.exec('ROLLBACK')
      throw cause
    }
  }
}
