// Which tariff version prices which day, and with which VAT treatment.
import type { Tariff, TariffVersion, Vat, VatCategory } from '#domain/registry/bundle.ts'
import { plainDecimal } from '#domain/quantity/decimal.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'

/** The version of each day [firstDay, endDay), null where there is none. Versions do not overlap; if they do, the earlier listed holds. */
export function versionsByDay(tariff: Tariff | undefined, firstDay: number, endDay: number): (TariffVersion | null)[] {
  const versions = (tariff?.versions ?? []).map((version) => ({
    version,
    from: dayNumber(version.from),
    to: version.to === null ? Infinity : dayNumber(version.to),
  }))
  return Array.from({ length: endDay - firstDay }, (_, i) => {
    const day = firstDay + i
    return versions.find(({ from, to }) => from <= day && day < to)?.version ?? null
  })
}

/** VAT category and rate as they stand in a settlement: the rate without trailing zeros, 0 unless the category is S. */
export type VatTreatment = { category: VatCategory; rate: string }

export function vatTreatment(vat: Vat): VatTreatment {
  return { category: vat.category, rate: vat.category === 'S' ? (plainDecimal(vat.rate) ?? vat.rate) : '0' }
}
export function sameVat(a: VatTreatment | null, b: VatTreatment | null): boolean {
  return a === b || (a !== null && b !== null && a.category === b.category && a.rate === b.rate)
}
