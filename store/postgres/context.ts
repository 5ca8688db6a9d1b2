// The records engine's ground on PostgreSQL: one connection, whose transactions come one after the other on all nodes.
import type { Context, RecordsEvent } from '#store/sql/context.ts'
import { Failure } from '#domain/failure.ts'
import { mayBeDone } from './connection.ts'
import type { Connection } from './connection.ts'
import { bindNamed, bindPositional } from './translate.ts'
import { createWordIndex } from './word-index.ts'

/** Held by whoever writes: the audit chain and gapless numbers have one order, on every node the same. */
const WRITER_LOCK = 0x5a_4d_54_4c

/**
 * `node` names this process, so that it does not hear its own changes twice. A reader's statements see only what the scope of the
 * call may see: row-level security holds what the engine asks for anyway.
 */
export const createContext = (connection: Connection, node: string, role: 'writer' | 'reader'): Context => {
  const context: Context = {
    now: 0,
    events: [],
    words: createWordIndex({ run: (sql, ...values) => context.run(sql, ...values) }),
    auditTail: null,
    atCommit: null,
    run(sql, ...values) {
      const bound = bindPositional(sql, values)
      return connection.ask(bound.text, bound.values).count
    },
    one: (sql, ...values) => context.all(sql, ...values)[0],
    all(sql, ...values) {
      const bound = bindPositional(sql, values)
      return connection.ask(bound.text, bound.values).rows
    },
    named(sql, values) {
      const bound = bindNamed(sql, values)
      return connection.ask(bound.text, bound.values).rows
    },
    lookAs(organisation) {
      connection.scope = role === 'writer' ? '*' : (organisation ?? '*')
    },
    transaction(work) {
      if (connection.inTransaction) return work()
      context.auditTail = null
      context.atCommit = null
      // By itself: a server that is frozen is told from one where another node writes for long.
      connection.begin()
      connection.inTransaction = true
      try {
        connection.script(`SELECT pg_advisory_xact_lock(${WRITER_LOCK})`)
        const result = work()
        finish(context)
        if (context.events.length > 0) tell(connection, node, context.events, context.now)
        commit(connection)
        connection.inTransaction = false
        return result
      } catch (cause) {
        try {
          connection.rollback()
        } catch {
          // The connection is gone, so the server has rolled back by itself.
        } finally {
          connection.inTransaction = false
        }
        throw cause
      }
    },
  }
  return context
}

/** @throws Failure 'outcome-unknown' when nobody knows whether the change was kept. */
const commit = (connection: Connection): void => {
  try {
    connection.script('COMMIT')
  } catch (cause) {
    if (!mayBeDone(cause)) throw cause
    throw new Failure(
      'outcome-unknown',
      'The records server did not answer in time: it is not known whether the change was made. Look at it before you try again.',
      { cause },
    )
  }
}

const finish = (context: Context): void => context.atCommit?.()

/** How long other nodes can fetch an event; whoever was away for longer starts anew. */
const EVENTS_KEPT_MS = 24 * 60 * 60 * 1000

/** The schema's name tells installations on one database apart. */
function tell(connection: Connection, node: string, events: readonly RecordsEvent[], now: number): void {
  connection.ask(
    `WITH gone AS (DELETE FROM events WHERE at < $4), told AS (INSERT INTO events (node, body, at) VALUES ($1, $2, $3) RETURNING seq)
     SELECT pg_notify('samtila', current_schema()) FROM told`,
    [node, JSON.stringify(events), now, now - EVENTS_KEPT_MS],
  )
}
