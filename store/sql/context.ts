// What every part of the records engine stands on, whichever database is below: statements, one clock, transactions, events.
import type { Id, ObjectKind } from '#domain/registry/bundle.ts'
import type { TokenQuery } from '#domain/search/tokens.ts'

/** What a statement takes and gives; whole numbers of a row are numbers. */
export type SqlValue = string | number | null | Uint8Array
export type Row = Record<string, SqlValue>
/** What a committed call must tell the listeners of the main thread. */
export type RecordsEvent =
  | { on: 'change'; changed: { kind: ObjectKind; id: Id }[] }
  | { on: 'credentials'; devices: Id[] }
  | { on: 'papers'; changed: { kind: string; id: Id; premises: Id | null }[] }

/**
 * The statements of the engine are what SQLite and PostgreSQL both understand; `?`, `?1` and `$name` stand for values. What
 * PostgreSQL lacks (`json_each`, `json_extract`, `instr`) its schema adds.
 */
export type Statements = {
  /** Gives how many rows it touched. */
  run(sql: string, ...values: SqlValue[]): number
  one(sql: string, ...values: SqlValue[]): Row | undefined
  all(sql: string, ...values: SqlValue[]): Row[]
  named(sql: string, values: Record<string, SqlValue>): Row[]
}
/** Words in the index of a row of `finds`, in the way that the database is quick at. */
export type WordIndex = {
  keep(seq: number, tokens: readonly string[]): void
  forget(seq: number): void
  forgetAll(): void
  /** Tables, among them `finds f`, and the condition that a row answers $match. */
  from: string
  where: string
  /** The value of $match for a question. */
  write(query: TokenQuery): string
}
export type Context = Statements & {
  words: WordIndex
  /** The caller's clock, in ms, set before each call. */
  now: number
  events: RecordsEvent[]
  /** The last audit line of the open transaction: many lines of one change need not be read back one by one. */
  auditTail: { seq: number; hash: string } | null
  /** Runs once, at the end of the open transaction, as part of it. */
  atCommit: (() => void) | null
  /** Tells the database through whose eyes the call reads, where it can hold that itself; null: all. */
  lookAs?(organisation: Id | null): void
  /** Runs `work` in one transaction; when it returns, the change is durable. Within an open one it is part of that. */
  transaction<T>(work: () => T): T
}
