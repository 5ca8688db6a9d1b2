// The worker thread of the records: the only one that touches their file.
import { parentPort, workerData } from 'node:worker_threads'
import { createEngine } from './engine.ts'
import { failureOf } from './failures.ts'
import type { Reply, Request } from './messages.ts'
import { openDatabase } from './open-database.ts'

const port = parentPort
if (port === null) throw new Error('records-worker.ts runs as a worker thread')

/** The call number of the opening itself. */
const OPENING = 0
const reply = (message: Reply): void => port.postMessage(message)
const refuse = (call: number, cause: unknown): void => {
  const { code, message, problems, stack } = failureOf(cause)
  reply({ call, failure: { code, message, problems, stack } })
}

try {
  const database = openDatabase((workerData as { path: string }).path)
  const run = createEngine(database)
  port.on('message', (request: Request) => {
    try {
      if (request.method === 'close') {
        database.close()
        reply({ call: request.call, answer: { result: undefined, events: [] } })
        port.close()
      } else {
        reply({ call: request.call, answer: run(request.method, request.values, request.now) })
      }
    } catch (cause) {
      refuse(request.call, cause)
    }
  })
  reply({ call: OPENING, answer: { result: undefined, events: [] } })
} catch (cause) {
  refuse(OPENING, cause)
}
