// Connectors, which decide how messages are read, and proposed points, which wait for a person.
import { Failure } from '#domain/failure.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Actor, Connector, ProposedPoint, Scope, StoredConnector } from '#domain/ports/records.ts'
import { writeAudit } from './audit.ts'
import { text, textOrNull } from './columns.ts'
import type { Context, Row } from './context.ts'
import { pageSize } from './paging.ts'
import { DEVICE_OF_ROW, SEEN_PREMISES } from './visibility.ts'

/** The most proposed points of one device; further keys are not kept (the sender's messages still reach quarantine). */
export const PROPOSED_POINTS_PER_DEVICE = 200

const proposedOf = (row: Row): ProposedPoint => ({
  device: text(row, 'device'),
  key: text(row, 'key'),
  unit: textOrNull(row, 'unit'),
  sample: text(row, 'sample'),
  firstAt: Number(row['first_at']),
  lastAt: Number(row['last_at']),
})

export const createInbox = (context: Context) => ({
  putConnector(connector: Connector, actor: Actor, expectedVersion?: number): number {
    return context.transaction(() => {
      const { id, premises } = connector
      const stored = context.one('SELECT version, body FROM connectors WHERE id = ?', id)
      const before = Number(stored?.['version'] ?? 0)
      if (expectedVersion !== undefined && expectedVersion !== before)
        throw new Failure('changed-meanwhile', `The connector ${id} is at version ${before} now. Read it again.`)
      const body = JSON.stringify(connector)
      if (stored !== undefined && text(stored, 'body') === body) return before
      const version = before + 1
      context.run(
        `INSERT INTO connectors (id, premises, body, version) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET premises = excluded.premises, body = excluded.body, version = excluded.version`,
        id,
        premises,
        body,
        version,
      )
      writeAudit(context, actor, { action: 'connector.put', kind: 'connectors', id, premises, detail: body })
      return version
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
  listConnectors: (scope: Scope): StoredConnector[] =>
    context
      .named(
        `SELECT body, version FROM connectors WHERE $organisation IS NULL OR premises IN ${SEEN_PREMISES} ORDER BY id`,
        {
          organisation: scope.organisation,
        },
      )
      .map((row) => ({ ...(JSON.parse(text(row, 'body')) as Connector), version: Number(row['version']) })),

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
        const known = context.one('SELECT count(*) AS points FROM proposed_points WHERE device = ?', device)
        if (Number(known?.['points']) >= PROPOSED_POINTS_PER_DEVICE) continue
        context.run(
          'INSERT INTO proposed_points (device, key, unit, sample, first_at, last_at) VALUES (?, ?, ?, ?, ?, ?)',
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
        `SELECT q.* FROM proposed_points q ${DEVICE_OF_ROW}
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
