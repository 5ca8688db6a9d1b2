// What waits for a person: quarantined messages, proposed points; and the connectors that decide how messages are read.
import type { Id } from '#domain/registry/bundle.ts'
import type {
  Actor,
  Connector,
  Page,
  ProposedPoint,
  QuarantineAddition,
  QuarantineEntry,
  Scope,
} from '#domain/ports/records.ts'
import { writeAudit } from './audit.ts'
import { text, textOrNull } from './columns.ts'
import type { Context, Row } from './context.ts'
import { pageOf, pageSize } from './paging.ts'
import { SEEN_PREMISES } from './visibility.ts'

/** The most rows of quarantine; beyond, the one that was longest not heard again goes. */
export const QUARANTINE_ROWS = 10_000
/** The most bytes of a quarantined payload that are kept. */
export const QUARANTINE_PAYLOAD_BYTES = 16_384
/** The most proposed points of one device; further keys are not kept (the sender's messages still reach quarantine). */
export const PROPOSED_POINTS_PER_DEVICE = 200

const DEVICE = "LEFT JOIN objects o ON o.kind = 'devices' AND o.id = q.device AND o.superseded_at IS NULL"

const quarantineOf = (row: Row): QuarantineEntry => ({
  id: Number(row['id']),
  credential: text(row, 'credential'),
  device: textOrNull(row, 'device'),
  premises: textOrNull(row, 'premises'),
  topic: text(row, 'topic'),
  reason: text(row, 'reason'),
  detail: text(row, 'detail'),
  payload: row['payload'] as Uint8Array,
  count: Number(row['count']),
  firstAt: Number(row['first_at']),
  lastAt: Number(row['last_at']),
})

const proposedOf = (row: Row): ProposedPoint => ({
  device: text(row, 'device'),
  key: text(row, 'key'),
  unit: textOrNull(row, 'unit'),
  sample: text(row, 'sample'),
  firstAt: Number(row['first_at']),
  lastAt: Number(row['last_at']),
})

export const createInbox = (context: Context) => ({
  putConnector(connector: Connector, actor: Actor): void {
    context.transaction(() => {
      const { id, premises } = connector
      const body = JSON.stringify(connector)
      context.run('INSERT OR REPLACE INTO connectors (id, premises, body) VALUES (?, ?, ?)', id, premises, body)
      writeAudit(context, actor, { action: 'connector.put', kind: 'connectors', id, premises, detail: body })
    })
  },
  deleteConnector(id: Id, actor: Actor): void {
    context.transaction(() => {
      const row = context.one('SELECT premises FROM connectors WHERE id = ?', id)
      if (row === undefined) return
      context.run('DELETE FROM connectors WHERE id = ?', id)
      writeAudit(context, actor, {
        action: 'connector.delete',
        kind: 'connectors',
        id,
        premises: text(row, 'premises'),
        detail: '',
      })
    })
  },
  listConnectors: (scope: Scope): Connector[] =>
    context
      .named(`SELECT body FROM connectors WHERE $organisation IS NULL OR premises IN ${SEEN_PREMISES} ORDER BY id`, {
        organisation: scope.organisation,
      })
      .map((row) => JSON.parse(text(row, 'body')) as Connector),

  /** One row per credential, topic and reason: counted up, with the newest payload, cut at its limit. */
  addQuarantine(additions: QuarantineAddition[]): void {
    context.transaction(() => {
      for (const { credential, device, topic, reason, detail, payload, at } of additions) {
        context.run(
          `INSERT INTO quarantine (credential, device, topic, reason, detail, payload, count, first_at, last_at)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?7)
           ON CONFLICT (credential, topic, reason) DO UPDATE SET
             device = excluded.device, detail = excluded.detail, payload = excluded.payload, count = count + 1, last_at = excluded.last_at`,
          credential,
          device,
          topic,
          reason,
          detail,
          payload.subarray(0, QUARANTINE_PAYLOAD_BYTES),
          at,
        )
      }
      context.run(
        `DELETE FROM quarantine WHERE id IN (SELECT id FROM quarantine ORDER BY last_at, id
           LIMIT max(0, (SELECT count(*) FROM quarantine) - ${QUARANTINE_ROWS}))`,
      )
    })
  },
  /** Newest rows first; what belongs to no known device is for the operator's eyes. */
  listQuarantine(scope: Scope, query: { after?: string; limit: number; device?: Id }): Page<QuarantineEntry> {
    const limit = pageSize(query.limit)
    const rows = context.named(
      `SELECT q.*, o.premises FROM quarantine q ${DEVICE}
       WHERE q.id < $after AND ($device IS NULL OR q.device = $device) AND ($organisation IS NULL OR o.premises IN ${SEEN_PREMISES})
       ORDER BY q.id DESC LIMIT $limit`,
      {
        after: query.after === undefined ? Number.MAX_SAFE_INTEGER : Number(query.after),
        device: query.device ?? null,
        organisation: scope.organisation,
        limit: limit + 1,
      },
    )
    return pageOf(rows.map(quarantineOf), limit, (entry) => String(entry.id))
  },
  deleteQuarantine(scope: Scope, ids: number[], actor: Actor): number {
    return context.transaction(() => {
      const rows = context.named(
        `SELECT q.id, q.topic, q.reason, q.count, o.premises FROM quarantine q ${DEVICE}
         WHERE q.id IN (SELECT value FROM json_each($ids)) AND ($organisation IS NULL OR o.premises IN ${SEEN_PREMISES})`,
        { ids: JSON.stringify(ids), organisation: scope.organisation },
      )
      for (const row of rows) {
        context.run('DELETE FROM quarantine WHERE id = ?', Number(row['id']))
        const detail = JSON.stringify({
          topic: text(row, 'topic'),
          reason: text(row, 'reason'),
          count: Number(row['count']),
        })
        const line = {
          action: 'quarantine.delete',
          kind: 'quarantine',
          id: String(row['id']),
          premises: textOrNull(row, 'premises'),
          detail,
        }
        writeAudit(context, actor, line)
      }
      return rows.length
    })
  },

  putProposedPoints(points: ProposedPoint[]): void {
    context.transaction(() => {
      for (const { device, key, unit, sample, firstAt, lastAt } of points) {
        const updated = context.run(
          'UPDATE proposed_points SET unit = coalesce(?, unit), sample = ?, last_at = ? WHERE device = ? AND key = ?',
          unit,
          sample,
          lastAt,
          device,
          key,
        )
        if (updated > 0) continue
        context.run(
          `INSERT INTO proposed_points (device, key, unit, sample, first_at, last_at)
           SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE (SELECT count(*) FROM proposed_points WHERE device = ?1) < ${PROPOSED_POINTS_PER_DEVICE}`,
          device,
          key,
          unit,
          sample,
          firstAt,
          lastAt,
        )
      }
    })
  },
  listProposedPoints: (scope: Scope, query: { device?: Id; limit: number }): ProposedPoint[] =>
    context
      .named(
        `SELECT q.* FROM proposed_points q ${DEVICE}
         WHERE ($device IS NULL OR q.device = $device) AND ($organisation IS NULL OR o.premises IN ${SEEN_PREMISES})
         ORDER BY q.device, q.key LIMIT $limit`,
        { device: query.device ?? null, organisation: scope.organisation, limit: pageSize(query.limit) },
      )
      .map(proposedOf),
  deleteProposedPoints(device: Id, keys: readonly string[]): void {
    context.transaction(() => {
      for (const key of keys) context.run('DELETE FROM proposed_points WHERE device = ? AND key = ?', device, key)
    })
  },
})
