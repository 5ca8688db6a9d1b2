// Between PostgreSQL and a file of the embedded form, in a thread of their own: a backup, what is restored, a move.
import { Worker } from 'node:worker_threads'
import { Failure } from '#domain/failure.ts'
import type { Copied } from '#store/sql/copy-records.ts'
import type { WireFailure } from '#store/sql/messages.ts'
import { failureFrom } from '#store/sql/worker-calls.ts'
import type { PostgresAddress } from './address.ts'

export type CopyTask = { address: PostgresAddress } & (
  | { kind: 'to-file'; folder: string }
  /** `path` is a records database of the embedded form; the server's schema is empty, or holds the beginning of this copy. */
  | { kind: 'from-file'; path: string }
)
export type CopyAnswer = { copied: Copied } | { failure: WireFailure }

/** One snapshot of the server as `records.sqlite` in the folder; complete, or not there. */
export const backupInWorker = async (address: PostgresAddress, folder: string): Promise<Copied> =>
  copyInWorker({ kind: 'to-file', address, folder })

/** @throws Failure 'conflict' when the server holds something else already. */
export const bringFile = async (address: PostgresAddress, path: string): Promise<Copied> =>
  copyInWorker({ kind: 'from-file', address, path })

const copyInWorker = async (task: CopyTask): Promise<Copied> => {
  const worker = new Worker(new URL('./copy-worker.ts', import.meta.url), { workerData: task, execArgv: [] })
  const { promise, resolve, reject } = Promise.withResolvers<Copied>()
  worker.once('message', (answer: CopyAnswer) =>
    'copied' in answer ? resolve(answer.copied) : reject(failureFrom(answer.failure)),
  )
  worker.once('error', reject)
  worker.once('exit', () => reject(new Failure('internal', 'The copy of the records ended without an answer.')))
  return promise
}
