// Recurring costs: an amount per month; a part month by its days over that month's days, rounded to the cent.
import type { RecurringCost } from '#domain/registry/bundle.ts'
import { vatTreatment } from '#domain/agreement/tariff.ts'
import { fraction, multiply, parseDecimalFraction } from '#domain/quantity/fraction.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import { inCents, roundToCents } from '#domain/quantity/money.ts'
import type { CostItem, Month } from './cost-item.ts'
import { daysInMonth, itemByDays } from './cost-item.ts'

/** The month's part of a recurring cost; null when it has no days there. */
export function recurringItem(cost: RecurringCost, month: Month): CostItem | null {
  const range = daysInMonth(month, dayNumber(cost.from), cost.to === null ? Infinity : dayNumber(cost.to))
  if (range === null) return null
  const monthly = parseDecimalFraction(cost.amount)!
  const days = range.endDay - range.firstDay
  const monthDays = month.endDay - month.firstDay
  const euros = multiply(monthly, fraction(BigInt(days), BigInt(monthDays)))
  return itemByDays(
    month,
    {
      id: `recurring:${cost.id}`,
      source: 'recurring',
      category: cost.category,
      payer: cost.payer,
      device: cost.device ?? null,
      ...range,
    },
    vatTreatment(cost.vat),
    { kind: 'recurring', monthly, days, monthDays, exact: inCents(euros), cents: roundToCents(euros) },
  )
}
