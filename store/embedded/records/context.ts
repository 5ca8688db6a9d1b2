// The records engine's ground on SQLite: cached statements and transactions.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { Failure } from '#domain/failure.ts'
import type { Context, Row } from '#store/sql/context.ts'
import { createWordIndex } from './word-index.ts'

export const createContext = (database: DatabaseSync): Context => {
  const statements = new Map<string, StatementSync>()
  const changes = new Map<string, StatementSync>()
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const made = database.prepare(sql)
    statements.set(sql, made)
    return made
  }
  /** The index of words numbers its own rows beyond what a number holds, and `run` tells the last of them: it is never looked at. */
  const changing = (sql: string): StatementSync => {
    const known = changes.get(sql)
    if (known !== undefined) return known
    const made = database.prepare(sql)
    made.setReadBigInts(true)
    changes.set(sql, made)
    return made
  }
  /** After a failed commit or fsync nothing may be promised any more until the database is opened anew. */
  let broken: unknown = null
  const context: Context = {
    now: 0,
    events: [],
    words: createWordIndex({ run: (sql, ...values) => context.run(sql, ...values) }),
    auditTail: null,
    atCommit: null,
    run: (sql, ...values) => Number(changing(sql).run(...values).changes),
    one: (sql, ...values) => prepared(sql).get(...values) as Row | undefined,
    all: (sql, ...values) => prepared(sql).all(...values) as Row[],
    named: (sql, values) => prepared(sql).all(values) as Row[],
    transaction(work) {
      if (broken !== null)
        throw new Failure('store-unavailable', 'A write of the records failed earlier; they must be opened anew.', {
          cause: broken,
        })
      if (database.isTransaction) return work()
      context.auditTail = null
      context.atCommit = null
      database.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        finish(context)
        database.exec('COMMIT')
        return result
      } catch (cause) {
        if (isWriteFailure(cause)) broken = cause
        if (database.isTransaction) database.exec('ROLLBACK')
        throw cause
      }
    },
  }
  return context
}

const finish = (context: Context): void => context.atCommit?.()

/** SQLITE_IOERR (10) with any of its sub-codes. */
const isWriteFailure = (cause: unknown): boolean => (errorCodeOf(cause) & 0xff) === 10

/** The number of SQLite's result code, 0 for any other error. */
export const errorCodeOf = (cause: unknown): number =>
  cause instanceof Error && 'errcode' in cause && typeof cause.errcode === 'number' ? cause.errcode : 0
