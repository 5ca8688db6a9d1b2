// What the change of a device does to costs: closed months stay, their difference is adjusted in the first open one.
import type { DeviceChangeAnswer } from '#contract/device-change.ts'
import { formatCents, parseCents } from '#domain/quantity/money.ts'
import { nextMonth } from '#domain/quantity/local-date.ts'
import type { Device, LocalDate } from '#domain/registry/bundle.ts'
import { statementsMoved } from '#domain/corrections/correct-invoice.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import type { RouteParts } from '#api/parts.ts'
import { adjustedBy } from '#api/settlement/causes.ts'
import { newestOf } from '#api/settlement/ledger-rows.ts'
import type { Settlements } from '#api/settlement/settlements.ts'

type MonthsMoved = NonNullable<DeviceChangeAnswer['months']>

/**
 * `from` is the first local date on which a cost may differ, `day` that of the roles. Looked at are the first open month, those of both
 * days, and the one after the first, in which a depreciation begins; months without another result are left out.
 */
export async function costEffects(
  after: Device,
  { from, day }: { from: LocalDate; day: LocalDate | null },
  { records }: Pick<RouteParts, 'records'>,
  settlements: Pick<Settlements, 'supposing'>,
): Promise<MonthsMoved> {
  const ledger = await records.ledger(after.premises)
  const frozen = [...new Set(ledger.map(({ period }) => period))].toSorted()
  const last = frozen.findLast((period) => newestOf(ledger, period)?.status === 'closed')
  const own = from.slice(0, 7)
  let open = last === undefined ? own : nextMonth(last)
  while (frozen.includes(open)) open = nextMonth(open)
  const wanted = [open, own, nextMonth(own), ...(day === null ? [] : [day.slice(0, 7)])]
  const periods = [...new Set(wanted)].filter((period) => period >= open && !frozen.includes(period)).toSorted()
  const moved: MonthsMoved = []
  for (const period of periods) {
    const before = await settlements.supposing(after.premises, period, {})
    const then = await settlements.supposing(after.premises, period, { devices: { from, values: [after] } })
    const month = monthMoved(before, then)
    if (month !== null) moved.push({ adjusts: adjustedMonths(before, then), month })
  }
  return moved
}

function monthMoved(before: Settlement, after: Settlement): MonthsMoved[number]['month'] | null {
  const moved = statementsMoved(before, after)
  const isBlocked = after.blocked.length > before.blocked.length
  if (!isBlocked && moved.every(({ net, gross }) => parseCents(net) === 0n && parseCents(gross) === 0n)) return null
  const of = (party: string, key: 'net' | 'gross'): string =>
    after.statements.find((one) => one.party === party)?.[key] ?? formatCents(0n)
  return {
    period: after.period,
    parties: moved.map(({ party, net, gross }) => ({
      party,
      net: of(party, 'net'),
      gross: of(party, 'gross'),
      netDifference: net,
      grossDifference: gross,
    })),
    categories: [],
    blocked: after.blocked
      .filter(({ item }) => !before.blocked.some((one) => one.item === item))
      .map(({ item, code, detail }) => {
        const found = after.items.find(({ id }) => id === item)
        return { item, category: found?.category ?? '', code, detail, net: found?.net ?? null }
      }),
  }
}

/** The closed months of which another difference is adjusted. */
function adjustedMonths(before: Settlement, after: Settlement): string[] {
  const textOf = ({ items }: Settlement, id: string): string =>
    JSON.stringify(items.find((item) => item.id === id)?.shares ?? [])
  const ids = new Set(
    [...before.items, ...after.items].filter(({ source }) => source === 'adjustment').map(({ id }) => id),
  )
  const months = [...ids].flatMap((id) =>
    textOf(before, id) === textOf(after, id) ? [] : (adjustedBy(id)?.month ?? []),
  )
  return [...new Set(months)].toSorted()
}
