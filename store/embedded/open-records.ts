// The records of a data folder: a SQLite file behind worker threads, so that neither broker nor API ever waits for the disk.
import { join } from 'node:path'
import { Failure } from '#domain/failure.ts'
import type { Records } from '#domain/ports/records.ts'
import { lockFolder } from './folder-lock.ts'
import { RECORDS_FILE } from './records/backup.ts'
import { isRead } from '#store/sql/engine.ts'
import { createPort } from '#store/sql/port.ts'
import type { EngineCall } from '#store/sql/port.ts'
import { startCalls } from '#store/sql/worker-calls.ts'
import { backupInWorker } from './records/backup-calls.ts'
import { rememberAnswers } from './remember-answers.ts'
import { rememberIdentities } from './remember-identities.ts'

const WORKER = new URL('./records/records-worker.ts', import.meta.url)

/**
 * Opens (or makes) `records.sqlite` in the folder, which this process then has for itself. One thread writes, another reads, so
 * that a long import holds up no reading; what a call has written is seen by every call made after its answer.
 * `now` is the clock of recording times, in ms.
 * @throws Failure 'store-unavailable' when another process has the folder, 'store-newer', 'store-damaged', 'wrong-setting'.
 */
export const openEmbeddedRecords = async ({
  folder,
  now = Date.now,
}: {
  folder: string
  now?: () => number
}): Promise<Records> => {
  const lock = lockFolder(folder)
  const path = join(folder, RECORDS_FILE)
  const writer = startCalls(WORKER, { path, role: 'writer' }, () => lock.release())
  const reader = startCalls(WORKER, { path, role: 'reader' }, () => undefined)
  await writer.opened.catch(async (cause: unknown) => {
    await reader.close()
    throw cause
  })
  let closing: Promise<void> | null = null
  const closeBoth = async (): Promise<void> => {
    await reader.close()
    await writer.close()
  }
  const ask: EngineCall = (method, values) => (isRead(method) ? reader : writer).ask({ method, values, now: now() })
  return createPort(rememberIdentities(rememberAnswers(ask, isRead, now)), {
    backup: async (target) => {
      if (closing !== null) throw new Failure('store-unavailable', 'The records are closed.')
      await backupInWorker(path, target)
    },
    close: () => (closing ??= closeBoth()),
  }).records
}
