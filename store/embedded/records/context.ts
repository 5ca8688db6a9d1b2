// What every part of the records engine stands on: cached statements, one clock, transactions, and what listeners must be told.
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'
import { Failure } from '#domain/failure.ts'
import type { Id, ObjectKind } from '#domain/registry/bundle.ts'

export type Row = Record<string, SQLOutputValue>
/** What a committed call must tell the listeners of the main thread. */
export type RecordsEvent =
  | { on: 'change'; changed: { kind: ObjectKind; id: Id }[] }
  | { on: 'credentials'; devices: Id[] }
  | { on: 'papers'; changed: { kind: string; id: Id; premises: Id | null }[] }

export type Context = {
  readonly database: DatabaseSync
  /** The caller's clock, in ms, set before each call. */
  now: number
  events: RecordsEvent[]
  /** The last audit line of the open transaction: many lines of one change need not be read back one by one. */
  auditTail: { seq: number; hash: string } | null
  /** Runs once, at the end of the open transaction, as part of it. */
  atCommit: (() => void) | null
  run(sql: string, ...values: SQLInputValue[]): number
  one(sql: string, ...values: SQLInputValue[]): Row | undefined
  all(sql: string, ...values: SQLInputValue[]): Row[]
  named(sql: string, values: Record<string, SQLInputValue>): Row[]
  /** Runs `work` in one transaction; when it returns, the change is durable. Within an open one it is part of that. */
  transaction<T>(work: () => T): T
}

export const createContext = (database: DatabaseSync): Context => {
  const statements = new Map<string, StatementSync>()
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const made = database.prepare(sql)
    statements.set(sql, made)
    return made
  }
  /** After a failed commit or fsync nothing may be promised any more until the database is opened anew. */
  let broken: unknown = null
  const context: Context = {
    database,
    now: 0,
    events: [],
    auditTail: null,
    atCommit: null,
    run: (sql, ...values) => Number(prepared(sql).run(...values).changes),
    one: (sql, ...values) => prepared(sql).get(...values),
    all: (sql, ...values) => prepared(sql).all(...values),
    named: (sql, values) => prepared(sql).all(values),
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
