// What an organisation sees of the quarantine: rows of devices at premises that it sees, and rows of no device that its gateways sent.
import type { Page, QuarantineEntry, QuarantineQuery, Records, Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { ALL, listChunked } from '#domain/registry/list-all.ts'

/**
 * Gateways whose messages are the organisation's business: registered devices at premises that it lets, all of whose connectors are at
 * such premises. What came by bridges, by gateways that are no device, or by those of several landlords is left to the operator.
 */
async function gatewaysOf(records: Records, scope: Scope): Promise<Id[]> {
  const connectors = await records.listConnectors(ALL)
  const byIds = (ids: readonly Id[]) => ({ ids })
  const lets = new Set<Id>()
  const places = [...new Set(connectors.map(({ premises }) => premises))]
  for await (const { id, landlord } of listChunked(records, 'premises', places, byIds, scope))
    if (landlord === scope.organisation) lets.add(id)
  const own = [...Map.groupBy(connectors, ({ credential }) => credential)]
    .filter(([, ofGateway]) => ofGateway.every(({ premises }) => lets.has(premises)))
    .map(([credential]) => credential)
  const gateways: Id[] = []
  for await (const { id, premises } of listChunked(records, 'devices', own, byIds, scope))
    if (lets.has(premises)) gateways.push(id)
  return gateways
}

/** Newest rows first, as `listQuarantine`; each with the scope in which its messages are read, released and deleted. */
export async function seenQuarantine(
  records: Records,
  scope: Scope,
  query: Omit<QuarantineQuery, 'gateways'>,
): Promise<Page<{ entry: QuarantineEntry; scope: Scope }>> {
  const gateways = scope.organisation === null ? [] : await gatewaysOf(records, scope)
  const pages = await Promise.all([
    pageIn(records, scope, query),
    ...(gateways.length === 0 ? [] : [pageIn(records, ALL, { ...query, gateways })]),
  ])
  const rows = pages.flatMap(({ items }) => items).toSorted((a, b) => b.entry.id - a.entry.id)
  const items = rows.slice(0, query.limit)
  const isLast = rows.length === items.length && pages.every(({ next }) => next === null)
  return { items, next: isLast ? null : String(items.at(-1)?.entry.id) }
}

async function pageIn(records: Records, scope: Scope, query: QuarantineQuery) {
  const { items, next } = await records.listQuarantine(scope, query)
  return { items: items.map((entry) => ({ entry, scope })), next }
}
