// All cost items of one month, cut into segments and shared: everything of a settlement but its adjustments.
import type { Id } from '#domain/registry/bundle.ts'
import { inForceRuns, ruleFor } from '#domain/agreement/in-force.ts'
import { compare } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { formatDay, monthDays } from '#domain/quantity/local-date.ts'
import type { Facts } from './facts.ts'
import type { CostItem, Month } from './items/cost-item.ts'
import { depreciationItem } from './items/depreciation.ts'
import { invoiceItem } from './items/invoice.ts'
import { meteredItem, tooMuchEstimated } from './items/metered.ts'
import { recurringItem } from './items/recurring.ts'
import { metersOf, splitCents } from './methods/split.ts'
import type { SplitMeter } from './methods/split.ts'
import type { Segment } from './segments.ts'
import type { BlockCode } from './settlement.ts'
import { BLOCK_CODES } from './settlement.ts'
import type { ItemTrace } from './trace.ts'

/** The items of a month in no particular order, and the parties of its agreements: the first agreement's, then those that later ones add. */
export type MonthItems = { items: ItemTrace[]; parties: Id[] }

export function monthItems(facts: Facts, month: string): MonthItems {
  const { first, end } = monthDays(month)
  const runs = inForceRuns(facts.agreements, first, end)
  const parties = [...new Set(runs.flatMap((run) => run.inForce?.agreement.parties ?? []))]
  const computed: Month = { month, firstDay: first, endDay: end, runs, facts }
  const items = [
    ...facts.invoices.map((invoice) => invoiceItem(invoice, computed)),
    ...facts.recurringCosts.map((cost) => recurringItem(cost, computed)),
    ...[...facts.devices.values()]
      .filter((device) => device.premises === facts.premises.id)
      .map((device) => depreciationItem(device, computed)),
    ...facts.meteredCosts.map((cost) => meteredItem(cost, computed)),
  ].filter((item) => item !== null)
  return {
    items: items.flatMap((item) => item.segments.map((_, i) => shareSegment(item, i, computed, parties))),
    parties,
  }
}

/** One segment of an item, shared over the parties of its agreement, or blocked. `order` is the one in which shares stand. */
function shareSegment(item: CostItem, index: number, month: Month, order: readonly Id[]): ItemTrace {
  const segment = item.segments[index]!
  const inForce = segment.inForce
  const rule = inForce === null ? null : ruleFor(inForce.version, item.category)
  const meters = rule === null ? [] : metersOf(rule.method, inForce!.agreement.parties)
  const trace: ItemTrace = {
    item: segment.from === month.firstDay ? item.id : `${item.id}@${formatDay(segment.from)}`,
    source: item.source,
    category: item.category,
    payer: item.payer,
    vat: segment.vat,
    from: formatDay(segment.firstDay),
    to: formatDay(segment.endDay),
    segment: { from: formatDay(segment.from), to: formatDay(segment.end) },
    net: item.net,
    segments: item.parts,
    cents: item.parts[index]?.cents ?? null,
    estimated: largestEstimate(item, meters, month),
    agreement: inForce === null ? null : { id: inForce.agreement.id, version: inForce.version.version },
    rule: rule === null ? null : { category: rule.category, by: rule.method.by },
    split: null,
    shares: [],
    blocked: null,
    detail: '',
  }
  const blocked = (code: BlockCode, detail: string): ItemTrace => ({ ...trace, blocked: code, detail })
  if (item.problem !== null) return blocked(item.problem.code, item.problem.detail)
  if (inForce === null) return blocked('no-agreement', `no agreement is in force from ${trace.segment.from}`)
  const where = `version ${inForce.version.version} of agreement ${inForce.agreement.id}`
  if (rule === null) return blocked('no-rule', `${where} has no rule for ${item.category}`)
  const unusable = unusableMeter(item, meters, month)
  if (unusable !== null) return blocked(unusable.code, unusable.detail)
  const { parties } = inForce.agreement
  const split = splitCents(rule.method, trace.cents!, splitUse(item, segment, month, parties))
  const problem = BLOCK_CODES.map((code) => split.problems.find((found) => found.code === code)).find(
    (found) => found !== undefined,
  )
  if (problem !== undefined) return { ...blocked(problem.code, problem.detail), split: split.trace }
  const shares = parties.map((party, i) => ({ party, cents: split.cents[i]! }))
  return {
    ...trace,
    split: split.trace,
    shares: shares.sort((a, b) => order.indexOf(a.party) - order.indexOf(b.party)),
  }
}

function splitUse(
  item: CostItem,
  segment: Segment,
  { facts, month }: Month,
  parties: readonly Id[],
): Parameters<typeof splitCents>[2] {
  const { firstDay, endDay } = segment
  const itemDays = { firstDay: item.firstDay, endDay: item.endDay }
  return { facts, month, parties, days: { firstDay, endDay }, itemDays, device: item.device, meter: item.meter }
}

/** The first `main` or sub-meter, in the order of the agreement, that the item cannot go by. */
function unusableMeter(
  item: CostItem,
  meters: readonly SplitMeter[],
  { facts, month }: Month,
): { code: BlockCode; detail: string } | null {
  for (const { ref, allowEstimated } of meters) {
    const name = `${ref.device}/${ref.point}`
    const use = facts.meterMonth(ref, month)?.use(item.firstDay, item.endDay) ?? null
    if (use === null) return { code: 'no-readings', detail: `${name} is neither a counter nor an interval point` }
    if (use.code !== null) return { code: use.code, detail: `${name}: ${use.detail}` }
    if (!(item.allowEstimated ?? allowEstimated) && tooMuchEstimated(use.estimated))
      return { code: 'too-much-estimated', detail: `${name}: more than 20 % of the quantity is estimated` }
  }
  return null
}

/** The largest estimated part among the item's meter and those of its split, over all the item's days. */
function largestEstimate(item: CostItem, meters: readonly SplitMeter[], { facts, month }: Month): Fraction {
  return meters
    .map(({ ref }) => facts.meterMonth(ref, month)?.use(item.firstDay, item.endDay).estimated)
    .filter((part) => part !== undefined)
    .reduce((most, part) => (compare(part, most) > 0 ? part : most), item.estimated)
}
