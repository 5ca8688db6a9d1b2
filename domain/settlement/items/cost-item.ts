// A cost item of a month before it is shared: whose, how much, on which days, and how the amount came about.
import type { Id } from '#domain/registry/bundle.ts'
import type { InForceRun } from '#domain/agreement/in-force.ts'
import type { MeterMonth } from '#domain/metering/meter.ts'
import { ZERO, fraction, multiply } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { divideByExactShares } from '#domain/quantity/largest-remainder.ts'
import { formatDay } from '#domain/quantity/local-date.ts'
import type { VatTreatment } from '#domain/agreement/tariff.ts'
import type { Facts } from '#domain/settlement/facts.ts'
import { cutItem } from '#domain/settlement/segments.ts'
import type { Segment } from '#domain/settlement/segments.ts'
import type { BlockCode, ItemSource } from '#domain/settlement/settlement.ts'
import type { NetTrace, SegmentTrace } from '#domain/settlement/trace.ts'

/** The month that is computed. */
export type Month = { month: string; firstDay: number; endDay: number; runs: readonly InForceRun[]; facts: Facts }

export type CostItem = {
  id: string
  source: ItemSource
  category: string
  payer: Id
  /** The device of `usage` and `ownership`: the invoice's, the asset, the meter's. */
  device: Id | null
  /** The item's local dates in the month. */
  firstDay: number
  endDay: number
  meter: MeterMonth | null
  /** Null for an item without a meter: then the method's own word counts. */
  allowEstimated: boolean | null
  /** Estimated part of the item's own meter over all its days. */
  estimated: Fraction
  net: NetTrace | null
  segments: Segment[]
  /** How the cents fell on the segments, one for each; empty when `problem` is set. */
  parts: SegmentTrace[]
  /** What blocks all of it. */
  problem: { code: BlockCode; detail: string } | null
}

/**
 * An item without a meter: its amount falls on the segments by days. Of a recurring cost that is the amount before it was
 * rounded to cents; an invoice's and a depreciation's month is whole cents from the start.
 */
export function itemByDays(
  month: Month,
  head: Pick<CostItem, 'id' | 'source' | 'category' | 'payer' | 'device' | 'firstDay' | 'endDay'>,
  vat: VatTreatment,
  net: Exclude<NetTrace, { kind: 'metered' }>,
): CostItem {
  const segments = cutItem(month.runs, head.firstDay, head.endDay, []).map((segment) => ({ ...segment, vat }))
  const total = BigInt(head.endDay - head.firstDay)
  const weights = segments.map(({ firstDay, endDay }) => fraction(BigInt(endDay - firstDay)))
  const exact = weights.map((days) => multiply(amountToCut(net), fraction(days.n, total)))
  const parts = partsOfSegments(net.cents, segments, exact, weights)
  return { ...head, meter: null, allowEstimated: null, estimated: ZERO, net, segments, parts, problem: null }
}

/** The exact amount, in cents, that is cut by days. */
function amountToCut(net: Exclude<NetTrace, { kind: 'metered' }>): Fraction {
  return net.kind === 'recurring' ? net.exact : fraction(net.cents)
}

/** The item's cents over its segments, whose exact amounts (in cents) are known: largest remainder, ties to the earlier. */
export function partsOfSegments(
  cents: bigint,
  segments: readonly Segment[],
  exact: readonly Fraction[],
  weights: readonly Fraction[] = exact,
): SegmentTrace[] {
  return divideByExactShares(cents, exact).map((part, i) => {
    const { from, firstDay, endDay } = segments[i]!
    return { key: formatDay(from), weight: weights[i]!, ...part, days: endDay - firstDay }
  })
}

/** The days of [from, to) within the month; null when there are none. */
export function daysInMonth(month: Month, from: number, to: number): { firstDay: number; endDay: number } | null {
  const firstDay = Math.max(from, month.firstDay)
  const endDay = Math.min(to, month.endDay)
  return firstDay < endDay ? { firstDay, endDay } : null
}
