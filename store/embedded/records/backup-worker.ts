// A thread for one backup: reads the database beside the writer, which goes on meanwhile, and ends.
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { backupTo } from './backup.ts'
import { failureOf } from './failures.ts'
import type { WireFailure } from '#store/sql/messages.ts'

const { path, folder } = workerData as { path: string; folder: string }
const database = new DatabaseSync(path)
let answer: WireFailure | null = null
try {
  backupTo(database, folder)
} catch (cause) {
  const { code, message, problems, stack } = failureOf(cause)
  answer = { code, message, problems, stack }
} finally {
  database.close()
}
parentPort?.postMessage(answer, [])
