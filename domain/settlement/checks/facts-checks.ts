// What the facts of a month lack: a landlord who bears vacant space, an invoice that used to come, prices of a day.
import { inForceRuns } from '#domain/agreement/in-force.ts'
import { monthPrices } from '#domain/agreement/prices.ts'
import { dayNumber, formatDay, monthDays, monthIndex, monthOfIndex } from '#domain/quantity/local-date.ts'
import { dayOfInstant } from '#domain/quantity/period.ts'
import { quartersOf } from '#domain/quantity/quarters.ts'
import type { Bundle, Invoice, Premises, SplitMethod } from '#domain/registry/bundle.ts'
import type { Finding } from './finding.ts'

const ofPremises = <T extends { premises: string }>(list: readonly T[] | undefined, id: string): T[] =>
  (list ?? []).filter((one) => one.premises === id)

const byArea = (method: SplitMethod): boolean =>
  method.by === 'area' ||
  (method.by === 'metered' && byArea(method.remainder)) ||
  (method.by === 'mix' && method.parts.some((part) => byArea(part.method)))

/** Exclusive space that nobody holds falls to the landlord; one who is no party bears nothing, and the others bear it all. */
export function vacancyFindings(facts: Bundle, premises: Premises, month: string): Finding[] {
  const { first, end } = monthDays(month)
  const runs = inForceRuns(ofPremises(facts.agreements, premises.id), first, end).filter(
    ({ inForce }) =>
      inForce !== null &&
      !inForce.agreement.parties.includes(premises.landlord) &&
      inForce.version.rules.some((rule) => byArea(rule.method)),
  )
  return (premises.spaces ?? [])
    .filter(({ use }) => use === 'exclusive')
    .flatMap((space) => {
      const held = (premises.tenancies ?? []).filter((tenancy) => tenancy.space === space.id)
      let days = 0
      for (const run of runs)
        for (let day = run.firstDay; day < run.endDay; day += 1)
          if (!held.some(({ from, to }) => dayNumber(from) <= day && (to === null || day < dayNumber(to)))) days += 1
      if (days === 0) return []
      const figures = { space: space.id, areaM2: space.areaM2, days: String(days), landlord: premises.landlord }
      return [{ code: 'vacant-without-landlord', severity: 'warn', items: [], figures } satisfies Finding]
    })
}

/** So many months before must each have had the invoice for it to be missed. */
const MONTHS_SEEN = 3

/** An invoice of a category and supplier that covered each of the three months before, and this one not. */
export function missingInvoices(facts: Bundle, premises: Premises, month: string): Finding[] {
  const groups = Map.groupBy(ofPremises(facts.invoices, premises.id), ({ category, supplier }) =>
    JSON.stringify([category, supplier ?? '']),
  )
  const covers = (invoices: readonly Invoice[], of: string): boolean => {
    const { first, end } = monthDays(of)
    return invoices.some(({ serviceFrom, serviceTo }) => dayNumber(serviceFrom) < end && dayNumber(serviceTo) > first)
  }
  const before = Array.from({ length: MONTHS_SEEN }, (_, i) => monthOfIndex(monthIndex(month) - 1 - i))
  return [...groups].flatMap(([key, invoices]) => {
    if (covers(invoices, month) || !before.every((one) => covers(invoices, one))) return []
    const [category = '', supplier = ''] = JSON.parse(key) as string[]
    const last = invoices.toSorted((a, b) => (a.serviceTo < b.serviceTo ? 1 : -1))[0]
    const figures = { category, supplier, last: last?.id ?? '' }
    return [{ code: 'invoice-missing', severity: 'warn', items: [], figures } satisfies Finding]
  })
}

/** Days up to today for which a spot price is missing that a metered cost needs. */
export function missingPrices(facts: Bundle, premises: Premises, month: string, now: number): Finding[] {
  const quarters = quartersOf(month, premises.timeZone)
  const lastDay = Math.min(quarters.endDay - 1, dayOfInstant(now, premises.timeZone))
  const needed = new Map<string, { items: string[]; days: Set<number> }>()
  for (const cost of ofPremises(facts.meteredCosts, premises.id)) {
    const tariff = (facts.tariffs ?? []).find(({ id }) => id === cost.tariff)
    for (const { from, to, components } of tariff?.versions ?? []) {
      for (const component of components) {
        if (component.kind !== 'spot') continue
        const known = needed.get(component.series) ?? { items: [], days: new Set() }
        if (!known.items.includes(`metered:${cost.id}`)) known.items.push(`metered:${cost.id}`)
        const starts = Math.max(quarters.firstDay, dayNumber(from), dayNumber(cost.from))
        const ends = Math.min(
          lastDay + 1,
          to === null ? Infinity : dayNumber(to),
          cost.to === null ? Infinity : dayNumber(cost.to),
        )
        for (let day = starts; day < ends; day += 1) known.days.add(day)
        needed.set(component.series, known)
      }
    }
  }
  return [...needed].flatMap(([id, { items, days }]) => {
    const series = (facts.priceSeries ?? []).find((one) => one.id === id)
    if (series === undefined) return []
    const { missing } = monthPrices(series, quarters)
    const lacking = [...days]
      .sort((a, b) => a - b)
      .filter((day) => {
        const first = quarters.dayFirst[day - quarters.firstDay] ?? 0
        const end = quarters.dayFirst[day - quarters.firstDay + 1] ?? quarters.count
        return missing.subarray(first, end).some((one) => one === 1)
      })
    if (lacking.length === 0) return []
    const figures = {
      series: id,
      days: String(lacking.length),
      first: formatDay(lacking[0] ?? 0),
      last: formatDay(lacking.at(-1) ?? 0),
    }
    return [{ code: 'price-missing', severity: 'warn', items, figures } satisfies Finding]
  })
}
