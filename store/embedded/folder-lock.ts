// One process per data folder: whoever holds the folder's lock may write there; the operating system lets go of it when the process ends.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Failure } from '#domain/failure.ts'

export type FolderLock = { release(): void }

/** Locks that this thread holds: the stores of one process share the lock of their folder. */
const held = new Map<string, { database: DatabaseSync; holders: number }>()

/**
 * Makes the folder (mode 0700) if it is missing and takes its lock, or shares it when this thread has it already;
 * the last `release` frees it. To be called by the thread that opens the stores, not by their workers.
 * The lock is SQLite's exclusive lock on `lock.sqlite`, so it survives no crash and needs no stale-lock rule.
 * @throws Failure 'store-unavailable' when another process has the folder, 'wrong-setting' when it cannot be written.
 */
export const lockFolder = (folder: string): FolderLock => {
  const place = makeFolder(folder)
  const entry = held.get(place) ?? { database: takeLock(makeLockFile(place)), holders: 0 }
  entry.holders += 1
  held.set(place, entry)
  let released = false
  return {
    release() {
      if (released) return
      released = true
      entry.holders -= 1
      if (entry.holders > 0) return
      held.delete(place)
      entry.database.close()
    },
  }
}

const makeFolder = (folder: string): string => {
  try {
    makePath(resolve(folder))
    return realpathSync(folder)
  } catch (cause) {
    throw unwritable(folder, cause)
  }
}

/** One folder after the other: mkdir's own `recursive` never returns where a parent cannot be made (below /proc, say). */
const makePath = (folder: string): void => {
  if (existsSync(folder)) return
  if (dirname(folder) !== folder) makePath(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

/** Only while this process does not hold the lock: closing any other handle of the file would let go of it (POSIX locks belong to the process). */
const makeLockFile = (place: string): string => {
  try {
    closeSync(openSync(join(place, 'lock.sqlite'), 'a', 0o600))
    return place
  } catch (cause) {
    throw unwritable(place, cause)
  }
}

const unwritable = (folder: string, cause: unknown): Failure =>
  new Failure(
    'wrong-setting',
    `The data folder ${folder} cannot be written. Choose another folder or mend its rights.`,
    { cause },
  )

const takeLock = (place: string): DatabaseSync => {
  const database = new DatabaseSync(join(place, 'lock.sqlite'), { timeout: 0 })
  try {
    database.exec('PRAGMA journal_mode = memory; BEGIN EXCLUSIVE')
  } catch (cause) {
    database.close()
    throw new Failure(
      'store-unavailable',
      `Another process${holderOf(place)} uses the data folder ${place}. Stop it first, or choose another folder.`,
      { cause },
    )
  }
  writeFileSync(join(place, 'lock.pid'), `${process.pid}\n`, { mode: 0o600 })
  return database
}

/** The number of the process that took the lock last, for the sentence; only a hint. */
const holderOf = (place: string): string => {
  try {
    return ` (process ${Number.parseInt(readFileSync(join(place, 'lock.pid'), 'utf8'), 10)})`
  } catch {
    return ''
  }
}
