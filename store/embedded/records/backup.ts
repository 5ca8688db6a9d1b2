// A consistent copy of a running records database, complete or not there at all.
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, backup } from 'node:sqlite'
import { checkWhole } from './open-database.ts'

export const RECORDS_FILE = 'records.sqlite'

/** Pages copied between two looks at waiting calls, so that a backup does not hold them up. */
const PAGES_AT_ONCE = 256

/** Writes `records.sqlite` into the folder; everything acknowledged before the call is in it, and it has been checked. */
export const backupTo = async (database: DatabaseSync, folder: string): Promise<void> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const target = join(folder, RECORDS_FILE)
  const partial = `${target}.partial`
  rmSync(partial, { force: true })
  closeSync(openSync(partial, 'a', 0o600))
  await backup(database, partial, { rate: PAGES_AT_ONCE })
  finish(partial)
  syncPath(partial)
  renameSync(partial, target)
  syncPath(folder)
}

/** One file without a log beside it, proven to hold together. */
const finish = (partial: string): void => {
  const copy = new DatabaseSync(partial)
  try {
    copy.exec('PRAGMA journal_mode = DELETE')
    checkWhole(copy, partial)
  } finally {
    copy.close()
  }
}

const syncPath = (path: string): void => {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
