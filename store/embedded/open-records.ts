// The records of a data folder: a SQLite file behind a worker thread, so that neither broker nor API ever waits for the disk.
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Failure } from '#domain/failure.ts'
import type { Records } from '#domain/ports/records.ts'
import { lockFolder } from './folder-lock.ts'
import { RECORDS_FILE } from './records/backup.ts'
import type { Answer } from './records/engine.ts'
import type { Reply, Request, WireFailure } from './records/messages.ts'
import { createPort } from './records/port.ts'

/** Calls that may wait for the worker at once; beyond, the caller is told to come back. */
export const WAITING_CALLS_LIMIT = 10_000

type Waiting = { resolve: (answer: Answer) => void; reject: (failure: Failure) => void }
/** A request without its number, which the client gives. */
type Asked = Request extends infer R ? (R extends Request ? Omit<R, 'call'> : never) : never

/**
 * Opens (or makes) `records.sqlite` in the folder, which this process then has for itself. `now` is the clock of recording times, in ms.
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
  const worker = startWorker('./records/records-worker.ts', { path })
  const waiting = new Map<number, Waiting>()
  let calls = 0
  let gone: Failure | null = null

  const end = (reason: Failure): void => {
    gone ??= reason
    for (const { reject } of waiting.values()) reject(gone)
    waiting.clear()
    lock.release()
  }
  worker.on('message', (reply: Reply) => {
    const caller = waiting.get(reply.call)
    waiting.delete(reply.call)
    if ('answer' in reply) caller?.resolve(reply.answer)
    else caller?.reject(failureFrom(reply.failure))
  })
  worker.on('error', (cause: Error) =>
    end(new Failure('store-unavailable', `The records' worker failed: ${cause.message}`, { cause })),
  )
  worker.on('exit', () => end(new Failure('store-unavailable', 'The records are closed.')))

  const wait = (call: number): Promise<Answer> => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    waiting.set(call, { resolve, reject })
    return promise
  }
  const ask = async (request: Asked): Promise<Answer> => {
    if (gone !== null) throw gone
    if (waiting.size >= WAITING_CALLS_LIMIT)
      throw new Failure('store-unavailable', 'Too many calls wait for the records. Try again.')
    calls += 1
    const answer = wait(calls)
    worker.postMessage({ ...request, call: calls } satisfies Request, [])
    return answer
  }

  try {
    await wait(calls)
  } catch (cause) {
    await worker.terminate()
    throw cause
  }
  return createPort((method, values) => ask({ method, values, now: now() }), {
    backup: async (target) => {
      if (gone !== null) throw gone
      await backupInWorker(path, target)
    },
    close: async () => {
      if (gone !== null) return
      const exited = new Promise((resolve) => void worker.once('exit', resolve))
      await ask({ method: 'close' })
      gone = new Failure('store-unavailable', 'The records are closed.')
      await exited
    },
  })
}

/** The flags of this process (an evaluated script, an inspector's port) are not the worker's. */
const startWorker = (file: './records/records-worker.ts' | './records/backup-worker.ts', workerData: object): Worker =>
  new Worker(new URL(file, import.meta.url), { workerData, execArgv: [] })

const failureFrom = ({ code, message, problems, stack }: WireFailure): Failure =>
  new Failure(code, message, { problems, cause: stack })

/** One thread per backup, with a connection of its own: the copy is one snapshot, and nobody waits for it. */
const backupInWorker = async (path: string, folder: string): Promise<void> => {
  const worker = startWorker('./records/backup-worker.ts', { path, folder })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  worker.once('message', (failure: WireFailure | null) => (failure === null ? resolve() : reject(failureFrom(failure))))
  worker.once('error', reject)
  worker.once('exit', () => reject(new Failure('internal', 'The backup of the records ended without an answer.')))
  return promise
}
