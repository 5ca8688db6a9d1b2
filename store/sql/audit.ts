// The audit log: append-only lines, each hashed together with the one before it.
import { createHash } from 'node:crypto'
import type { Actor, AuditFilter, AuditLine, Page, Scope } from '#domain/ports/records.ts'
import type { Context, Row } from './context.ts'
import { putMeta } from './meta.ts'
import { pageOf, pageSize } from './paging.ts'
import { SEEN_PREMISES } from './visibility.ts'

/** The line whose hash is the head, so that lines cut off at the end are missed too. */
const HEAD = 'audit-head'
/** Lines that the check of the chain reads at once. */
const CHECKED_AT_ONCE = 5_000

/** Writes one line; only inside a transaction, with the change that it tells of. */
export const writeAudit = (
  context: Context,
  actor: Actor,
  line: { action: string; kind: string; id: string; premises: string | null; detail: string },
): void => {
  const last = context.auditTail ?? lastLine(context)
  const seq = last.seq + 1
  const full = { seq, at: context.now, actor, ...line }
  const hash = hashOf(last.hash, full)
  context.run(
    'INSERT INTO audit (seq, at, actor, action, kind, id, premises, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    seq,
    full.at,
    JSON.stringify(actorOf(actor)),
    full.action,
    full.kind,
    full.id,
    full.premises,
    full.detail,
    hash,
  )
  context.auditTail = { seq, hash }
  context.atCommit = () => putMeta(context, HEAD, `${seq} ${hash}`)
}

const lastLine = (context: Context): { seq: number; hash: string } => {
  const last = context.one('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1')
  return { seq: Number(last?.['seq'] ?? 0), hash: String(last?.['hash'] ?? '') }
}

/** Fields in one fixed order, so that the hash does not depend on how the caller built the actor. */
const actorOf = ({ kind, id, name, organisation }: Actor): Actor => ({ kind, id, name, organisation })

/** How the stored actor ends that acts for an organisation: the organisation is its last field. */
const endOfActor = (organisation: string | null): string => `,"organisation":${JSON.stringify(organisation)}}`
/** A text that LIKE takes as it is. */
const literal = (text: string): string => text.replaceAll(/[!%_]/g, '!$&')

const hashOf = (
  previous: string,
  { seq, at, actor, action, kind, id, premises, detail }: Omit<AuditLine, 'hash'>,
): string =>
  createHash('sha256')
    .update(`${previous}\n${JSON.stringify([seq, at, actorOf(actor), action, kind, id, premises, detail])}`)
    .digest('hex')

const lineOf = (row: Row): AuditLine => ({
  seq: Number(row['seq']),
  at: Number(row['at']),
  actor: JSON.parse(String(row['actor'])) as Actor,
  action: String(row['action']),
  kind: String(row['kind']),
  id: String(row['id']),
  premises: row['premises'] === null ? null : String(row['premises']),
  detail: String(row['detail']),
  hash: String(row['hash']),
})

export const createAudit = (context: Context) => ({
  appendAudit(actor: Actor, action: string, kind: string, id: string, premises: string | null, detail: string): void {
    context.transaction(() => writeAudit(context, actor, { action, kind, id, premises, detail }))
  },

  /** Newest first; an organisation sees the lines of the premises that it sees, and what was done in its own name. */
  audit(scope: Scope, query: AuditFilter & { after?: string; limit: number }): Page<AuditLine> {
    const limit = pageSize(query.limit)
    const rows = context.named(
      `SELECT * FROM audit WHERE seq < $after
        AND ($premises IS NULL OR premises = $premises)
        AND ($kind IS NULL OR kind = $kind)
        AND at >= $from AND at < $to
        AND ($text IS NULL OR lower(actor || ' ' || action || ' ' || id) LIKE $text ESCAPE '!'
          OR id IN (SELECT value FROM json_each($people))
          OR EXISTS (SELECT 1 FROM json_each($people) WHERE actor LIKE '%"id":"' || value || '"%'))
        AND ($organisation IS NULL OR premises IN ${SEEN_PREMISES} OR actor LIKE $own ESCAPE '!')
        ORDER BY seq DESC LIMIT $limit`,
      {
        after: query.after === undefined ? Number.MAX_SAFE_INTEGER : Number(query.after),
        premises: query.premises ?? null,
        kind: query.kind ?? null,
        from: query.from ?? 0,
        to: query.to ?? Number.MAX_SAFE_INTEGER,
        text: query.text === undefined ? null : `%${literal(query.text.toLowerCase())}%`,
        people: JSON.stringify(query.people ?? []),
        own: `%${literal(endOfActor(scope.organisation))}`,
        organisation: scope.organisation,
        limit: limit + 1,
      },
    )
    return pageOf(rows.map(lineOf), limit, (line) => String(line.seq))
  },

  verifyAudit(): { seq: number } | null {
    let previous = ''
    let seq = 0
    for (;;) {
      const rows = context.all(`SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ${CHECKED_AT_ONCE}`, seq)
      if (rows.length === 0) break
      for (const line of rows.map(lineOf)) {
        if (line.seq !== seq + 1 || hashOf(previous, line) !== line.hash) return { seq: line.seq }
        previous = line.hash
        seq = line.seq
      }
    }
    const head = context.one('SELECT value FROM meta WHERE key = ?', HEAD)?.['value']
    return (head ?? '') === (seq === 0 ? '' : `${seq} ${previous}`) ? null : { seq: seq + 1 }
  },
})
