// Reads of the versioned objects: as they are, as they were known at an instant, and their history, each through the eyes of a scope.
import { isKeeper, ownerFields, without } from '#domain/lifecycle/classification.ts'
import { formatDay } from '#domain/quantity/local-date.ts'
import type { Device, Id, ObjectKind, ObjectOf, UsageRecord } from '#domain/registry/bundle.ts'
import type { ObjectQuery, Page, PriceRow, Scope, Stored } from '#domain/ports/records.ts'
import type { Context, Row, SqlValue } from './context.ts'
import { pageOf, pageSize } from './paging.ts'
import { foundBy } from './search.ts'
import { BODIES_OF_SCOPE, ofPremisesSql, visibleSql } from './visibility.ts'

const DAY_MS = 24 * 60 * 60 * 1000

const storedOf = (row: Row): Stored<ObjectOf<ObjectKind>> => ({
  value: JSON.parse(String(row['body'])) as ObjectOf<ObjectKind>,
  version: Number(row['version']),
  recordedAt: Number(row['recorded_at']),
  recordedBy: String(row['recorded_by']),
})

const asOf = (knownAt: number | undefined): string =>
  knownAt === undefined
    ? 'o.superseded_at IS NULL'
    : 'o.recorded_at <= $knownAt AND (o.superseded_at IS NULL OR o.superseded_at > $knownAt)'

/** What is hidden is not found by it either. */
const isFound = (
  { value, hidden = [] }: Stored<ObjectOf<ObjectKind>>,
  { text, space, type, knownAt }: Omit<ObjectQuery, 'limit'>,
): boolean =>
  (space === undefined || !hidden.includes('place')) &&
  (type === undefined || !hidden.includes('type')) &&
  (text === undefined || knownAt === undefined || !hidden.includes('name') || value.id.includes(text.toLowerCase()))

/** SQLite refuses a named value that the statement does not use, so only the used ones are given. */
const used = (sql: string, values: Record<string, SqlValue>): Record<string, SqlValue> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => new RegExp(`\\$${name}\\b`).test(sql)))

/** Text for LIKE with its wildcards taken literally. */
const contains = (text: string): string => `%${text.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`

