// A worker thread of the records on PostgreSQL: the writer, who also brings the schema to its newest form, or a reader.
import { parentPort, workerData } from 'node:worker_threads'
import { answerRequests } from '#store/sql/answer-requests.ts'
import { createEngine } from '#store/sql/engine.ts'
import { refreshFinds } from '#store/sql/finds.ts'
import type { PostgresAddress } from './address.ts'
import { openConnection } from './connection.ts'
import { createContext } from './context.ts'
import { failureOf } from './failures.ts'
import { openSchema } from './open-schema.ts'

const port = parentPort
if (port === null) throw new Error('records-worker.ts runs as a worker thread')
const { address, role, node } = workerData as { address: PostgresAddress; role: 'writer' | 'reader'; node: string }

answerRequests(port, {
  atOnce: role === 'writer',
  failureOf,
  open: () => {
    const connection = openConnection(address)
    const context = createContext(connection, node, role)
    try {
      if (role === 'writer') {
        openSchema(connection, address)
        connection.scope = '*'
        refreshFinds(context)
      }
    } catch (cause) {
      connection.close()
      throw cause
    }
    return { run: createEngine(context), close: () => connection.close() }
  },
})
