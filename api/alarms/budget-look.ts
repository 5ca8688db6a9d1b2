// The running month of a party against its budget: what is metered goes on as it has, everything else stands as it is.
import { formatCents, parseCents } from '#domain/quantity/money.ts'
import { dayOfInstant, dayStart } from '#domain/quantity/period.ts'
import { monthDays } from '#domain/quantity/local-date.ts'
import type { Id, Premises } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { budgetReport } from '#domain/year/budget-report.ts'
import { ALL } from '#domain/registry/list-all.ts'
import type { RouteParts } from '#api/parts.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { budgetOf, monthNow } from '#api/year/budgets.ts'
import type { BudgetLook } from './slow-looks.ts'

/** Days of a month that must be over before anything can be said of the rest. */
const LEAST_DAYS = 5
const HUNDREDTHS = 10_000n

export const createBudgetLook =
  (parts: RouteParts, settlements: Pick<Settlements, 'figures'>): BudgetLook =>
  async (premises, { party = premises.landlord, category, overPercent }) => {
    const month = monthNow(parts, premises)
    const year = Number(month.slice(0, 4))
    const passed = partPassed(premises, month, parts.now())
    const stored = passed === null ? null : await budgetOf(parts, ALL, premises.id, year, party)
    if (passed === null || stored === null) return null
    const report = budgetReport({
      year,
      party,
      budget: stored.body,
      settlements: new Map(),
      thisMonth: month,
      forecastBy: 'budget',
    })
    const months =
      category === undefined ? report.total.months : report.rows.find((row) => row.category === category)?.months
    const budget = parseCents(months?.find((one) => one.month === month)?.budget ?? '')
    const [draft] = await settlements.figures(premises.id, [month])
    if (budget === null || draft === undefined) return null
    const forecast = forecastCents(draft, party, category, passed)
    const most = (budget * (HUNDREDTHS + hundredthsOf(overPercent))) / HUNDREDTHS
    return {
      device: null,
      point: null,
      isWrong: forecast > most,
      value: formatCents(forecast),
      limit: formatCents(most),
      unit: '€',
      at: parts.now(),
    }
  }

/** Whole days of the month that are over, of how many; null while they are too few. */
function partPassed({ timeZone }: Premises, month: string, now: number): { days: bigint; of: bigint } | null {
  const { first, end } = monthDays(month)
  const today = dayOfInstant(now, timeZone)
  const days = today - first
  return days < LEAST_DAYS || now < dayStart(today, timeZone) ? null : { days: BigInt(days), of: BigInt(end - first) }
}

/** What the month costs the party by its end, in cents. */
export function forecastCents(
  { items }: Pick<Settlement, 'items'>,
  party: Id,
  category: string | undefined,
  { days, of }: { days: bigint; of: bigint },
): bigint {
  let [metered, other] = [0n, 0n]
  for (const item of items)
    for (const share of item.shares) {
      if (share.party !== party || (category !== undefined && item.category !== category)) continue
      const cents = parseCents(share.net) ?? 0n
      if (item.source === 'metered') metered += cents
      else other += cents
    }
  return (metered * of) / days + other
}

/** Per cent with up to two decimals, in hundredths of a per cent. */
const hundredthsOf = (percent: string): bigint => {
  const [whole = '0', decimals = ''] = percent.split('.')
  return BigInt(whole) * 100n + BigInt(decimals.slice(0, 2).padEnd(2, '0'))
}
