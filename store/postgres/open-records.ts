// The records on a PostgreSQL server, which several nodes may share: each has a thread that writes and some that read.
import { randomUUID } from 'node:crypto'
import { Failure } from '#domain/failure.ts'
import type { Records } from '#domain/ports/records.ts'
import { isRead } from '#store/sql/engine.ts'
import { createPort } from '#store/sql/port.ts'
import { startCalls } from '#store/sql/worker-calls.ts'
import type { PostgresAddress } from './address.ts'
import type { AnswerLimits } from './connection.ts'
import { backupInWorker } from './backup-calls.ts'
import { followEvents } from './events.ts'

const WORKER = new URL('./records-worker.ts', import.meta.url)
/** Threads that read, each with a connection; with the writer and the listener a node has four connections. */
const READERS = 2

/**
 * What a call has written is seen by every call made after its answer, on every node. Writers of all nodes go one after the
 * other, because the audit log and the numbers without gaps have one order. `now` is the clock of recording times, in ms.
 * @throws Failure 'store-unavailable', 'wrong-setting', 'store-newer', 'store-damaged'.
 */
export const openPostgresRecords = async (
  address: PostgresAddress,
  {
    now = Date.now,
    readers: count = READERS,
    limits = {},
  }: { now?: () => number; readers?: number; limits?: AnswerLimits } = {},
): Promise<Records> => {
  const node = randomUUID()
  const start = (role: 'writer' | 'reader') => startCalls(WORKER, { address, role, node, limits }, () => undefined)
  const writer = start('writer')
  const readers = Array.from({ length: count }, () => ({ calls: start('reader'), waiting: 0 }))
  const closeAll = async (): Promise<void> => {
    await Promise.all(readers.map(({ calls }) => calls.close()))
    await writer.close()
  }
  await writer.opened.catch(async (cause: unknown) => {
    await Promise.all(readers.map(({ calls }) => calls.close()))
    throw cause
  })
  let closing: Promise<void> | null = null
  let unfollow: () => Promise<void> = async () => undefined
  const { records, tell } = createPort(
    async (method, values) => {
      const request = { method, values, now: now() }
      if (!isRead(method)) return writer.ask(request)
      const reader = readers.reduce((least, one) => (one.waiting < least.waiting ? one : least))
      reader.waiting += 1
      try {
        return await reader.calls.ask(request)
      } finally {
        reader.waiting -= 1
      }
    },
    {
      backup: async (folder) => {
        if (closing !== null) throw new Failure('store-unavailable', 'The records are closed.')
        await backupInWorker(address, folder)
      },
      close: () => (closing ??= unfollow().then(closeAll)),
    },
  )
  unfollow = await followEvents(address, node, tell).catch(async (cause: unknown) => {
    await closeAll()
    throw new Failure('store-unavailable', 'The records server does not answer.', { cause })
  })
  return records
}
