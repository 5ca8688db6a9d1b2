// Reads a file in a thread that is ended when it takes too long or too much, so that no file can hold up the server.
import { Worker } from 'node:worker_threads'
import { Failure } from '#domain/failure.ts'
import type { ImportTable } from '#domain/imports/import.ts'
import type { ReadRequest, ReadTable } from './read-table.ts'
import type { ReadMessage } from './read-worker.ts'

/** @throws Failure 'too-large' when the thread runs out of memory or time, else what is wrong with the file. */
export function readFile(request: ReadRequest, limits: { heapMiB: number; timeMs: number }): Promise<ReadTable> {
  const worker = new Worker(new URL('./read-worker.ts', import.meta.url), {
    workerData: request,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMiB },
  })
  const { promise, resolve, reject } = Promise.withResolvers<ReadTable>()
  const table: ImportTable = { header: [], rows: [], lines: [] }
  const timer = setTimeout(
    () => reject(new Failure('too-large', `Reading the file takes more than ${limits.timeMs / 1000} s. Split it.`)),
    limits.timeMs,
  )
  worker.on('message', (message: ReadMessage) => {
    if ('rows' in message) {
      for (const row of message.rows) table.rows.push(row)
      for (const line of message.lines) table.lines.push(line)
    } else if ('done' in message) {
      const { header, ...read } = message.done
      table.header = header
      resolve({ ...read, table })
    } else {
      const { code, message: sentence, problems } = message.failed
      reject(new Failure(code, sentence, { problems }))
    }
  })
  worker.on('error', (error: Error & { code?: string }) =>
    reject(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? new Failure('too-large', 'The file unpacks to more than there is memory for. Split it.')
        : new Failure('invalid-body', 'The file cannot be read. Save it again as CSV or XLSX.', { cause: error }),
    ),
  )
  worker.on('exit', () => reject(new Failure('invalid-body', 'The reading of the file ended without an answer.')))
  return promise.finally(() => {
    clearTimeout(timer)
    void worker.terminate()
  })
}
