// START HERE: the settlement of one premises for one month, from facts, readings and what is already frozen.
import type { Bundle, Id } from '#domain/registry/bundle.ts'
import type { ReadingsOf } from '#domain/ports/meter-readings.ts'
import { formatRounded } from '#domain/quantity/fraction.ts'
import { formatCents } from '#domain/quantity/money.ts'
import { adjustmentsOf } from './adjustments.ts'
import type { AdjustmentGround, RecomputedItem } from './adjustments.ts'
import type { Explanation } from './explanation.ts'
import { explanationOf } from './explanation.ts'
import { factsOf } from './facts.ts'
import { monthItems } from './month-items.ts'
import type { FrozenSettlement, Item, Settlement } from './settlement.ts'
import { statementsOf, transfersOf } from './statements.ts'
import type { AdjustmentTrace, ItemTrace, Sha256, ShareCents } from './trace.ts'
import type { VatGroup } from './vat.ts'
import { vatGroups } from './vat.ts'

export type SettleInput = {
  /** Facts that concern the premises, checked when they came in. */
  facts: Bundle
  premises: Id
  /** `YYYY-MM`. */
  period: string
  readings: ReadingsOf
  /** Every issued and closed settlement of the premises, one per month. */
  earlier: readonly FrozenSettlement[]
  /** What closed months come to today, where that is known: by facts and readings that are no others now. They are not computed again. */
  recomputed?: ReadonlyMap<string, KeptMonth>
  /** The closed months to adjust; all before the period if absent. */
  adjusting?: readonly string[]
}
/** A closed month as it came out, as plain data that can be kept. */
export type KeptMonth = { items: RecomputedItem[]; simulated: boolean }
export type Settled = {
  /** A draft. */
  settlement: Settlement
  /** The VAT groups behind statements and transfers, in cents. */
  vat: VatGroup[]
  /** Whether readings of a simulated device were used, also for adjustments. */
  simulated: boolean
  /** The closed months that were computed again. */
  recomputed: Map<string, KeptMonth>
  /** How one item came about, made on demand; null for an unknown id. @throws Error for an adjustment of a month that was given. */
  explain(item: string, sha256: Sha256): Explanation | null
  /** How every item came about, in order. */
  explanations(sha256: Sha256): Explanation[]
}

type Shown = { item: Item; shares: ShareCents[]; trace: ItemTrace | AdjustmentGround }

/**
 * Computes the draft of a month by docs/MONEY.md. Pure and synchronous: the same input gives the same bytes, whatever the
 * order of its lists and wherever it runs. Earlier closed months are recomputed for adjustments, so `readings` must cover
 * them too (requiredReadings), save those whose outcome is given. Throws only on facts that the import refuses.
 */
export function settle({
  facts: bundle,
  premises,
  period,
  readings,
  earlier,
  recomputed: given = new Map(),
  adjusting,
}: SettleInput): Settled {
  const facts = factsOf(bundle, premises, readings)
  const month = monthItems(facts, period)
  const recomputed = new Map<string, KeptMonth>()
  const adjustments = adjustmentsOf(period, earlier, (closed) => {
    if (adjusting !== undefined && !adjusting.includes(closed)) return null
    const known = given.get(closed)
    if (known !== undefined) return known
    const { items } = monthItems(facts, closed)
    recomputed.set(closed, { items: items.map(keptItem), simulated: facts.usedSimulated(closed) })
    return { items }
  })
  const order = [
    ...month.parties,
    ...partiesOnlyIn(
      adjustments.map(({ trace }) => trace),
      month.parties,
    ),
  ]
  const shown: Shown[] = [
    ...month.items.map((trace) => ({ item: shownItem(trace), shares: trace.shares, trace })),
    ...adjustments.map(({ trace, ...head }) => {
      const shares = trace.shares.toSorted((a, b) => order.indexOf(a.party) - order.indexOf(b.party))
      return { item: shownAdjustment({ ...head, trace: { ...trace, shares } }), shares, trace: { ...trace, shares } }
    }),
  ].sort((a, b) => (a.item.id < b.item.id ? -1 : 1))
  const groups = vatGroups(shown.map(({ item, shares }) => ({ payer: item.payer, vat: item.vat, shares })))
  const settlement: Settlement = {
    premises,
    period,
    status: 'draft',
    items: shown.map(({ item }) => item),
    statements: statementsOf(order, groups),
    transfers: transfersOf(groups),
    blocked: shown.flatMap(({ item, trace }) =>
      trace.blocked === null ? [] : [{ item: item.id, code: trace.blocked, detail: trace.detail }],
    ),
    digest: null,
  }
  const traces = new Map(shown.map(({ trace }) => [trace.item, trace]))
  return {
    settlement,
    vat: groups,
    simulated: facts.usedSimulated() || [...given.values()].some(({ simulated }) => simulated),
    recomputed,
    explain: (id, sha256) => {
      const trace = traces.get(id)
      return trace === undefined ? null : explanationOf(whole(trace), sha256)
    },
    explanations: (sha256) => [...traces.values()].map((trace) => explanationOf(whole(trace), sha256)),
  }
}

/** The trace, whose way is there. */
function whole(trace: Shown['trace']): ItemTrace | AdjustmentTrace {
  const { recomputed = null } = trace as Partial<AdjustmentGround>
  if (recomputed !== null && !('segments' in recomputed))
    throw new Error(`the way to ${trace.item} was not computed: its month was given`)
  return trace as ItemTrace | AdjustmentTrace
}

function keptItem({ item, category, payer, vat, shares, blocked, detail }: ItemTrace): RecomputedItem {
  return { item, category, payer, vat, shares, blocked, detail }
}

function shownItem(trace: ItemTrace): Item {
  return {
    id: trace.item,
    category: trace.category,
    source: trace.source,
    payer: trace.payer,
    net: trace.cents === null ? null : formatCents(trace.cents),
    vat: trace.vat,
    estimated: formatRounded(trace.estimated, 4),
    shares: shownShares(trace.shares),
    blocked: trace.blocked,
  }
}

function shownAdjustment({ trace, category, payer, vat }: ReturnType<typeof adjustmentsOf>[number]): Item {
  const net = trace.shares.reduce((total, { cents }) => total + cents, 0n)
  return {
    id: trace.item,
    category,
    source: 'adjustment',
    payer,
    net: trace.blocked === null ? formatCents(net) : null,
    vat,
    estimated: '0',
    shares: shownShares(trace.shares),
    blocked: trace.blocked,
  }
}

function shownShares(shares: readonly ShareCents[]): Item['shares'] {
  return shares.map(({ party, cents }) => ({ party, net: formatCents(cents) }))
}

/** Parties that only adjustments name, by id. */
function partiesOnlyIn(traces: readonly AdjustmentGround[], known: readonly Id[]): Id[] {
  const named = new Set(traces.flatMap(({ shares }) => shares.map(({ party }) => party)))
  return [...named].filter((party) => !known.includes(party)).sort()
}
