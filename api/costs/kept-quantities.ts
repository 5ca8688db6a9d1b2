// What the metered items of frozen months used, kept in the store: explaining a month means computing it again, which key figures need not wait for.
import type { ItemGround, LineMethod } from '#domain/costs/cost-lines.ts'
import { paperKind } from '#domain/ports/papers.ts'
import type { Actor } from '#domain/ports/records.ts'
import { formatFraction, parseFraction } from '#domain/quantity/fraction.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { RouteParts } from '#api/parts.ts'
import { paperIdOf } from '#api/year/year-access.ts'

/** `stamp`: which freezing of the month it is of; another one makes it anew. Amounts are exact fractions n/d. */
type CostMonthPaper = {
  stamp: string
  items: { item: string; method: LineMethod | null; quantity: { unit: string; amount: string } | null }[]
}
const COST_MONTH = paperKind<CostMonthPaper>('cost-month')
const ALL = { organisation: null }
const ACTOR: Actor = { kind: 'system', id: 'cost-months', name: 'Samtila', organisation: null }

/** The grounds as they are kept of that freezing; made and kept when they are not. */
export async function keptQuantities(
  { records }: RouteParts,
  premises: Id,
  period: string,
  stamp: string,
  make: () => Promise<Map<string, ItemGround>>,
): Promise<Map<string, ItemGround>> {
  const id = paperIdOf('cost-month', [premises, period])
  const stored = await records.getPaper(ALL, COST_MONTH, id)
  if (stored?.body.stamp === stamp) return groundsFrom(stored.body)
  const grounds = await make()
  const items = [...grounds].map(([item, { method, quantity }]) => ({
    item,
    method,
    quantity: quantity === null ? null : { unit: quantity.unit, amount: formatFraction(quantity.amount) },
  }))
  const paper = { id, premises, audience: 'operator' as const, state: 'kept', dueAt: null, body: { stamp, items } }
  await records.changePapers({ papers: [{ kind: COST_MONTH, paper }] }, ACTOR, 'cost-month.keep')
  return grounds
}

const groundsFrom = ({ items }: CostMonthPaper): Map<string, ItemGround> =>
  new Map(
    items.map(({ item, method, quantity }) => {
      const amount = quantity === null ? null : parseFraction(quantity.amount)
      return [item, { method, quantity: quantity === null || amount === null ? null : { unit: quantity.unit, amount } }]
    }),
  )
