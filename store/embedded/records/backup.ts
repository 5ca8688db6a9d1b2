// A consistent copy of a running records database, complete or not there at all.
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { checkWhole } from './open-database.ts'

export const RECORDS_FILE = 'records.sqlite'

/**
 * Writes `records.sqlite` into the folder: one snapshot with everything committed before the call, checked and synced before it
 * gets its name. Blocks its thread, so the embedded store calls it in a thread and on a connection of its own.
 */
export const backupTo = (database: DatabaseSync, folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const target = join(folder, RECORDS_FILE)
  const partial = `${target}.partial`
  rmSync(partial, { force: true })
  closeSync(openSync(partial, 'a', 0o600))
  database.prepare('VACUUM INTO ?').run(partial)
  checkCopy(partial)
  syncPath(partial)
  renameSync(partial, target)
  syncPath(folder)
}

const checkCopy = (partial: string): void => {
  const copy = new DatabaseSync(partial, { readOnly: true })
  try {
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
