// What a fault wastes, read from the device's own meter: the hours since it began and the same hours of the weeks before.
import { setImmediate } from 'node:timers/promises'
import { BASELINE_WEEKS, HOUR_MS, priceAt, WASTE_DAYS, wasteOf, type Waste } from '#domain/faults/waste.ts'
import type { Fault } from '#domain/faults/fault.ts'
import { consumption } from '#domain/metering/consumption.ts'
import { multiply, parseDecimalFraction, type Fraction } from '#domain/quantity/fraction.ts'
import { monthOfInstant, periodOf } from '#domain/quantity/period.ts'
import { unitFactor } from '#domain/quantity/units.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Device, Id, Point, PriceSeries, Tariff } from '#domain/registry/bundle.ts'
import { withPrices } from '#domain/registry/facts-of-premises.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { RouteParts } from '#api/parts.ts'

const ALL = { organisation: null }
const WEEK_MS = 168 * HOUR_MS
type Parts = Pick<RouteParts, 'records' | 'telemetry' | 'now'>

/** Of a fault on a device with a meter of its own. What is mended is looked at until then. */
export async function faultWaste(parts: Parts, fault: StoredPaper<Fault>): Promise<Waste> {
  const { records, telemetry, now } = parts
  const { body } = fault
  const device = body.device === null ? null : (await records.getObject(ALL, 'devices', body.device))?.value
  const point = device == null ? undefined : meterPoint(device)
  const premises = (await records.getObject(ALL, 'premises', fault.premises ?? ''))?.value
  if (device == null || point === undefined || premises === undefined) return { known: false, reason: 'no-meter' }
  const { timeZone } = premises
  const mended = body.entries.findLast(({ kind }) => kind === 'done' || kind === 'closed')
  const until = mended === undefined || fault.state === 'accepted' ? now() : mended.at
  const start = Math.max(body.since, until - WASTE_DAYS * 24 * HOUR_MS)
  const weeks = BASELINE_WEEKS + Math.ceil((until - start) / WEEK_MS)
  const from = Math.floor((start - weeks * WEEK_MS) / HOUR_MS) * HOUR_MS
  const to = Math.floor(until / HOUR_MS) * HOUR_MS
  const series = telemetry.findSeries(device.id, point.key)
  if (series === null) return { known: false, reason: 'no-history' }
  if (to <= start) return { known: false, reason: 'too-short' }
  const readings = await telemetry.meterReadings(
    series,
    periodOf(monthOfInstant(from, timeZone), timeZone).from,
    periodOf(monthOfInstant(to, timeZone), timeZone).to,
  )
  const edges = Array.from({ length: (to - from) / HOUR_MS + 1 }, (_, i) => from + i * HOUR_MS)
  await setImmediate() // others get their turn before the work
  const toKwh = unitFactor(point.unit ?? '', 'kWh')
  const hours = new Map<number, Fraction | null>()
  for (const step of consumption(point, readings, edges, timeZone)) {
    const quantity = step.quantity === null ? null : parseDecimalFraction(step.quantity)
    // What is only guessed says nothing of waste.
    const isKnown = quantity !== null && toKwh !== null && step.estimated === '0'
    hours.set(step.from, isKnown ? multiply(quantity, toKwh) : null)
  }
  return wasteOf(hours, body.since, until, await priceOf(parts, premises.id, timeZone, device, { from, to }))
}

/** The first counter or interval point in a unit of energy. */
const meterPoint = ({ points }: Device): Point | undefined =>
  points?.find(
    ({ kind, unit }) => (kind === 'counter' || kind === 'interval') && unitFactor(unit ?? '', 'kWh') !== null,
  )

/** By the tariff of the cost that this device meters, else of the only kind of electricity or heat that the premises pay by a meter. */
async function priceOf(
  { records }: Parts,
  premises: Id,
  timeZone: string,
  device: Device,
  { from, to }: { from: number; to: number },
): Promise<Parameters<typeof wasteOf>[3]> {
  const costs = await Array.fromAsync(listAll(records, 'meteredCosts', { premises }))
  const own = costs.filter(({ meter }) => meter.device === device.id)
  const tariffs: Tariff[] = []
  for await (const tariff of listAll(records, 'tariffs', {
    ids: [...new Set((own.length > 0 ? own : costs).map(({ tariff }) => tariff))],
  }))
    if (unitFactor(tariff.unit, 'kWh') !== null) tariffs.push(tariff)
  const [tariff] = tariffs
  // Where several prices could be meant, none is guessed.
  if (tariff === undefined || tariffs.length > 1) return null
  const series = new Map<Id, PriceSeries>()
  for (const { components } of tariff.versions)
    for (const component of components) {
      if (component.kind !== 'spot' || series.has(component.series)) continue
      const stored = (await records.getObject(ALL, 'priceSeries', component.series))?.value
      if (stored !== undefined) series.set(stored.id, await withPrices(records, stored, { from, to }))
    }
  const known = new Map<number, Fraction | null>()
  return {
    tariff: tariff.id,
    at: (hour) => known.getOrInsertComputed(hour, () => priceAt(tariff, series, timeZone, hour)),
  }
}
