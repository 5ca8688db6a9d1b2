// The flow of a month's costs: what it was → how it was split → who bears it, as sums that add up at every station. Pure.
import type { Id } from '#domain/registry/bundle.ts'
import { parseCents } from '#domain/quantity/money.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import type { ItemGround, LineMethod } from './cost-lines.ts'

export type FlowBand = { category: string; method: LineMethod; party: Id; cents: bigint }

/** One band per category, method and party, of all items that are split; in the order of their sums, the largest category first. */
export function flowOf({ items }: Pick<Settlement, 'items'>, grounds: ReadonlyMap<string, ItemGround>): FlowBand[] {
  const bands = new Map<string, FlowBand>()
  for (const { id, category, blocked, shares } of items) {
    const method = grounds.get(id)?.method ?? null
    if (blocked !== null || method === null) continue
    for (const { party, net } of shares) {
      const cents = parseCents(net) ?? 0n
      if (cents === 0n) continue
      const key = JSON.stringify([category, method, party])
      const known = bands.get(key)
      if (known === undefined) bands.set(key, { category, method, party, cents })
      else known.cents += cents
    }
  }
  const sums = new Map<string, bigint>()
  for (const { category, cents } of bands.values()) sums.set(category, (sums.get(category) ?? 0n) + cents)
  return [...bands.values()].sort((a, b) => {
    const [first, second] = [sums.get(a.category) ?? 0n, sums.get(b.category) ?? 0n]
    if (first !== second) return first > second ? -1 : 1
    return a.category === b.category ? 0 : a.category < b.category ? -1 : 1
  })
}
