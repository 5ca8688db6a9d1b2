// Copies all records from one database to another, table by table in the order of their keys, and compares both by digest.
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { Failure } from '#domain/failure.ts'
import type { Row, SqlValue, Statements } from './context.ts'

type Table = { name: string; key: readonly string[]; columns: readonly string[]; identity?: true }
const table = (name: string, key: string, rest: string, identity?: true): Table => {
  const keys = key.split(' ')
  const columns = [...keys, ...rest.split(' ').filter((column) => column !== '')]
  return { name, key: keys, columns, ...(identity === undefined ? {} : { identity }) }
}

/** What names others comes after them. `identity`: its key counts up by itself. */
export const TABLES: readonly Table[] = [
  table('objects', 'kind id version', 'recorded_at superseded_at recorded_by premises type space search body'),
  table('prices', 'series at interval revision', 'price recorded_at superseded_at'),
  table('usage', 'device from_at to_at organisation revision', 'recorded_at superseded_at'),
  table('ledger', 'seq', 'premises period issue status at by body digest previous_digest force grounds', true),
  table('responses', 'seq', 'premises period issue party item answer text at by', true),
  table('countersignatures', 'seq', 'premises period digest party public_key signature at by', true),
  table('users', 'id', 'login body'),
  table('sessions', 'id_hash', 'user organisation csrf created_at seen_at expires_at agent'),
  table('tokens', 'id', 'hash organisation body'),
  table('credentials', 'id', 'device hash gateway created_at revoked_at'),
  table('connectors', 'id', 'premises body version'),
  // What it keeps and how much room that takes follows from its messages.
  table('quarantine', 'id', 'credential device topic reason detail count first_at last_at', true),
  table('quarantine_messages', 'id', 'entry device topic truncated at payload', true),
  table('proposed_points', 'device key', 'unit sample first_at last_at'),
  table('idempotency', 'actor key', 'body_hash status answer at'),
  table('audit', 'seq', 'at actor action kind id premises detail hash'),
  table('meta', 'key', 'value'),
  table('links', 'kind id to_kind to_id', 'premises'),
  table('sight', 'organisation premises kind id', ''),
  table(
    'papers',
    'seq',
    'kind id premises audience state due_at body version created_at created_by changed_at changed_by',
    true,
  ),
  table('paper_audience', 'organisation paper', ''),
  table('paper_versions', 'paper version', 'state due_at body files at by'),
  table('files', 'digest', 'media_type name bytes at'),
  table('paper_files', 'paper place', 'digest'),
  table('numbers', 'series', 'last'),
  table('file_senders', 'digest organisation', ''),
]

export type CopyOptions = {
  /** Runs work in one transaction of the target. */
  inTransaction: (work: () => void) => void
  /** Brings the target's counter of a key that counts up by itself behind the largest one. */
  raiseIdentity: (table: string, key: string) => void
  onTable?: (name: string, rows: number) => void
}
export type Copied = { tables: number; rows: number; digest: string }

/** Rows of one step. */
const STEP_ROWS = 500

/**
 * The target is empty, or holds the beginning of the same copy: then it goes on where that ended.
 * @throws Failure 'conflict' when a table reads differently in the target.
 */
export function copyRecords(from: Statements, to: Statements, options: CopyOptions): Copied {
  for (const one of TABLES) refuseOthers(from, to, one)
  const all = createHash('sha256')
  let rows = 0
  for (const one of TABLES) {
    for (;;) {
      const step = rowsAfter(from, one, lastKey(to, one))
      if (step.length === 0) break
      options.inTransaction(() => insertRows(to, one, step))
    }
    if (one.identity === true) options.raiseIdentity(one.name, one.key[0]!)
    const [ours, theirs] = [digestOf(from, one), digestOf(to, one)]
    if (ours.digest !== theirs.digest)
      throw new Failure(
        'conflict',
        `${one.name} reads differently in the new store: ${ours.rows} rows here, ${theirs.rows} there. Empty it and begin again.`,
      )
    all.update(`${one.name} ${ours.digest}\n`)
    rows += ours.rows
    options.onTable?.(one.name, ours.rows)
  }
  return { tables: TABLES.length, rows, digest: all.digest('hex') }
}

const quoted = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ')

const rowsAfter = (store: Statements, { name, key, columns }: Table, after: SqlValue[] | null): Row[] => {
  const where = after === null ? '' : `WHERE (${quoted(key)}) > (${key.map(() => '?').join(', ')})`
  return store.all(
    `SELECT ${quoted(columns)} FROM ${name} ${where} ORDER BY ${quoted(key)} LIMIT ${STEP_ROWS}`,
    ...(after ?? []),
  )
}
const keyOf = ({ key }: Table, row: Row): SqlValue[] => key.map((column) => row[column] ?? null)

const lastKey = (store: Statements, one: Table): SqlValue[] | null => {
  const order = one.key.map((column) => `"${column}" DESC`).join(', ')
  const row = store.one(`SELECT ${quoted(one.key)} FROM ${one.name} ORDER BY ${order} LIMIT 1`)
  return row === undefined ? null : keyOf(one, row)
}
const insertRows = (store: Statements, { name, columns }: Table, rows: readonly Row[]): void => {
  const sql = `INSERT INTO ${name} (${quoted(columns)}) VALUES (${columns.map(() => '?').join(', ')})`
  for (const row of rows) store.run(sql, ...columns.map((column) => row[column] ?? null))
}

/** What the target has already must be the beginning of the source. */
const refuseOthers = (from: Statements, to: Statements, one: Table): void => {
  const last = lastKey(to, one)
  if (last === null || digestOf(from, one, last).digest === digestOf(to, one, last).digest) return
  throw new Failure(
    'conflict',
    `The new store holds other rows in ${one.name} already: nothing is mixed. Choose an empty one.`,
  )
}

/** Of all rows, or of those up to a key. */
const digestOf = (store: Statements, one: Table, last?: SqlValue[]): { rows: number; digest: string } => {
  const hash = createHash('sha256')
  let rows = 0
  let after: SqlValue[] | null = null
  for (;;) {
    const step = rowsAfter(store, one, after)
    if (step.length === 0) return { rows, digest: hash.digest('hex') }
    for (const row of step) {
      hash.update(`${JSON.stringify(one.columns.map((column) => plain(row[column] ?? null)))}\n`)
      rows += 1
      after = keyOf(one, row)
      if (last !== undefined && isDeepStrictEqual(after, last)) return { rows, digest: hash.digest('hex') }
    }
  }
}
const plain = (value: SqlValue): SqlValue =>
  value instanceof Uint8Array ? createHash('sha256').update(value).digest('hex') : value
