// The thread that reads one file: it may be hostile, so it has a heap and a time of its own, and sends its rows in pieces.
import { parentPort, workerData } from 'node:worker_threads'
import { Failure } from '#domain/failure.ts'
import type { Problem } from '#domain/failure.ts'
import { readTable, type ReadRequest, type ReadTable } from './read-table.ts'

/** Rows of one message: the receiver takes each within a few ms. */
const ROWS_PER_MESSAGE = 1_000
export type ReadMessage =
  | { rows: string[][]; lines: number[] }
  | { done: Omit<ReadTable, 'table'> & { header: string[] } }
  | { failed: { code: Failure['code']; message: string; problems: readonly Problem[] } }

const send = (message: ReadMessage): void => parentPort?.postMessage(message)
try {
  const { table, ...read } = await readTable(workerData as ReadRequest)
  for (let i = 0; i < table.rows.length; i += ROWS_PER_MESSAGE)
    send({ rows: table.rows.slice(i, i + ROWS_PER_MESSAGE), lines: table.lines.slice(i, i + ROWS_PER_MESSAGE) })
  send({ done: { ...read, header: table.header } })
} catch (error) {
  if (!(error instanceof Failure)) throw error
  send({ failed: { code: error.code, message: error.message, problems: error.problems } })
}
