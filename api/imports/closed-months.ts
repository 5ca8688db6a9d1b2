// Which closed months an import reaches into: they stay as they are, and what it changes of them comes as adjustments.
import type { Records } from '#domain/ports/records.ts'
import type { ClosedMonth } from '#domain/imports/undo.ts'
import { parseInstant } from '#domain/quantity/instant.ts'
import { periodOf, dayStart } from '#domain/quantity/period.ts'
import { parseLocalDate } from '#domain/quantity/local-date.ts'
import type { Bundle, Id } from '#domain/registry/bundle.ts'
import { ALL, listAll } from '#domain/registry/list-all.ts'

/** Milliseconds [from, to) that something of the bundle is about, in a premises; `pointer` is its place. */
type Span = { premises: Id; from: number; to: number; pointer: string }
export type Reached = ClosedMonth & { pointer: string }

/** Closed months that invoices, usage and readings of the bundle fall into, each with the first place that does. */
export async function closedMonthsOf(bundle: Bundle, records: Records): Promise<Reached[]> {
  const spans = await spansOf(bundle, records)
  const reached: Reached[] = []
  for (const [premises, own] of Map.groupBy(spans, (span) => span.premises)) {
    const timeZone = await zoneOf(premises, records)
    for (const { period } of (await records.ledger(premises)).filter(({ status }) => status === 'closed')) {
      const month = periodOf(period, timeZone)
      const first = own.find(({ from, to }) => from < month.to && to > month.from)
      if (first !== undefined) reached.push({ premises, period, pointer: first.pointer })
    }
  }
  return reached
}

/** Months of a premises that were closed after an instant: they rest on what was there then. */
export async function monthsClosedAfter(premises: Iterable<Id>, at: number, records: Records): Promise<ClosedMonth[]> {
  const months: ClosedMonth[] = []
  for (const id of new Set(premises))
    for (const entry of await records.ledger(id))
      if (entry.status === 'closed' && entry.at >= at) months.push({ premises: id, period: entry.period })
  return months
}

/** The premises that something of the bundle concerns; of prices those whose tariffs use the series. */
export async function premisesOf(bundle: Bundle, records: Records): Promise<Set<Id>> {
  const premises = new Set<Id>((bundle.premises ?? []).map(({ id }) => id))
  for (const kind of ['devices', 'invoices'] as const) for (const one of bundle[kind] ?? []) premises.add(one.premises)
  for (const { device } of [...(bundle.readings ?? []), ...(bundle.usage ?? [])]) {
    const found = await records.getObject(ALL, 'devices', device)
    if (found !== null) premises.add(found.value.premises)
  }
  const series = (bundle.priceSeries ?? []).map(({ id }) => id)
  if (series.length > 0) {
    const tariffs: Id[] = []
    for await (const one of listAll(records, 'tariffs', { refersTo: { kind: 'priceSeries', ids: series } }))
      tariffs.push(one.id)
    if (tariffs.length > 0)
      for await (const cost of listAll(records, 'meteredCosts', { refersTo: { kind: 'tariffs', ids: tariffs } }))
        premises.add(cost.premises)
  }
  return premises
}

const zoneOf = async (premises: Id, records: Records): Promise<string> =>
  (await records.getObject(ALL, 'premises', premises))?.value.timeZone ?? 'UTC'

async function spansOf(bundle: Bundle, records: Records): Promise<Span[]> {
  const spans: Span[] = []
  const zones = new Map<Id, string>()
  for (const [i, invoice] of (bundle.invoices ?? []).entries()) {
    if (!zones.has(invoice.premises)) zones.set(invoice.premises, await zoneOf(invoice.premises, records))
    const zone = zones.get(invoice.premises)!
    const [from, to] = [invoice.serviceFrom, invoice.serviceTo].map((date) => dayStart(parseLocalDate(date) ?? 0, zone))
    spans.push({ premises: invoice.premises, from: from!, to: to!, pointer: `/invoices/${i}` })
  }
  const homes = new Map<Id, Id | null>()
  const homeOf = async (device: Id): Promise<Id | null> => {
    if (!homes.has(device)) homes.set(device, (await records.getObject(ALL, 'devices', device))?.value.premises ?? null)
    return homes.get(device) ?? null
  }
  for (const [i, { device, from, to }] of (bundle.usage ?? []).entries()) {
    const premises = await homeOf(device)
    if (premises !== null)
      spans.push({ premises, from: parseInstant(from) ?? 0, to: parseInstant(to) ?? 0, pointer: `/usage/${i}` })
  }
  for (const [i, { device, values }] of (bundle.readings ?? []).entries()) {
    const premises = await homeOf(device)
    const instants = values.map(([at]) => parseInstant(at) ?? 0)
    if (premises === null || instants.length === 0) continue
    const [from, to] = [instants.reduce((a, b) => Math.min(a, b)), instants.reduce((a, b) => Math.max(a, b)) + 1]
    spans.push({ premises, from, to, pointer: `/readings/${i}/values/0` })
  }
  return spans
}