export const createObjectReads = (context: Context) => {
  const select = (sql: string, values: Record<string, SqlValue>): Row[] => context.named(sql, used(sql, values))

  const getObject = (scope: Scope, kind: ObjectKind, id: Id, knownAt?: number): Stored<ObjectOf<ObjectKind>> | null => {
    const [row] = select(
      `SELECT o.* FROM objects o WHERE o.kind = $kind AND o.id = $id AND ${asOf(knownAt)} AND ${visibleSql(kind)}`,
      { kind, id, organisation: scope.organisation, knownAt: knownAt ?? null },
    )
    return row === undefined ? null : seen(scope, kind, storedOf(row), knownAt)
  }

  const bodiesOf = (organisation: Id): Set<Id> =>
    new Set(context.named(BODIES_OF_SCOPE.slice(1, -1), { organisation }).map((row) => String(row['id'])))

  /** Without the fields that are classified for others; what is classified today is hidden in what was known earlier too. */
  const seen = (
    { organisation }: Scope,
    kind: ObjectKind,
    stored: Stored<ObjectOf<ObjectKind>>,
    knownAt: number | undefined,
  ): Stored<ObjectOf<ObjectKind>> => {
    if (kind !== 'devices' || organisation === null) return stored
    const known = stored.value as Device
    const today = knownAt === undefined ? known : ((current('devices', known.id) ?? known) as Device)
    const hidden = ownerFields(today)
    if (hidden.length === 0 || isKeeper(today, bodiesOf(organisation), formatDay(Math.floor(context.now / DAY_MS))))
      return stored
    return { ...stored, value: without(known, hidden), hidden }
  }
  const current = (kind: ObjectKind, id: Id): ObjectOf<ObjectKind> | null => {
    const row = context.one('SELECT * FROM objects WHERE kind = ? AND id = ? AND superseded_at IS NULL', kind, id)
    return row === undefined ? null : storedOf(row).value
  }

  /** The conditions of a list, and their values. */
  const wanted = (
    scope: Scope,
    kind: ObjectKind,
    query: Omit<ObjectQuery, 'limit'>,
  ): { where: string; values: Record<string, SqlValue> } => {
    const past = query.knownAt !== undefined
    const words = past ? null : foundBy(context, scope, kind, query)
    const conditions = [
      'o.kind = $kind',
      asOf(query.knownAt),
      visibleSql(kind),
      ...(query.after === undefined ? [] : ['o.id > $after']),
      ...(query.premises === undefined ? [] : [ofPremisesSql(kind)]),
      ...(query.ids === undefined ? [] : ['o.id IN (SELECT value FROM json_each($ids))']),
      ...(query.type === undefined ? [] : ['o.type = $type']),
      ...(query.space === undefined ? [] : ['o.space = $space']),
      ...(words === null ? [] : [words.sql]),
      ...(past && query.text !== undefined ? ["o.search LIKE $text ESCAPE '\\'"] : []),
      ...(query.refersTo === undefined
        ? []
        : [
            'o.id IN (SELECT id FROM links WHERE to_kind = $toKind AND to_id IN (SELECT value FROM json_each($toIds)) AND kind = $kind)',
          ]),
    ]
    return {
      where: conditions.join(' AND '),
      values: {
        kind,
        organisation: scope.organisation,
        knownAt: query.knownAt ?? null,
        after: query.after ?? null,
        premises: query.premises ?? null,
        ids: JSON.stringify(query.ids ?? []),
        type: query.type ?? null,
        space: query.space ?? null,
        text: contains(query.text ?? ''),
        toKind: query.refersTo?.kind ?? null,
        toIds: JSON.stringify(query.refersTo?.ids ?? []),
        ...words?.values,
      },
    }
  }

  return {
    getObject,

    seesPremises: (scope: Scope, premises: Id): boolean => getObject(scope, 'premises', premises) !== null,

    /** The index of sight knows by which fact a premises is seen. */
    premisesShared: ({ organisation }: Scope, premises: readonly Id[]): Id[] =>
      organisation === null
        ? [...premises]
        : context
            .named(
              `SELECT asked.value AS id FROM json_each($premises) asked WHERE EXISTS (
                SELECT 1 FROM sight s WHERE s.organisation IN ${BODIES_OF_SCOPE} AND s.premises = asked.value
                  AND s.kind IN ('agreements', 'meteredCosts', 'recurringCosts', 'invoices'))`,
              { organisation, premises: JSON.stringify(premises) },
            )
            .map((row) => String(row['id'])),

    listObjects(scope: Scope, kind: ObjectKind, query: ObjectQuery): Page<Stored<ObjectOf<ObjectKind>>> {
      const limit = pageSize(query.limit)
      const { where, values } = wanted(scope, kind, query)
      const rows = select(`SELECT o.* FROM objects o WHERE ${where} ORDER BY o.id LIMIT $limit`, {
        ...values,
        limit: limit + 1,
      })
      const page = pageOf(rows.map(storedOf), limit, (item) => item.value.id)
      const items = page.items.map((stored) => seen(scope, kind, stored, query.knownAt))
      return { ...page, items: items.filter((stored) => isFound(stored, query)) }
    },

    objectIds(scope: Scope, kind: ObjectKind, query: Omit<ObjectQuery, 'limit'> & { limit?: number }): Id[] {
      const { where, values } = wanted(scope, kind, query)
      // Only what is classified must be looked at again, and that only where a filter might tell it.
      const looks = kind === 'devices' && scope.organisation !== null && (query.space ?? query.type) !== undefined
      const classified = looks ? `instr(o.body, '"visibility"')` : '0'
      return select(
        `SELECT o.id, ${classified} AS classified FROM objects o WHERE ${where} ORDER BY o.id LIMIT $limit`,
        {
          ...values,
          limit: query.limit ?? Number.MAX_SAFE_INTEGER,
        },
      )
        .filter((row) => {
          if (Number(row['classified']) === 0) return true
          const stored = getObject(scope, kind, String(row['id']), query.knownAt)
          return stored !== null && isFound(stored, query)
        })
        .map((row) => String(row['id']))
    },

    objectHistory(scope: Scope, kind: ObjectKind, id: Id): Stored<ObjectOf<ObjectKind>>[] {
      if (getObject(scope, kind, id) === null) return []
      return context
        .all('SELECT * FROM objects WHERE kind = ? AND id = ? ORDER BY version', kind, id)
        .map((row) => seen(scope, kind, storedOf(row), context.now))
    },

    prices(series: Id, from: number, to: number, knownAt?: number): PriceRow[] {
      const sql = `SELECT o.at, o.interval, o.price FROM prices o
        WHERE o.series = $series AND o.at >= $from AND o.at < $to AND ${asOf(knownAt)} ORDER BY o.at, o.interval`
      return select(sql, { series, from: from - DAY_MS, to, knownAt: knownAt ?? null }).map((row) => ({
        at: Number(row['at']),
        interval: String(row['interval']),
        price: String(row['price']),
      }))
    },

    usage(devices: readonly Id[], from: number, to: number, knownAt?: number): UsageRecord[] {
      const sql = `SELECT o.device, o.organisation, o.from_at, o.to_at FROM usage o
        WHERE o.device IN (SELECT value FROM json_each($devices)) AND o.from_at < $to AND o.to_at > $from AND ${asOf(knownAt)}
        ORDER BY o.device, o.from_at, o.to_at, o.organisation`
      return select(sql, { devices: JSON.stringify(devices), from, to, knownAt: knownAt ?? null }).map((row) => ({
        device: String(row['device']),
        organisation: String(row['organisation']),
        from: new Date(Number(row['from_at'])).toISOString(),
        to: new Date(Number(row['to_at'])).toISOString(),
      }))
    },
  }
}
