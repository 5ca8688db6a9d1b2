// Adjustments: what earlier closed months give today, against what was closed and adjusted since; the differences are posted now.
import type { Id } from '#domain/registry/bundle.ts'
import { plainDecimal } from '#domain/quantity/decimal.ts'
import { parseCents } from '#domain/quantity/money.ts'
import type { VatTreatment } from '#domain/agreement/tariff.ts'
import type { FrozenSettlement, Item } from './settlement.ts'
import type { AdjustmentTrace, ItemTrace, ShareCents } from './trace.ts'

/** An adjustment with what is shown of it; `shares` are by id of the party. */
export type Adjustment = { category: string; payer: Id; vat: VatTreatment | null; trace: AdjustmentGround }
/** As a trace, or without the way to what was recomputed: then it can't be explained. */
export type AdjustmentGround = Omit<AdjustmentTrace, 'recomputed'> & { recomputed: ItemTrace | RecomputedItem | null }

/** An item of a closed month as it comes out today: what its adjustment goes by. */
export type RecomputedItem = Pick<ItemTrace, 'item' | 'category' | 'payer' | 'vat' | 'shares' | 'blocked' | 'detail'>
/** A closed month as it comes out today: with the way there where it was just computed, without where it was kept from before. */
export type RecomputedMonth = { items: readonly (ItemTrace | RecomputedItem)[] }

/**
 * The adjustments that a draft of `period` posts to closed months before it. `earlier` holds all frozen settlements of the premises;
 * `recomputed` gives what a closed month comes to today, or null for a month that is left out.
 */
export function adjustmentsOf(
  period: string,
  earlier: readonly FrozenSettlement[],
  recomputed: (month: string) => RecomputedMonth | null,
): Adjustment[] {
  // What this period's own issued settlement posted is being computed anew.
  const others = earlier
    .filter((settlement) => settlement.period !== period)
    .toSorted((a, b) => (a.period < b.period ? -1 : 1))
  return others
    .filter(({ status, period: month }) => status === 'closed' && month < period)
    .flatMap((closed) => {
      const month = recomputed(closed.period)
      return month === null ? [] : adjustMonth(closed, others, month)
    })
}

function adjustMonth(
  closed: FrozenSettlement,
  others: readonly FrozenSettlement[],
  { items }: RecomputedMonth,
): Adjustment[] {
  const month = closed.period
  const prefix = `adjustment:${month}:`
  const closedItems = new Map(
    closed.items.filter(({ source }) => source !== 'adjustment').map((item) => [item.id, item]),
  )
  const adjusted = new Map<string, { period: string; item: Item }[]>()
  for (const settlement of others) {
    for (const item of settlement.items) {
      if (!item.id.startsWith(prefix)) continue
      const of = item.id.slice(prefix.length)
      adjusted.set(of, [...(adjusted.get(of) ?? []), { period: settlement.period, item }])
    }
  }
  const recomputed = new Map(items.map((one) => [one.item, one]))
  const ids = new Set([...closedItems.keys(), ...adjusted.keys(), ...recomputed.keys()])
  return [...ids]
    .map((id) => adjustItem(month, id, closedItems.get(id) ?? null, adjusted.get(id) ?? [], recomputed.get(id) ?? null))
    .filter((adjustment) => adjustment !== null)
}

function adjustItem(
  month: string,
  of: string,
  closed: Item | null,
  adjusted: readonly { period: string; item: Item }[],
  recomputed: ItemTrace | RecomputedItem | null,
): Adjustment | null {
  const settled = closed ?? adjusted[0]?.item ?? null
  const { category, payer, vat } = settled === null ? recomputed! : { ...settled, vat: vatOf(settled) }
  const trace: AdjustmentGround = {
    item: `adjustment:${month}:${of}`,
    source: 'adjustment',
    month,
    of,
    closed: sharesOf(closed),
    adjusted: adjusted.map(({ period, item }) => ({ period, shares: sharesOf(item) })),
    recomputed,
    shares: [],
    blocked: null,
    detail: '',
  }
  if (recomputed !== null && recomputed.blocked !== null) {
    const detail = `recomputed ${month}: ${recomputed.detail}`
    return { category, payer, vat, trace: { ...trace, blocked: recomputed.blocked, detail } }
  }
  const shares = differences(trace)
  return shares.every(({ cents }) => cents === 0n) ? null : { category, payer, vat, trace: { ...trace, shares } }
}

/** Recomputed less closed less adjusted, by party in order of id; what is missing on a side is zero. */
export function differences(trace: {
  closed: readonly ShareCents[]
  adjusted: readonly { shares: readonly ShareCents[] }[]
  recomputed: { shares: readonly ShareCents[] } | null
}): ShareCents[] {
  const byParty = new Map<Id, bigint>()
  const count = (shares: readonly ShareCents[], sign: bigint): void => {
    for (const { party, cents } of shares) byParty.set(party, (byParty.get(party) ?? 0n) + sign * cents)
  }
  count(trace.recomputed?.shares ?? [], 1n)
  count(trace.closed, -1n)
  for (const { shares } of trace.adjusted) count(shares, -1n)
  return [...byParty].map(([party, cents]) => ({ party, cents })).sort((a, b) => (a.party < b.party ? -1 : 1))
}

function sharesOf(item: Item | null): ShareCents[] {
  return (item?.shares ?? []).map(({ party, net }) => ({ party, cents: parseCents(net)! }))
}
function vatOf(item: Item): VatTreatment | null {
  return item.vat === null ? null : { category: item.vat.category, rate: plainDecimal(item.vat.rate)! }
}
