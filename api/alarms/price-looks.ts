// Whether something that is metered here cannot be priced: no tariff version for the running or the next month, or days without spot prices.
import { missingPriceDays } from '#domain/imports/missing-prices.ts'
import type { PriceRow, Records } from '#domain/ports/records.ts'
import { formatDay, monthDays, nextMonth } from '#domain/quantity/local-date.ts'
import { dayOfInstant, dayStart, monthOfInstant } from '#domain/quantity/period.ts'
import type { Id, LocalDate, MeteredCost, Premises, Tariff } from '#domain/registry/bundle.ts'
import { listAll, listChunked } from '#domain/registry/list-all.ts'
import type { SlowLook } from './slow-looks.ts'

const DAY_MS = 86_400_000

/** `value` names the first tariff or series that is missing, with its day. */
export async function lookAtPrices(records: Records, premises: Premises, now: number): Promise<SlowLook> {
  const { id, timeZone } = premises
  const month = monthOfInstant(now, timeZone)
  const today = dayOfInstant(now, timeZone)
  const meteredCosts = await Array.fromAsync(listAll(records, 'meteredCosts', { premises: id }))
  const wanted = [...new Set(meteredCosts.map(({ tariff }) => tariff))]
  const tariffs = await Array.fromAsync(listChunked(records, 'tariffs', wanted, (ids) => ({ ids })))
  const missing = [formatDay(today), `${nextMonth(month)}-01`].flatMap((day) => unpriced(meteredCosts, tariffs, day))
  const from = formatDay(monthDays(month).first)
  const prices = new Map<Id, PriceRow[]>()
  for (const series of spotSeries(tariffs))
    prices.set(
      series,
      await records.prices(series, dayStart(monthDays(month).first, timeZone) - DAY_MS, dayStart(today, timeZone)),
    )
  const gaps = missingPriceDays(
    { premises: [premises], tariffs, meteredCosts },
    (series) => prices.get(series) ?? [],
    from,
    formatDay(today),
  )
  for (const { series, days } of gaps) missing.push(`${series} ${days[0] ?? ''}`)
  return {
    device: null,
    point: null,
    isWrong: missing.length > 0,
    value: missing[0] ?? '',
    limit: '',
    unit: null,
    at: now,
  }
}

/** The tariffs of costs in force on a day that have no version for it. */
function unpriced(costs: readonly MeteredCost[], tariffs: readonly Tariff[], day: LocalDate): string[] {
  const covers = ({ from, to }: { from: LocalDate; to: LocalDate | null }): boolean =>
    from <= day && (to === null || day < to)
  const ids = new Set(costs.filter(covers).map(({ tariff }) => tariff))
  return [...ids]
    .filter((id) => tariffs.find((one) => one.id === id)?.versions.some(covers) !== true)
    .map((id) => `${id} ${day}`)
}

const spotSeries = (tariffs: readonly Tariff[]): Set<Id> =>
  new Set(
    tariffs.flatMap(({ versions }) =>
      versions.flatMap(({ components }) => components.flatMap((one) => (one.kind === 'spot' ? [one.series] : []))),
    ),
  )
