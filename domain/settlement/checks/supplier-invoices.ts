// The own metering behind a supplier's invoice, and the finding that says how they differ.
import { add, fraction, multiply, parseDecimalFraction, parseFraction, ZERO } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { dayNumber, monthDays, monthOfDay, nextMonth } from '#domain/quantity/local-date.ts'
import { formatCents, inCents, parseCents } from '#domain/quantity/money.ts'
import { unitFactor } from '#domain/quantity/units.ts'
import type { LocalDate } from '#domain/registry/bundle.ts'
import type { Explanation } from '#domain/settlement/explanation.ts'
import type { Facts } from '#domain/settlement/facts.ts'
import type { SupplierInvoice } from '#domain/supplier-invoices/supplier-invoice.ts'
import { varianceOf, VARIANCE_PARTS, type Variance } from './variance.ts'
import type { Finding } from './finding.ts'

/** Null when the month has no such metered cost that could be computed, or the units are of different families. */
export function supplierVariance(
  invoice: SupplierInvoice,
  explanations: readonly Explanation[],
  facts: Facts,
): (Variance & { items: string[] }) | null {
  const id = `metered:${invoice.meteredCost}`
  const items = explanations.filter(({ item }) => item.replace(/@\d{4}-\d{2}-\d{2}$/, '') === id)
  const [first] = items
  if (first === undefined || 'of' in first || first.net?.kind !== 'metered') return null
  const { meter, pieces, exact } = first.net
  const factor = unitFactor(invoice.unit, meter.unit)
  const ownFactor = unitFactor(meter.meterUnit, meter.unit)
  const own = quantityOn(facts, meter, invoice.serviceFrom, invoice.serviceTo)
  if (factor === null || ownFactor === null || own === null) return null
  const fixed = pieces
    .flatMap(({ components }) => components)
    .filter(({ figures }) => figures.kind === 'fixed')
    .map(({ amount }) => exactOf(amount))
    .reduce(add, ZERO)
  const variance = varianceOf({
    supplier: {
      cents: parseCents(invoice.net) ?? 0n,
      fixedCents: parseCents(invoice.fixed) ?? 0n,
      quantity: multiply(exactOf(invoice.quantity), factor),
    },
    own: {
      cents: exactOf(exact),
      fixedCents: inCents(fixed),
      quantity: exactOf(meter.quantity),
      quantityOnItsDays: multiply(own, ownFactor),
    },
  })
  return { ...variance, items: items.map(({ item }) => item) }
}

/** A note whatever the difference; a warning when it is unusual. */
export function supplierFinding(
  invoice: SupplierInvoice,
  { items, ...variance }: Variance & { items: string[] },
  unusualEuros: string,
): Finding {
  const size = variance.difference < 0n ? -variance.difference : variance.difference
  const isLarge = size >= (inCents(parseDecimalFraction(unusualEuros) ?? ZERO).n ?? 0n)
  const amounts = Object.fromEntries(VARIANCE_PARTS.map((part) => [part, formatCents(variance[part])]))
  const figures = { number: invoice.number, difference: formatCents(variance.difference), ...amounts }
  return { code: 'supplier-invoice', severity: isLarge ? 'warn' : 'note', items, figures }
}

/** In the meter's own unit, over days of one or more months; null when some month has nothing to go by. */
function quantityOn(
  facts: Facts,
  ref: { device: string; point: string },
  from: LocalDate,
  to: LocalDate,
): Fraction | null {
  const [firstDay, endDay] = [dayNumber(from), dayNumber(to)]
  let total = ZERO
  for (let month = monthOfDay(firstDay); month <= monthOfDay(endDay - 1); month = nextMonth(month)) {
    const { first, end } = monthDays(month)
    const meter = facts.meterMonth(ref, month)
    const use = meter?.use(Math.max(first, firstDay), Math.min(end, endDay))
    if (meter === null || use === undefined || use.code !== null) return null
    total = add(total, multiply(meter.perWhole, fraction(use.quantity)))
  }
  return total
}
const exactOf = (text: string): Fraction => parseFraction(text) ?? parseDecimalFraction(text) ?? ZERO
