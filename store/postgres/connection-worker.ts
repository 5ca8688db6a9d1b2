// A thread with one connection to PostgreSQL: asks what it is told, and wakes the thread that waits.
import { createHash } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { Client, types } from 'pg'
import type { QueryConfig } from 'pg'
import { clientOptions } from './address.ts'
import type { PostgresAddress } from './address.ts'
import { NOT_SENT } from './connection.ts'
import type { Asked, Answered } from './connection.ts'

const { address, port, signal } = workerData as { address: PostgresAddress; port: MessagePort; signal: Int32Array }

// Whole numbers and sums are numbers: nothing that is kept passes 2^53.
types.setTypeParser(types.builtins.INT8, Number)
types.setTypeParser(types.builtins.NUMERIC, Number)

/** A writer that stopped in the middle of a change lets the others in after this. */
const IDLE_WRITER_MS = 15_000
/** A statement that nobody waits for any more is ended by the server after this, where it can tell (from version 14 on, on Linux). */
const END_GIVEN_UP = `DO $$ BEGIN PERFORM set_config('client_connection_check_interval', '2s', false);
  EXCEPTION WHEN OTHERS THEN NULL; END $$`

let client: Client | null = null
let scope = '*'
const connected = async (leftMs: () => number): Promise<Client> => {
  if (client !== null) return client
  const options = clientOptions(address)
  const made = new Client({
    ...options,
    connectionTimeoutMillis: Math.min(options.connectionTimeoutMillis, leftMs()),
  })
  // A connection that breaks between two questions is opened anew by the next.
  made.on('error', () => {
    if (client === made) client = null
  })
  await made.connect()
  const text = `SET search_path = ${made.escapeIdentifier(address.schema)}, pg_catalog; SET synchronous_commit = on;
    SET idle_in_transaction_session_timeout = ${IDLE_WRITER_MS}; SET samtila.scope = '*'; ${END_GIVEN_UP}`
  try {
    await made.query(within(leftMs(), { text }))
  } catch (cause) {
    void made.end().catch(() => undefined)
    throw cause
  }
  scope = '*'
  client = made
  return made
}

const names = new Map<string, string>()
/** The server keeps a statement that comes again under this name. */
const nameOf = (text: string): string => {
  const name = names.get(text) ?? createHash('sha256').update(text).digest('base64url').slice(0, 24)
  names.set(text, name)
  return name
}

/** `pg` gives a question up after this; the type of its questions does not know it. */
const within = (query_timeout: number, question: QueryConfig): QueryConfig & { query_timeout: number } => ({
  ...question,
  query_timeout,
})

const answer = async (asked: Asked): Promise<Answered> => {
  const { number } = asked
  const until = performance.now() + asked.answerMs
  const leftMs = (): number => Math.max(1, until - performance.now())
  try {
    if (asked.inTransaction && client === null)
      return { number, ok: false, code: NOT_SENT, message: 'The connection was lost within a transaction.' }
    const one = await connected(leftMs)
    if (asked.scope !== scope) {
      const text = "SELECT set_config('samtila.scope', $1, false)"
      await one.query(within(leftMs(), { text, values: [asked.scope] }))
      scope = asked.scope
    }
    const result = await one.query(
      within(
        leftMs(),
        asked.script
          ? { text: asked.text }
          : { name: nameOf(asked.text), text: asked.text, values: asked.values as unknown[] },
      ),
    )
    return { number, ok: true, rows: asked.script ? [] : result.rows, count: result.rowCount ?? 0 }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    // Errors of the server leave the connection whole; any other one may have left an answer on its way.
    if (!/^[0-9A-Z]{5}$/.test(code) || code.startsWith('08') || code.startsWith('57')) {
      const broken = client
      client = null
      void broken?.end().catch(() => undefined)
    }
    return { number, ok: false, code, message: cause instanceof Error ? cause.message : String(cause) }
  }
}

let last: Promise<unknown> = Promise.resolve()
parentPort?.on('message', (asked: Asked | 'close') => {
  last = last.then(async () => {
    if (asked === 'close') {
      await client?.end().catch(() => undefined)
      parentPort?.close()
      port.close()
      return
    }
    port.postMessage(await answer(asked), [])
    Atomics.store(signal, 0, 1)
    Atomics.notify(signal, 0)
  })
})
