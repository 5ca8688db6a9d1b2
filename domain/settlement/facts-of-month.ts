// What the items of one month rest on among the facts of a premises, so that equal facts are known to give equal items.
import type { Bundle, Id, LocalDate } from '#domain/registry/bundle.ts'
import { formatInstant } from '#domain/quantity/instant.ts'
import { periodOf } from '#domain/quantity/period.ts'
import { formatDay } from '#domain/quantity/local-date.ts'

const DAY_MS = 86_400_000

/**
 * The facts without what cannot touch the month: costs that don't run in it, prices and usage of other times, names of organisations.
 * Objects with dated rows and versions stay whole. Prices must be in the form of `withPrices`.
 */
export function factsOfMonth(facts: Bundle, premises: Id, month: string): Bundle {
  const timeZone = facts.premises?.find(({ id }) => id === premises)?.timeZone
  if (timeZone === undefined) throw new Error(`the facts do not hold the premises ${premises}`)
  const { from, to, firstDay, endDay } = periodOf(month, timeZone)
  const [first, end] = [formatDay(firstDay), formatDay(endDay)]
  const runs = (cost: { from: LocalDate; to: LocalDate | null }): boolean =>
    cost.from < end && (cost.to === null || cost.to > first)
  // An interval that began the day before may reach in.
  const [firstPrice, endPrice] = [formatInstant(from - DAY_MS), formatInstant(to)]
  return {
    premises: facts.premises ?? [],
    devices: facts.devices ?? [],
    tariffs: facts.tariffs ?? [],
    agreements: facts.agreements ?? [],
    priceSeries: (facts.priceSeries ?? []).map(({ values, ...series }) => ({
      ...series,
      values: (values ?? []).filter(([instant]) => instant >= firstPrice && instant < endPrice),
    })),
    meteredCosts: (facts.meteredCosts ?? []).filter(runs),
    recurringCosts: (facts.recurringCosts ?? []).filter(runs),
    invoices: (facts.invoices ?? []).filter(({ serviceFrom, serviceTo }) => serviceFrom < end && serviceTo > first),
    usage: (facts.usage ?? []).filter((record) => Date.parse(record.from) < to && Date.parse(record.to) > from),
  }
}
