// What one party bears in a month, by category, to the cent: the figures that budgets and accruals are held against.
import { parseCents } from '#domain/quantity/money.ts'
import { monthOfIndex } from '#domain/quantity/local-date.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'

/** The months `YYYY-01` to `YYYY-12`. */
export const monthsOfYear = (year: number): string[] =>
  Array.from({ length: 12 }, (_, i) => monthOfIndex(year * 12 + i))

/** Categories with costs that cannot be shared yet, so that the figures of the month lack them. */
export const missingOf = ({ items }: Pick<Settlement, 'items'>): string[] =>
  [...new Set(items.filter(({ blocked }) => blocked !== null).map(({ category }) => category))].toSorted()

/** Net cents of the party's shares by category; they add up to the net of its statement. Items without any share of it are left out. */
export function sharesByCategory({ items }: Pick<Settlement, 'items'>, party: Id): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const { category, shares } of items)
    for (const share of shares)
      if (share.party === party) sums.set(category, (sums.get(category) ?? 0n) + (parseCents(share.net) ?? 0n))
  return sums
}
