// VAT: once per payer, party, category and rate, on the sum of that party's net shares.
import type { Id } from '#domain/registry/bundle.ts'
import { fraction, multiply, parseDecimalFraction, round } from '#domain/quantity/fraction.ts'
import type { VatTreatment } from '#domain/agreement/tariff.ts'
import type { ShareCents } from './trace.ts'

/** What is needed of an item to tax it: blocked ones have no shares. */
export type TaxedItem = { payer: Id; vat: VatTreatment | null; shares: readonly ShareCents[] }
export type VatGroup = { payer: Id; party: Id; category: string; rate: string; netCents: bigint; vatCents: bigint }

/** All groups with a share, in order of payer, party, category and rate. VAT is rounded half away from zero to the cent. */
export function vatGroups(items: readonly TaxedItem[]): VatGroup[] {
  const groups = new Map<string, VatGroup>()
  for (const { payer, vat, shares } of items) {
    if (vat === null) continue
    for (const { party, cents } of shares) {
      const key = `${payer} ${party} ${vat.category} ${vat.rate}`
      const group = groups.get(key)
      if (group === undefined) groups.set(key, { payer, party, ...vat, netCents: cents, vatCents: 0n })
      else group.netCents += cents
    }
  }
  const sorted = [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
  for (const group of sorted) {
    const perHundred = multiply(parseDecimalFraction(group.rate)!, fraction(1n, 100n))
    group.vatCents = round(multiply(fraction(group.netCents), perHundred))
  }
  return sorted
}
