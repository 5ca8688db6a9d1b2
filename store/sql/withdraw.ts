// Takes objects, prices and usage records back: their last version ends now, and nothing of what was known before is lost.
import { Failure } from '#domain/failure.ts'
import type { Id, ObjectKind } from '#domain/registry/bundle.ts'
import type { Actor, Withdrawn } from '#domain/ports/records.ts'
import { writeAudit } from './audit.ts'
import { textOrNull } from './columns.ts'
import type { Context } from './context.ts'
import { clearFinds } from './finds.ts'
import { clearIndexes } from './object-indexes.ts'

/** Gives how many are gone; what was not there is not counted. Runs within the caller's transaction. */
export const withdraw = (
  context: Context,
  { objects = [], prices = [], usage = [] }: Withdrawn,
  at: number,
  actor: Actor,
  action: string,
  changed: { kind: ObjectKind; id: Id }[],
): number => {
  let gone = 0
  for (const { kind, id, expectedVersion } of objects) {
    const row = context.one(
      'SELECT version, premises FROM objects WHERE kind = ? AND id = ? AND superseded_at IS NULL',
      kind,
      id,
    )
    if (Number(row?.['version'] ?? 0) !== expectedVersion)
      throw new Failure('changed-meanwhile', `${id} in ${kind} is not at version ${expectedVersion} any more.`)
    context.run(
      'UPDATE objects SET superseded_at = ? WHERE kind = ? AND id = ? AND superseded_at IS NULL',
      at,
      kind,
      id,
    )
    clearIndexes(context.run, kind, id)
    clearFinds(context, kind, id)
    const premises = row === undefined ? null : textOrNull(row, 'premises')
    writeAudit(context, actor, {
      action,
      kind,
      id,
      premises,
      detail: JSON.stringify({ withdrawn: expectedVersion }),
    })
    changed.push({ kind, id })
    gone += 1
  }
  // Only now, so that objects that name each other can go together.
  for (const { kind, id } of objects) {
    const named = context.one('SELECT kind, id FROM links WHERE to_kind = ? AND to_id = ? LIMIT 1', kind, id)
    if (named !== undefined)
      throw new Failure('conflict', `${id} in ${kind} is named by ${String(named['id'])} in ${String(named['kind'])}.`)
  }
  for (const { series, rows } of prices) {
    let ended = 0
    for (const row of rows)
      ended += context.run(
        'UPDATE prices SET superseded_at = ? WHERE series = ? AND at = ? AND interval = ? AND superseded_at IS NULL',
        at,
        series,
        row.at,
        row.interval,
      )
    if (ended === 0) continue
    changed.push({ kind: 'priceSeries', id: series })
    writeAudit(context, actor, {
      action,
      kind: 'prices',
      id: series,
      premises: null,
      detail: JSON.stringify({ withdrawn: ended }),
    })
    gone += ended
  }
  for (const [device, records] of Map.groupBy(usage, (record) => record.device)) {
    let ended = 0
    for (const record of records)
      ended += context.run(
        'UPDATE usage SET superseded_at = ? WHERE device = ? AND from_at = ? AND to_at = ? AND organisation = ? AND superseded_at IS NULL',
        at,
        device,
        Date.parse(record.from),
        Date.parse(record.to),
        record.organisation,
      )
    if (ended === 0) continue
    changed.push({ kind: 'devices', id: device })
    const row = context.one(
      "SELECT premises FROM objects WHERE kind = 'devices' AND id = ? AND superseded_at IS NULL",
      device,
    )
    writeAudit(context, actor, {
      action,
      kind: 'usage',
      id: device,
      premises: row === undefined ? null : textOrNull(row, 'premises'),
      detail: JSON.stringify({ withdrawn: ended }),
    })
    gone += ended
  }
  return gone
}
