// The one way in which facts change: one transaction with all versions, indexes and audit lines, or nothing.
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { Failure } from '#domain/failure.ts'
import type { Id, ObjectKind, UsageRecord } from '#domain/registry/bundle.ts'
import type { Actor, ChangeResult, ObjectChange, PriceRow, RecordChange } from '#domain/ports/records.ts'
import { premisesOfObject } from '#domain/registry/references.ts'
import { writeAudit } from './audit.ts'
import type { Context } from './context.ts'
import { putMeta } from './meta.ts'
import { clearFinds, putFinds } from './finds.ts'
import { clearIndexes, facetsOf, indexObject, searchTextOf } from './object-indexes.ts'
import { withdraw } from './withdraw.ts'

type Outcome = keyof ChangeResult

/** Numbers of an object's history; null when it is new. */
type Current = { version: number; body: string } | null

export const createObjectChanges = (context: Context) => {
  /** Recording times never go back, even when the machine's clock does: `knownAt` depends on their order. */
  const recordedAt = (): number => {
    const last = Number(context.one("SELECT value FROM meta WHERE key = 'last-recorded-at'")?.['value'] ?? 0)
    const at = Math.max(last, context.now)
    putMeta(context, 'last-recorded-at', String(at))
    return at
  }

  const currentOf = (kind: ObjectKind, id: Id): Current => {
    const row = context.one(
      'SELECT version, body FROM objects WHERE kind = ? AND id = ? AND superseded_at IS NULL',
      kind,
      id,
    )
    return row === undefined ? null : { version: Number(row['version']), body: String(row['body']) }
  }

  /** The last version of an object that may have been withdrawn, 0 if there never was one. */
  const lastVersion = (kind: ObjectKind, id: Id): number =>
    Number(
      context.one('SELECT max(version) AS version FROM objects WHERE kind = ? AND id = ?', kind, id)?.['version'] ?? 0,
    )

  const putObject = (change: ObjectChange, at: number, actor: Actor, action: string): Outcome => {
    const { kind, id, value } = change
    if (value.id !== id) throw new Failure('internal', `The change of ${kind} ${id} carries the object ${value.id}.`)
    if (kind === 'priceSeries' && change.value.values !== undefined) {
      throw new Failure('internal', `The prices of the series ${id} go into the change's own list of prices.`)
    }
    const current = currentOf(kind, id)
    const version = current?.version ?? 0
    const next = (current?.version ?? lastVersion(kind, id)) + 1
    if (change.expectedVersion !== undefined && change.expectedVersion !== version)
      throw changedMeanwhile(kind, id, change.expectedVersion, version)
    const body = JSON.stringify(value)
    if (current !== null && isDeepStrictEqual(JSON.parse(current.body), JSON.parse(body))) return 'unchanged'
    const { type, space } = facetsOf(kind, value)
    const premises = premisesOfObject(kind, value)
    if (current !== null) {
      context.run(
        'UPDATE objects SET superseded_at = ? WHERE kind = ? AND id = ? AND superseded_at IS NULL',
        at,
        kind,
        id,
      )
      clearIndexes(context.run, kind, id)
      clearFinds(context, kind, id)
    }
    context.run(
      `INSERT INTO objects (kind, id, version, recorded_at, recorded_by, premises, type, space, search, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      kind,
      id,
      next,
      at,
      `${actor.kind}:${actor.id}`,
      premises,
      type,
      space,
      searchTextOf(value),
      body,
    )
    indexObject(context.run, kind, value)
    putFinds(context, kind, value)
    const detail = JSON.stringify({
      version: next,
      before: version,
      sha256: createHash('sha256').update(body).digest('hex'),
    })
    writeAudit(context, actor, { action, kind, id, premises, detail })
    return current === null ? 'created' : 'changed'
  }

  const putPrice = (series: Id, { at, interval, price }: PriceRow, recorded: number): Outcome => {
    const row = context.one(
      'SELECT revision, price, superseded_at FROM prices WHERE series = ? AND at = ? AND interval = ? ORDER BY revision DESC LIMIT 1',
      series,
      at,
      interval,
    )
    const stands = row !== undefined && row['superseded_at'] === null
    if (stands && row['price'] === price) return 'unchanged'
    const revision = Number(row?.['revision'] ?? 0)
    context.run(
      'UPDATE prices SET superseded_at = ? WHERE series = ? AND at = ? AND interval = ? AND revision = ? AND superseded_at IS NULL',
      recorded,
      series,
      at,
      interval,
      revision,
    )
    context.run(
      'INSERT INTO prices (series, at, interval, revision, price, recorded_at) VALUES (?, ?, ?, ?, ?, ?)',
      series,
      at,
      interval,
      revision + 1,
      price,
      recorded,
    )
    return stands ? 'changed' : 'created'
  }

  const putUsage = (record: UsageRecord, at: number): Outcome => {
    const key = [record.device, Date.parse(record.from), Date.parse(record.to), record.organisation] as const
    const row = context.one(
      'SELECT revision, superseded_at FROM usage WHERE device = ? AND from_at = ? AND to_at = ? AND organisation = ? ORDER BY revision DESC LIMIT 1',
      ...key,
    )
    if (row !== undefined && row['superseded_at'] === null) return 'unchanged'
    context.run(
      'INSERT INTO usage (device, from_at, to_at, organisation, revision, recorded_at) VALUES (?, ?, ?, ?, ?, ?)',
      ...key,
      Number(row?.['revision'] ?? 0) + 1,
      at,
    )
    return 'created'
  }

  return {
    change(change: RecordChange, actor: Actor, action: string): ChangeResult {
      const result: ChangeResult = { created: 0, changed: 0, unchanged: 0 }
      const changed: { kind: ObjectKind; id: Id }[] = []
      context.transaction(() => {
        const at = recordedAt()
        const gone =
          change.withdrawn === undefined ? 0 : withdraw(context, change.withdrawn, at, actor, action, changed)
        result.changed += gone
        for (const object of change.objects ?? []) {
          const outcome = putObject(object, at, actor, action)
          result[outcome] += 1
          if (outcome !== 'unchanged') changed.push({ kind: object.kind, id: object.id })
        }
        for (const { series, rows } of change.prices ?? []) {
          const outcomes = rows.map((row) => putPrice(series, row, at))
          const news = count(result, outcomes)
          if (news === 0) continue
          changed.push({ kind: 'priceSeries', id: series })
          writeAudit(context, actor, {
            action,
            kind: 'prices',
            id: series,
            premises: null,
            detail: JSON.stringify({ rows: news }),
          })
        }
        for (const [device, records] of Map.groupBy(change.usage ?? [], (record) => record.device)) {
          const outcomes = records.map((record) => putUsage(record, at))
          const news = count(result, outcomes)
          if (news === 0) continue
          const premises = context.one(
            "SELECT premises FROM objects WHERE kind = 'devices' AND id = ? AND superseded_at IS NULL",
            device,
          )
          const place = typeof premises?.['premises'] === 'string' ? premises['premises'] : null
          changed.push({ kind: 'devices', id: device })
          writeAudit(context, actor, {
            action,
            kind: 'usage',
            id: device,
            premises: place,
            detail: JSON.stringify({ records: news }),
          })
        }
        if (changed.length > 0) context.events.push({ on: 'change', changed })
      })
      return result
    },
  }
}

/** Adds the outcomes to the result; gives how many were not 'unchanged'. */
const count = (result: ChangeResult, outcomes: readonly Outcome[]): number => {
  for (const outcome of outcomes) result[outcome] += 1
  return outcomes.filter((outcome) => outcome !== 'unchanged').length
}

const changedMeanwhile = (kind: ObjectKind, id: Id, expected: number, found: number): Failure =>
  new Failure(
    'changed-meanwhile',
    found === 0
      ? `There is no ${kind} ${id} to change.`
      : expected === 0
        ? `There is already an object ${id} in ${kind}.`
        : `${id} in ${kind} is at version ${found}, not ${expected}. Read it again and repeat the change.`,
  )
