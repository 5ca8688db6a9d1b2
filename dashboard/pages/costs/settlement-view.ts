// A settlement arranged for reading: parties in their order with their looks, items by category. Pure; no amount is computed.
import type { Item, Settlement } from '#contract/settlements.ts'

/** Parties in the settlement's one order; a party's place decides its colour and pattern. */
export const partiesOf = (settlement: Settlement, agreed: readonly string[]): string[] => [
  ...new Set([...agreed, ...settlement.statements.map(({ party }) => party)]),
]

/** Items by category, categories in alphabetical order of `word`, items in the settlement's order. */
export const itemsByCategory = (
  items: readonly Item[],
  word: (category: string) => string,
): { category: string; items: Item[] }[] =>
  [...Map.groupBy(items, ({ category }) => category)]
    .map(([category, group]) => ({ category, items: group }))
    .sort((a, b) => word(a.category).localeCompare(word(b.category)))

/** The parties with one's own organisation first. */
export const ownFirst = <T extends { party: string }>(rows: readonly T[], own: string | null): T[] =>
  rows.toSorted((a, b) => Number(b.party === own) - Number(a.party === own))
