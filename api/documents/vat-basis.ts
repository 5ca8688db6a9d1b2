// The written ground of an item's VAT treatment, where whoever entered the cost gave one.
import type { Bundle, Vat } from '#domain/registry/bundle.ts'

/** By plain item id (`invoice:…`, `metered:…`); of a tariff the version that holds on the day. */
export function vatBasis(facts: Bundle, item: string, day: string): string | undefined {
  const plain = item.replace(/^adjustment:\d{4}-\d{2}:/, '').replace(/@\d{4}-\d{2}-\d{2}$/, '')
  const [source, id] = [plain.slice(0, plain.indexOf(':')), plain.slice(plain.indexOf(':') + 1)]
  return vatOf(facts, source, id, day)?.basis
}

function vatOf(facts: Bundle, source: string, id: string, day: string): Vat | undefined {
  const named = <T extends { id: string }>(list: readonly T[] | undefined): T | undefined =>
    list?.find((one) => one.id === id)
  switch (source) {
    case 'invoice':
      return named(facts.invoices)?.vat
    case 'recurring':
      return named(facts.recurringCosts)?.vat
    case 'depreciation':
      return named(facts.devices)?.acquisition?.vat
    default: {
      const tariff = facts.tariffs?.find((one) => one.id === named(facts.meteredCosts)?.tariff)
      return tariff?.versions.find(({ from, to }) => from <= day && (to === null || day < to))?.vat
    }
  }
}
