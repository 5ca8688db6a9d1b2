// Days on which a spot tariff has no whole set of prices: to be seen before the month is settled, not by its blocked items.
import type { PriceRow } from '#domain/ports/records.ts'
import { parseDurationMs } from '#domain/quantity/instant.ts'
import { dayNumber, formatDay } from '#domain/quantity/local-date.ts'
import { dayStart } from '#domain/quantity/period.ts'
import { QUARTER_MS } from '#domain/quantity/quarters.ts'
import type { Id, LocalDate, MeteredCost, Premises, Tariff } from '#domain/registry/bundle.ts'

export type PriceFacts = {
  premises: readonly Pick<Premises, 'id' | 'timeZone'>[]
  tariffs: readonly Tariff[]
  meteredCosts: readonly MeteredCost[]
}
export type PriceGap = { series: Id; premises: Id; days: LocalDate[] }

/**
 * Local days [from, to) on which a metered cost in force is priced by a series that lacks a price for some quarter of an hour,
 * by premises and series. `prices` gives the rows of a series for these days (and a day before).
 */
export function missingPriceDays(
  { premises, tariffs, meteredCosts }: PriceFacts,
  prices: (series: Id) => readonly PriceRow[],
  from: LocalDate,
  to: LocalDate,
): PriceGap[] {
  const covered = new Map<Id, ReadonlySet<number>>()
  const gaps: PriceGap[] = []
  for (const { id, timeZone } of premises) {
    const days = new Map<Id, Set<LocalDate>>()
    for (const cost of meteredCosts.filter((one) => one.premises === id)) {
      const tariff = tariffs.find((one) => one.id === cost.tariff)
      for (let day = dayNumber(from); day < dayNumber(to); day += 1) {
        const date = formatDay(day)
        if (!holds(cost, date)) continue
        for (const series of spotSeries(tariff, date)) {
          const quarters = covered.getOrInsertComputed(series, () => quartersOf(prices(series)))
          if (!isWhole(quarters, dayStart(day, timeZone), dayStart(day + 1, timeZone)))
            days.getOrInsert(series, new Set()).add(date)
        }
      }
    }
    for (const [series, dates] of days) gaps.push({ series, premises: id, days: [...dates].toSorted() })
  }
  return gaps
}

const holds = ({ from, to }: { from: LocalDate; to: LocalDate | null }, date: LocalDate): boolean =>
  from <= date && (to === null || date < to)

const spotSeries = (tariff: Tariff | undefined, date: LocalDate): Id[] =>
  (tariff?.versions ?? [])
    .filter((version) => holds(version, date))
    .flatMap(({ components }) => components.flatMap((one) => (one.kind === 'spot' ? [one.series] : [])))

function quartersOf(rows: readonly PriceRow[]): Set<number> {
  const quarters = new Set<number>()
  for (const { at, interval } of rows)
    for (let quarter = at; quarter < at + (parseDurationMs(interval) ?? 0); quarter += QUARTER_MS) quarters.add(quarter)
  return quarters
}
function isWhole(quarters: ReadonlySet<number>, from: number, to: number): boolean {
  for (let quarter = from; quarter < to; quarter += QUARTER_MS) if (!quarters.has(quarter)) return false
  return true
}
