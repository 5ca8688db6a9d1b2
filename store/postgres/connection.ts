// A connection whose answers the calling thread waits for: the records engine is written so, and runs in a thread of its own.
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { Row, SqlValue } from '#store/sql/context.ts'
import { monotonicMs } from '#store/sql/messages.ts'
import { ANSWER_MS, CHANGE_MS, CONNECT_MS, READ_ANSWER_MS } from './address.ts'
import type { PostgresAddress } from './address.ts'

/** `number`: its answer has the same. `script`: several statements without values, whose rows nobody wants. */
export type Asked = {
  number: number
  text: string
  values: SqlValue[]
  script: boolean
  inTransaction: boolean
  /** Through whose eyes: an organisation, or `*`. */
  scope: string
  /** After that, connecting included, the connection is given up; its answer can reach nobody any more. */
  answerMs: number
}
export type Answered = { number: number } & (
  | { ok: true; rows: Row[]; count: number }
  /** `code`: SQLSTATE, or the system's word, such as ECONNREFUSED. */
  | { ok: false; code: string; message: string }
)

export class PostgresError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export type Connection = {
  /** @throws PostgresError what the server or the network said. */
  ask(text: string, values?: SqlValue[]): { rows: Row[]; count: number }
  /** @throws PostgresError */
  script(text: string): void
  /** Opens a transaction: nothing has happened when it throws. What it holds has one limit as a whole. @throws PostgresError */
  begin(): void
  /** @throws PostgresError */
  rollback(): void
  /** When somebody began to wait for what is asked now outside of a transaction, by `monotonicMs`; null: with each question anew. */
  askedAt: number | null
  /** Whether no answer came to what was asked last. */
  readonly isLost: boolean
  /** Through whose eyes it is asked: an organisation, or `*` for all. */
  scope: string
  /** Within a transaction a lost connection is not opened anew. */
  inTransaction: boolean
  close(): void
}

/** SQLSTATE "connection does not exist": the question was not sent. */
export const NOT_SENT = '08003'
/** Whether the server may have done what it was asked although no answer came. */
export const mayBeDone = (cause: unknown): boolean =>
  cause instanceof PostgresError &&
  cause.code !== NOT_SENT &&
  (!/^[0-9A-Z]{5}$/.test(cause.code) || cause.code.startsWith('08') || cause.code.startsWith('57'))

const READ = /^\s*(?:SELECT|WITH)\b/i
const CHANGE = /\b(?:INSERT|UPDATE|DELETE|MERGE)\b/i

/** Longer than the connection's own limits, so that only a thread that is gone is meant. */
const PATIENCE_MS = 2 * (CONNECT_MS + ANSWER_MS)

/** Of a question outside of a change and the beginning of one, of a statement within, and of a change as a whole, ms. */
export type AnswerLimits = { readMs?: number; statementMs?: number; changeMs?: number }

export const openConnection = (
  address: PostgresAddress,
  { readMs = READ_ANSWER_MS, statementMs = ANSWER_MS, changeMs = CHANGE_MS }: AnswerLimits = {},
): Connection => {
  const { port1, port2 } = new MessageChannel()
  const signal = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL('./connection-worker.ts', import.meta.url), {
    workerData: { address, port: port2, signal },
    transferList: [port2],
    execArgv: [],
  })
  worker.unref()
  let asking = 0
  let isLost = false
  /** When the open change has taken too long. */
  let changeUntil = Infinity
  /** The answer to the question of this number; those that came too late for others are left out. */
  const answerTo = (number: number): Answered | undefined => {
    for (;;) {
      const received = receiveMessageOnPort(port1)?.message as Answered | undefined
      if (received === undefined || received.number === number) return received
    }
  }
  const exchange = (asked: Omit<Asked, 'number'>): { rows: Row[]; count: number } => {
    if (asked.answerMs <= 0) throw new PostgresError(NOT_SENT, 'The time for it was over before it was asked.')
    const number = ++asking
    const until = performance.now() + PATIENCE_MS
    worker.postMessage({ ...asked, number } satisfies Asked, [])
    for (;;) {
      // Before one looks: what comes meanwhile wakes again. The waking of a former answer may come late, so being awake says nothing.
      Atomics.store(signal, 0, 0)
      const answered = answerTo(number)
      if (answered !== undefined) {
        if (answered.ok) {
          isLost = false
          return answered
        }
        const error = new PostgresError(answered.code, answered.message)
        isLost = mayBeDone(error) || answered.code === NOT_SENT
        throw error
      }
      const waitMs = until - performance.now()
      if (waitMs <= 0) throw new PostgresError('08006', 'The thread of the connection does not answer.')
      Atomics.wait(signal, 0, 0, waitMs)
    }
  }
  const state = () => ({ inTransaction: connection.inTransaction, scope: connection.scope })
  const outsideMs = (): number => {
    const now = monotonicMs()
    return (connection.askedAt ?? now) + readMs - now
  }
  const withinMs = (): number => Math.min(statementMs, changeUntil - monotonicMs())
  const connection: Connection = {
    inTransaction: false,
    scope: '*',
    askedAt: null,
    get isLost() {
      return isLost
    },
    ask: (text, values = []) => {
      const isRead = !connection.inTransaction && READ.test(text) && !CHANGE.test(text)
      return exchange({ text, values, script: false, answerMs: isRead ? outsideMs() : withinMs(), ...state() })
    },
    script: (text) => void exchange({ text, values: [], script: true, answerMs: withinMs(), ...state() }),
    begin: () => {
      changeUntil = Infinity
      exchange({ text: 'BEGIN', values: [], script: true, answerMs: outsideMs(), ...state() })
      changeUntil = monotonicMs() + changeMs
    },
    rollback: () => {
      changeUntil = Infinity
      exchange({ text: 'ROLLBACK', values: [], script: true, answerMs: readMs, ...state() })
    },
    close: () => worker.postMessage('close', []),
  }
  return connection
}
