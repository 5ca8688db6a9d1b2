// Invoices: the net amount falls on months by days, cents by largest remainder, ties to the earlier month.
import type { Invoice } from '#domain/registry/bundle.ts'
import { vatTreatment } from '#domain/agreement/tariff.ts'
import { fraction } from '#domain/quantity/fraction.ts'
import { divideByWeights } from '#domain/quantity/largest-remainder.ts'
import { dayNumber, monthDays, monthIndex, monthOfDay, monthOfIndex } from '#domain/quantity/local-date.ts'
import { parseCents } from '#domain/quantity/money.ts'
import type { PartTrace } from '#domain/settlement/trace.ts'
import type { CostItem, Month } from './cost-item.ts'
import { daysInMonth, itemByDays } from './cost-item.ts'

/** The invoice's part in the month; null when it has no days there. */
export function invoiceItem(invoice: Invoice, month: Month): CostItem | null {
  const from = dayNumber(invoice.serviceFrom)
  const to = dayNumber(invoice.serviceTo)
  const days = daysInMonth(month, from, to)
  if (days === null) return null
  const totalCents = parseCents(invoice.net)!
  const months = invoiceMonths(totalCents, from, to)
  const { cents } = months.find(({ key }) => key === month.month)!
  const device = invoice.device ?? null
  return itemByDays(
    month,
    {
      id: `invoice:${invoice.id}`,
      source: 'invoice',
      category: invoice.category,
      payer: invoice.payer,
      device,
      ...days,
    },
    vatTreatment(invoice.vat),
    { kind: 'invoice', totalCents, months, month: month.month, cents },
  )
}

/** An invoice's cents by month of its service days [from, to), keyed `YYYY-MM`. */
export function invoiceMonths(totalCents: bigint, from: number, to: number): (PartTrace & { days: number })[] {
  const first = monthIndex(monthOfDay(from))
  const last = monthIndex(monthOfDay(to - 1))
  const keys = Array.from({ length: last - first + 1 }, (_, i) => monthOfIndex(first + i))
  const days = keys.map((key) => {
    const month = monthDays(key)
    return Math.min(to, month.end) - Math.max(from, month.first)
  })
  const weights = days.map((count) => fraction(BigInt(count)))
  const parts = divideByWeights(totalCents, weights)!
  return parts.map((part, i) => ({ key: keys[i]!, weight: weights[i]!, ...part, days: days[i]! }))
}
