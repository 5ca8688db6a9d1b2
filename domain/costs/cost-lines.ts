// A month's cost items as they are compared with other months: by what stays the same from month to month, with quantity and method. Pure.
import type { Id, SplitMethod } from '#domain/registry/bundle.ts'
import { add, multiply, parseFraction, type Fraction } from '#domain/quantity/fraction.ts'
import { parseCents } from '#domain/quantity/money.ts'
import { unitFactor } from '#domain/quantity/units.ts'
import type { Explanation } from '#domain/settlement/explanation.ts'
import type { Item, ItemSource, Settlement } from '#domain/settlement/settlement.ts'

export type Quantity = { unit: string; amount: Fraction }
/** How an item's cents are split: its rule's method; an adjustment by what the adjusted month was; null while it is blocked. */
export type LineMethod = SplitMethod['by'] | 'adjustment'
/** All items of a month that are one line from month to month: segments of one cost, invoices of one supplier. */
export type CostLine = {
  key: string
  category: string
  source: ItemSource
  /** Ids of its items, the first first. */
  items: string[]
  cents: bigint
  shares: Map<Id, bigint>
  quantity: Quantity | null
}
/** What an explanation tells of an item beyond the settlement. */
export type ItemGround = { method: LineMethod | null; quantity: Quantity | null }

const ADJUSTMENT = /^adjustment:\d{4}-\d{2}:(.+)$/
const withoutSegment = (id: string): string => id.replace(/@\d{4}-\d{2}-\d{2}$/, '')

/** Method and metered quantity of each explained item. */
export function groundsOf(explanations: readonly Explanation[]): Map<string, ItemGround> {
  return new Map(
    explanations.map((one): [string, ItemGround] => {
      if ('of' in one) return [one.item, { method: 'adjustment', quantity: null }]
      const meter = one.net?.kind === 'metered' ? one.net.meter : null
      const amount = meter === null ? null : parseFraction(meter.quantity)
      const quantity = meter === null || amount === null ? null : { unit: meter.unit, amount }
      return [one.item, { method: one.rule?.by ?? null, quantity }]
    }),
  )
}

/**
 * What an item is from month to month: its cost; of invoices, each of which comes once, the category and the supplier.
 * @param supplierOf supplier of an invoice, by the invoice's id
 */
export function keyOf({ id, category }: Pick<Item, 'id' | 'category'>, supplierOf: (invoice: Id) => string): string {
  const adjusted = ADJUSTMENT.exec(id)?.[1]
  const own = withoutSegment(adjusted ?? id)
  const key = own.startsWith('invoice:')
    ? `invoice:${category}:${supplierOf(own.slice('invoice:'.length))}`
    : `${own.slice(0, own.indexOf(':'))}:${category}:${own.slice(own.indexOf(':') + 1)}`
  return adjusted === undefined ? key : `adjustment:${key}`
}

/** The lines of a month; items without an amount (blocked ones) are left out. */
export function linesOf(
  { items }: Pick<Settlement, 'items'>,
  grounds: ReadonlyMap<string, ItemGround>,
  supplierOf: (invoice: Id) => string,
): CostLine[] {
  const lines = new Map<string, CostLine>()
  const counted = new Set<string>()
  for (const item of items) {
    const cents = item.net === null ? null : parseCents(item.net)
    if (cents === null) continue
    const key = keyOf(item, supplierOf)
    // A segment's explanation has the quantity of the whole item.
    const whole = withoutSegment(item.id)
    const quantity = counted.has(whole) ? null : (grounds.get(item.id)?.quantity ?? null)
    counted.add(whole)
    const line: CostLine = {
      key,
      category: item.category,
      source: item.source,
      items: [item.id],
      cents,
      shares: new Map(item.shares.map(({ party, net }) => [party, parseCents(net) ?? 0n])),
      quantity,
    }
    const known = lines.get(key)
    lines.set(key, known === undefined ? line : joined(known, line))
  }
  return [...lines.values()]
}

/** The lines of several months as those of one period; a quantity is known when it is in every month. */
export function sumOfLines(months: readonly (readonly CostLine[])[]): CostLine[] {
  const lines = new Map<string, CostLine>()
  const without = new Set<string>()
  for (const month of months)
    for (const line of month) {
      if (line.quantity === null) without.add(line.key)
      const known = lines.get(line.key)
      lines.set(line.key, known === undefined ? { ...line, shares: new Map(line.shares) } : joined(known, line))
    }
  return [...lines.values()].map((line) => (without.has(line.key) ? { ...line, quantity: null } : line))
}

function joined(a: CostLine, b: CostLine): CostLine {
  const shares = new Map(a.shares)
  for (const [party, cents] of b.shares) shares.set(party, (shares.get(party) ?? 0n) + cents)
  return {
    ...a,
    items: [...a.items, ...b.items],
    cents: a.cents + b.cents,
    shares,
    quantity: together(a.quantity, b.quantity),
  }
}
function together(a: Quantity | null, b: Quantity | null): Quantity | null {
  if (a === null || b === null) return a ?? b
  const factor = unitFactor(b.unit, a.unit)
  return factor === null ? null : { unit: a.unit, amount: add(a.amount, multiply(b.amount, factor)) }
}
