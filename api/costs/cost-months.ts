// Months of a premises as lines with their quantities and methods. What is frozen never changes, so it is explained once and kept.
import { groundsOf, linesOf, type CostLine, type ItemGround } from '#domain/costs/cost-lines.ts'
import type { Id, Premises } from '#domain/registry/bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import type { RouteParts } from '#api/parts.ts'
import { keepNewest } from '#api/settlement/keep-newest.ts'
import { newestOf } from '#api/settlement/ledger-rows.ts'
import type { Settlements } from '#api/settlement/settlements.ts'

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

export function createCostMonths({ records, limits, now }: RouteParts, settlements: Settlements): CostMonths {
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
        const grounds =
          ids.length === 0
            ? new Map<string, ItemGround>()
            : await kept.get(`${premises.id} ${period} ${stamp} ${explained}`, explain)
        all.push({ settlement, grounds, lines: linesOf(settlement, grounds, (id) => suppliers.get(id) ?? id) })
      }
      return all
    },
  }
}
