// Gathers everything that a settlement of one premises rests on, except its readings, as a bundle.
import { formatInstant } from '#domain/quantity/instant.ts'
import type { Bundle, Id, ObjectKind, ObjectOf, PriceSeries } from '#domain/registry/bundle.ts'
import type { ObjectQuery, Records, Scope } from '#domain/ports/records.ts'
import { ALL, listAll, listChunked } from './list-all.ts'
import { referencesOf } from './references.ts'

/** Kinds that belong to one premises, and those that are found because these name them. */
const OWN_KINDS = [
  'devices',
  'agreements',
  'meteredCosts',
  'recurringCosts',
  'invoices',
] as const satisfies ObjectKind[]
const ALL_TIME = { from: 0, to: Date.UTC(2200, 0, 1) }

export type FactsOptions = {
  /** Prices and usage records that touch these instants (ms); all of them if absent. */
  range?: { from: number; to: number }
  /** As the platform knew it at that instant. */
  knownAt?: number
  /** Leaves out what this scope may not see; everything if absent. */
  scope?: Scope
}

/**
 * The premises with its devices, agreements and costs, and whatever these name: devices of other premises (and those premises),
 * organisations, tariffs, price series with their prices, usage records. Every list is in the order of ids (prices by instant), so
 * that the same facts give the same bundle. Null when there is no such premises, or none that the scope sees.
 */
export const factsOfPremises = async (
  records: Records,
  premises: Id,
  options: FactsOptions = {},
): Promise<Bundle | null> => {
  const { range = ALL_TIME, knownAt, scope = ALL } = options
  const asKnown = knownAt === undefined ? {} : { knownAt }
  const own = await records.getObject(scope, 'premises', premises, knownAt)
  if (own === null) return null

  const found = new Map<ObjectKind, Map<Id, ObjectOf<ObjectKind>>>([['premises', new Map([[premises, own.value]])]])
  const take = async <K extends ObjectKind>(kind: K, values: AsyncGenerator<ObjectOf<K>>): Promise<ObjectOf<K>[]> => {
    const taken: ObjectOf<K>[] = []
    for await (const value of values) {
      found.getOrInsert(kind, new Map()).set(value.id, value)
      taken.push(value)
    }
    return taken
  }
  const byIds = (ids: readonly Id[]): Omit<ObjectQuery, 'limit'> => ({ ids, ...asKnown })

  let news: [ObjectKind, ObjectOf<ObjectKind>][] = [['premises', own.value]]
  for (const kind of OWN_KINDS) {
    const values = await take(kind, listAll(records, kind, { premises, ...asKnown }, scope))
    news.push(...values.map((value): [ObjectKind, ObjectOf<ObjectKind>] => [kind, value]))
  }
  while (news.length > 0) {
    const named = Map.groupBy(
      news.flatMap(([kind, value]) => referencesOf(kind, value)),
      (reference) => reference.kind,
    )
    news = []
    for (const [kind, references] of named) {
      const ids = [...new Set(references.map((reference) => reference.id))].filter((id) => !found.get(kind)?.has(id))
      const values = await take(kind, listChunked(records, kind, ids, byIds, scope))
      news.push(...values.map((value): [ObjectKind, ObjectOf<ObjectKind>] => [kind, value]))
    }
  }

  const listed = <K extends ObjectKind>(kind: K): ObjectOf<K>[] => {
    const values = [...(found.get(kind)?.values() ?? [])] as ObjectOf<K>[]
    return values.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }
  const devices = listed('devices')
  return {
    organisations: listed('organisations'),
    premises: listed('premises'),
    devices,
    priceSeries: await Promise.all(listed('priceSeries').map((series) => withPrices(records, series, range, knownAt))),
    tariffs: listed('tariffs'),
    agreements: listed('agreements'),
    meteredCosts: listed('meteredCosts'),
    recurringCosts: listed('recurringCosts'),
    invoices: listed('invoices'),
    usage: await records.usage(
      devices.map((device) => device.id),
      range.from,
      range.to,
      knownAt,
    ),
  }
}

/** The series with its prices of the range (and of the day before, for intervals that reach in), by instant. */
export const withPrices = async (
  records: Records,
  series: PriceSeries,
  range: { from: number; to: number },
  knownAt?: number,
): Promise<PriceSeries> => {
  const rows = await records.prices(series.id, range.from, range.to, knownAt)
  if (rows.length === 0) return series
  return { ...series, values: rows.map(({ at, interval, price }) => [formatInstant(at), interval, price]) }
}
