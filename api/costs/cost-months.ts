// Months of a premises as lines with their quantities and methods. What is frozen never changes, so it is explained once and kept in the store.
import { groundsOf, linesOf, type CostLine, type ItemGround } from '#domain/costs/cost-lines.ts'
import type { Id, Premises } from '#domain/registry/bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import type { RouteParts } from '#api/parts.ts'
import { keepNewest } from '#api/settlement/keep-newest.ts'
import { newestOf } from '#api/settlement/ledger-rows.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { keptQuantities } from './kept-quantities.ts'

export type CostMonth = { settlement: Settlement; lines: CostLine[]; grounds: Map<string, ItemGround> }
export type CostMonths = {
  /**
   * The months in their order; frozen ones as they were frozen, drafts as they stand. `quantities` explains only what has one: an
   * adjustment is explained by computing its months again, which sums need not wait for.
   */
  of(premises: Premises, months: readonly string[], explained: 'quantities' | 'all'): Promise<CostMonth[]>
}

/** How long what was found of a draft is used again. */
const DRAFT_MS = 60_000

/** How often frozen months are made ready, so that nobody waits for them, and how far back. */
const READY_EVERY_MS = 600_000
const READY_FIRST_MS = 180_000
const READY_MONTHS = 37

/** Makes frozen months ready as recurring work too. */
export function openCostMonths(parts: RouteParts, settlements: Settlements): CostMonths {
  const costMonths = createCostMonths(parts, settlements)
  const { records, recurring, log } = parts
  const makeReady = async (premises: Premises): Promise<void> => {
    const frozen = new Set((await records.ledger(premises.id)).map(({ period }) => period))
    // One after the other: requests are answered between them.
    for (const month of [...frozen].sort().slice(-READY_MONTHS).reverse())
      await costMonths.of(premises, [month], 'quantities')
  }
  recurring.push({
    name: 'cost months',
    everyMs: READY_EVERY_MS,
    firstMs: READY_FIRST_MS,
    async run() {
      for await (const premises of listAll(records, 'premises'))
        await makeReady(premises).catch((error: unknown) => {
          log.warn('months are not made ready for key figures', { premises: premises.id, error: String(error) })
        })
    },
  })
  return costMonths
}

function createCostMonths(parts: RouteParts, settlements: Settlements): CostMonths {
  const { records, limits, now } = parts
  const kept = keepNewest<Map<string, ItemGround>>(limits.costMonthsKept)
  return {
    async of(premises, months, explained) {
      const [found, ledger] = [await settlements.figures(premises.id, months), await records.ledger(premises.id)]
      const suppliers = new Map<Id, string>()
      for await (const { id, supplier } of listAll(records, 'invoices', { premises: premises.id }))
        if (supplier !== undefined) suppliers.set(id, supplier)
      const all: CostMonth[] = []
      for (const settlement of found) {
        const { period, items } = settlement
        const frozen = newestOf(ledger, period)
        const stamp = frozen === null ? `draft ${Math.floor(now() / DRAFT_MS)}` : `${frozen.status} ${frozen.at}`
        const ids = items
          .filter(({ source, blocked }) => explained === 'all' || (source === 'metered' && blocked === null))
          .map(({ id }) => id)
        const explain = async (): Promise<Map<string, ItemGround>> => {
          return groundsOf((await settlements.explained(premises.id, period, ids)).explanations)
        }
        const make =
          frozen === null || explained === 'all'
            ? explain
            : () => keptQuantities(parts, premises.id, period, stamp, explain)
        const grounds =
          ids.length === 0
            ? new Map<string, ItemGround>()
            : await kept.get(`${premises.id} ${period} ${stamp} ${explained}`, make)
        all.push({ settlement, grounds, lines: linesOf(settlement, grounds, (id) => suppliers.get(id) ?? id) })
      }
      return all
    },
  }
}
