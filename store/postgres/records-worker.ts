// A worker thread of the records on PostgreSQL: the writer, who also brings the schema to its newest form, or a reader.
import { parentPort, workerData } from 'node:worker_threads'
import { answerRequests } from '#store/sql/answer-requests.ts'
import { createEngine } from '#store/sql/engine.ts'
import { refreshFinds } from '#store/sql/finds.ts'
import type { PostgresAddress } from './address.ts'
import { openConnection } from './connection.ts'
import type { AnswerLimits } from './connection.ts'
import { createContext } from './context.ts'
import { failureOf } from './failures.ts'
import { openSchema } from './open-schema.ts'

const port = parentPort
if (port === null) throw new Error('records-worker.ts runs as a worker thread')
const { address, role, node, limits } = workerData as {
  address: PostgresAddress
  role: 'writer' | 'reader'
  node: string
  limits: AnswerLimits
}

answerRequests(port, {
  atOnce: role === 'writer',
  failureOf,
  open: () => {
    const connection = openConnection(address, limits)
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
    const engine = createEngine(context)
    return {
      run(method, values, now, askedAt) {
        // A change may wait for those before it, unless it is the server that holds them up; the audit log is long.
        const isFromAsking = role === 'reader' ? method !== 'verifyAudit' : connection.isLost
        connection.askedAt = isFromAsking ? askedAt : null
        return engine(method, values, now)
      },
      close: () => connection.close(),
    }
  },
})
