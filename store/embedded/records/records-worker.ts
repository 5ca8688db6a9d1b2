// A worker thread of the records: the writer, who alone changes their file, or the reader beside it.
import { parentPort, workerData } from 'node:worker_threads'
import { answerRequests } from '#store/sql/answer-requests.ts'
import { createEngine } from '#store/sql/engine.ts'
import { refreshFinds } from '#store/sql/finds.ts'
import { createContext } from './context.ts'
import { failureOf } from './failures.ts'
import { openBeside, openDatabase } from './open-database.ts'

const port = parentPort
if (port === null) throw new Error('records-worker.ts runs as a worker thread')
const { path, role } = workerData as { path: string; role: 'writer' | 'reader' }

// The reader opens with its first call, when the writer has brought the file to its newest form.
answerRequests(port, {
  atOnce: role === 'writer',
  failureOf,
  open: () => {
    const database = role === 'writer' ? openDatabase(path) : openBeside(path)
    const context = createContext(database)
    if (role === 'writer') refreshFinds(context)
    return { run: createEngine(context), close: () => database.close() }
  },
})
