// A worker thread of the records: the writer, who alone changes their file, or the reader beside it.
import { parentPort, workerData } from 'node:worker_threads'
import { createEngine } from './engine.ts'
import { failureOf } from './failures.ts'
import type { Reply, Request } from './messages.ts'
import { openBeside, openDatabase } from './open-database.ts'

const port = parentPort
if (port === null) throw new Error('records-worker.ts runs as a worker thread')
const { path, role } = workerData as { path: string; role: 'writer' | 'reader' }

/** The call number of the opening itself. */
const OPENING = 0
const reply = (message: Reply): void => port.postMessage(message)
const refuse = (call: number, cause: unknown): void => {
  const { code, message, problems, stack } = failureOf(cause)
  reply({ call, failure: { code, message, problems, stack } })
}

const open = () => {
  const database = role === 'writer' ? openDatabase(path) : openBeside(path)
  return { database, run: createEngine(database) }
}
/** The writer opens at once; the reader with its first call, when the writer has brought the file to its newest form. */
let opened: ReturnType<typeof open> | null = null

port.on('message', (request: Request) => {
  try {
    if (request.method === 'close') {
      opened?.database.close()
      reply({ call: request.call, answer: { result: undefined, events: [] } })
      port.close()
      return
    }
    opened ??= open()
    reply({ call: request.call, answer: opened.run(request.method, request.values, request.now) })
  } catch (cause) {
    refuse(request.call, cause)
  }
})
try {
  if (role === 'writer') opened = open()
  reply({ call: OPENING, answer: { result: undefined, events: [] } })
} catch (cause) {
  refuse(OPENING, cause)
}
