// A backup in a thread of its own.
import { Worker } from 'node:worker_threads'
import { Failure } from '#domain/failure.ts'
import type { WireFailure } from '#store/sql/messages.ts'
import { failureFrom } from '#store/sql/worker-calls.ts'

/** One thread per backup, with a connection of its own: the copy is one snapshot, and nobody waits for it. */
export const backupInWorker = async (path: string, folder: string): Promise<void> => {
  const worker = new Worker(new URL('./backup-worker.ts', import.meta.url), {
    workerData: { path, folder },
    execArgv: [],
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  worker.once('message', (failure: WireFailure | null) => (failure === null ? resolve() : reject(failureFrom(failure))))
  worker.once('error', reject)
  worker.once('exit', () => reject(new Failure('internal', 'The backup of the records ended without an answer.')))
  return promise
}
