// Moves registry, ledger and papers between the data folder and the PostgreSQL server, while the server is stopped; read back and compared by digest.
import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '#domain/failure.ts'
import { lockFolder } from '#store/embedded/folder-lock.ts'
import { backupInWorker, bringFile } from '#store/postgres/backup-calls.ts'
import type { Copied } from '#store/sql/copy-records.ts'
import { MOVED, postgresAddress, RECORDS_FILE } from './open-records.ts'
import type { RecordsParts } from './open-records.ts'

/**
 * Gives what was moved, and the old file where one is kept.
 * @throws Failure 'not-found' without a file to move, 'conflict' when the target is not empty, 'store-unavailable'.
 */
export async function moveRecords(
  { dataFolder, records }: RecordsParts,
  to: 'embedded' | 'postgres',
): Promise<Copied & { kept: string | null }> {
  const address = postgresAddress(records)
  const path = join(dataFolder, RECORDS_FILE)
  const lock = lockFolder(dataFolder)
  try {
    if (to === 'embedded') {
      if (existsSync(path))
        throw new Failure('conflict', `${path} is there already: nothing is overwritten. Move it away first.`)
      return { ...(await backupInWorker(address, dataFolder)), kept: null }
    }
    if (!existsSync(path)) throw new Failure('not-found', `There is no ${path} to move.`)
    const moved = await bringFile(address, path)
    renameSync(path, `${path}${MOVED}`)
    return { ...moved, kept: `${path}${MOVED}` }
  } finally {
    lock.release()
  }
}
