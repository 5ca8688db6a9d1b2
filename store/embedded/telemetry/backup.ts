// A consistent copy of a running telemetry database, complete or not there at all.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, backup } from 'node:sqlite'
import { Failure } from '#domain/failure.ts'
import { TELEMETRY_FILE, openForReading, pragma } from './open-database.ts'

/** All pages in one step: one snapshot, which commits that go on meanwhile do not disturb. It runs on a thread of its own. */
const ALL_PAGES = 2 ** 31 - 1

/**
 * Writes `telemetry.sqlite` into the folder; everything committed before the call is in it, and it has been checked.
 * @throws Failure 'conflict' when the folder has one already, 'store-damaged' when the copy does not hold together.
 */
export async function backupTo(path: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const target = join(folder, TELEMETRY_FILE)
  if (existsSync(target))
    throw new Failure('conflict', `${target} is there already. Choose an empty folder for the backup.`)
  const partial = `${target}.partial`
  rmSync(partial, { force: true })
  closeSync(openSync(partial, 'a', 0o600))
  const source = openForReading(path)
  try {
    await backup(source, partial, { rate: ALL_PAGES })
  } finally {
    source.close()
  }
  finish(partial)
  sync(partial)
  renameSync(partial, target)
  sync(folder)
}

/** One file without a log beside it, whose trees hold together. */
function finish(partial: string): void {
  const copy = new DatabaseSync(partial)
  try {
    copy.exec('PRAGMA journal_mode = DELETE')
    const found = pragma(copy, 'quick_check(1)')
    if (found !== 'ok') throw new Failure('store-damaged', `The copy of the readings is damaged: ${found}.`)
  } finally {
    copy.close()
  }
}

function sync(path: string): void {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
