// The running month of a party against its budget: what is metered goes on as on the days that are over, everything else stands as it is.
import { formatCents, parseCents } from '#domain/quantity/money.ts'
import { fraction, multiply, round, ZERO, type Fraction } from '#domain/quantity/fraction.ts'
import { dayOfInstant } from '#domain/quantity/period.ts'
import { dayNumber, formatDay, monthDays } from '#domain/quantity/local-date.ts'
import type { Id, MeteredCost } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { budgetReport } from '#domain/year/budget-report.ts'
import { ALL, listAll } from '#domain/registry/list-all.ts'
import type { RouteParts } from '#api/parts.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { budgetOf, monthNow } from '#api/year/budgets.ts'
import type { BudgetLook } from './slow-looks.ts'

/** Days of a month that must be over before anything can be said of the rest. */
const LEAST_DAYS = 5
const HUNDREDTHS = 10_000n

export const createBudgetLook =
  (parts: RouteParts, settlements: Pick<Settlements, 'supposing'>): BudgetLook =>
  async (premises, { party = premises.landlord, category, overPercent }) => {
    const month = monthNow(parts, premises)
    const year = Number(month.slice(0, 4))
    const today = dayOfInstant(parts.now(), premises.timeZone)
    if (today - monthDays(month).first < LEAST_DAYS) return null
    const stored = await budgetOf(parts, ALL, premises.id, year, party)
    if (stored === null) return null
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
    if (budget === null) return null
    const costs = await Array.fromAsync(listAll(parts.records, 'meteredCosts', { premises: premises.id }))
    const passed = costs.map((cost) => passedOf(cost, month, today))
    const draft = await settlements.supposing(premises.id, month, { meteredCosts: passed.map(({ cost }) => cost) })
    const growth = new Map(passed.map(({ cost, factor }) => [`metered:${cost.id}`, factor]))
    const { cents: forecast, isWhole } = forecastCents(draft, party, category, growth)
    const most = (budget * (HUNDREDTHS + hundredthsOf(overPercent))) / HUNDREDTHS
    // Below the budget without what cannot be computed yet: nobody knows.
    if (!isWhole && forecast <= most) return null
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

/**
 * A metered cost as of the days that are over, and by how much its month is longer. Its draft as it is would be blocked:
 * most of the month is estimated.
 */
export function passedOf(cost: MeteredCost, month: string, today: number): { cost: MeteredCost; factor: Fraction } {
  const { first, end } = monthDays(month)
  const from = Math.max(first, dayNumber(cost.from))
  const to = Math.min(end, cost.to === null ? end : dayNumber(cost.to))
  const passedTo = Math.max(from, Math.min(to, today))
  if (passedTo >= to) return { cost, factor: fraction(1n) }
  const days = passedTo - from
  return {
    cost: { ...cost, to: formatDay(Math.max(dayNumber(cost.from), passedTo)) },
    factor: days === 0 ? ZERO : fraction(BigInt(to - from), BigInt(days)),
  }
}

/** What the month costs the party by its end, in cents; not whole while something cannot be computed. `growth`: by item. */
export function forecastCents(
  { items }: Pick<Settlement, 'items'>,
  party: Id,
  category: string | undefined,
  growth: ReadonlyMap<string, Fraction>,
): { cents: bigint; isWhole: boolean } {
  let cents = 0n
  let isWhole = true
  for (const { id, category: own, shares, blocked } of items) {
    if (category !== undefined && own !== category) continue
    if (blocked !== null) isWhole = false
    for (const share of shares)
      if (share.party === party)
        cents += round(multiply(fraction(parseCents(share.net) ?? 0n), growth.get(id) ?? fraction(1n)))
  }
  return { cents, isWhole }
}

/** Per cent with up to two decimals, in hundredths of a per cent. */
const hundredthsOf = (percent: string): bigint => {
  const [whole = '0', decimals = ''] = percent.split('.')
  return BigInt(whole) * 100n + BigInt(decimals.slice(0, 2).padEnd(2, '0'))
}
