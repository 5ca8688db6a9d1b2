// A settlement in one line of a list.
import type { SettlementSummary } from '#contract/settlements.ts'
import { formatCents, parseCents } from '#domain/quantity/money.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'

export function summaryOf(settlement: Settlement): SettlementSummary {
  const byCategory = new Map<string, bigint>()
  let sum: bigint | null = null
  for (const { category, net } of settlement.items) {
    const cents = net === null ? null : parseCents(net)
    if (cents === null) continue
    sum = (sum ?? 0n) + cents
    byCategory.set(category, (byCategory.get(category) ?? 0n) + cents)
  }
  return {
    period: settlement.period,
    status: settlement.status,
    net: sum === null ? null : formatCents(sum),
    blocked: settlement.blocked.length,
    statements: settlement.statements,
    estimated: settlement.items.some(({ estimated }) => estimated !== '0'),
    byCategory: [...byCategory]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([category, cents]) => ({ category, net: formatCents(cents) })),
  }
}
