// The facts of one premises as the engine asks for them: looked up by id, meters prepared once, nothing copied.
import type {
  Agreement,
  Bundle,
  Device,
  Id,
  Invoice,
  MeteredCost,
  PointRef,
  Premises,
  PriceSeries,
  RecurringCost,
  SplitMethod,
  Tariff,
} from '#domain/registry/bundle.ts'
import type { ReadingsOf } from '#domain/ports/meter-readings.ts'
import { meterMonth, meterOf } from '#domain/metering/meter.ts'
import type { Meter, MeterMonth } from '#domain/metering/meter.ts'
import { parseInstant } from '#domain/quantity/instant.ts'
import { quartersOf } from '#domain/quantity/quarters.ts'
import type { Quarters } from '#domain/quantity/quarters.ts'

/** A usage record in milliseconds. */
export type UsageSpan = { organisation: Id; from: number; to: number }

export type Facts = {
  premises: Premises
  devices: ReadonlyMap<Id, Device>
  tariffs: ReadonlyMap<Id, Tariff>
  priceSeries: ReadonlyMap<Id, PriceSeries>
  agreements: readonly Agreement[]
  invoices: readonly Invoice[]
  recurringCosts: readonly RecurringCost[]
  meteredCosts: readonly MeteredCost[]
  /** Usage records of a device; an identical one counts once. */
  usage(device: Id): readonly UsageSpan[]
  quarters(month: string): Quarters
  /** A meter's month; null when there is no such counter or interval point. Made once. */
  meterMonth(ref: PointRef, month: string): MeterMonth | null
  /** What was made for a split method and a key before, else makes it: hundreds of items weigh the same parties by the same days. */
  once<T>(method: SplitMethod, key: string, make: () => T): T
  /** Whether anything that was used, in one month or at all, came from a simulated device. */
  usedSimulated(month?: string): boolean
}

/** The facts of a premises; throws when the bundle does not hold it. */
export function factsOf(bundle: Bundle, premisesId: Id, readings: ReadingsOf): Facts {
  const premises = bundle.premises?.find(({ id }) => id === premisesId)
  if (premises === undefined) throw new Error(`the facts do not hold the premises ${premisesId}`)
  const here = <T extends { premises: Id }>(list: readonly T[] | undefined): T[] =>
    (list ?? []).filter((object) => object.premises === premisesId)
  const devices = byId(bundle.devices)
  const usage = usageByDevice(bundle)
  const meters = new Map<string, Meter | null>()
  const months = new Map<string, MeterMonth | null>()
  const made = new WeakMap<SplitMethod, Map<string, unknown>>()
  const quarters = (month: string): Quarters => quartersOf(month, premises.timeZone)
  const meter = (ref: PointRef): Meter | null => {
    const key = `${ref.device} ${ref.point}`
    let known = meters.get(key)
    if (known === undefined) meters.set(key, (known = meterOf(ref, devices.get(ref.device), readings(ref))))
    return known
  }
  return {
    premises,
    devices,
    tariffs: byId(bundle.tariffs),
    priceSeries: byId(bundle.priceSeries),
    agreements: here(bundle.agreements),
    invoices: here(bundle.invoices),
    recurringCosts: here(bundle.recurringCosts),
    meteredCosts: here(bundle.meteredCosts),
    usage: (device) => usage.get(device) ?? [],
    quarters,
    meterMonth: (ref, month) => {
      const key = `${month} ${ref.device} ${ref.point}`
      let known = months.get(key)
      if (known === undefined) {
        const found = meter(ref)
        months.set(key, (known = found === null ? null : meterMonth(found, quarters(month))))
      }
      return known
    },
    once: <T>(method: SplitMethod, key: string, make: () => T): T => {
      let ofMethod = made.get(method)
      if (ofMethod === undefined) made.set(method, (ofMethod = new Map()))
      if (!ofMethod.has(key)) ofMethod.set(key, make())
      return ofMethod.get(key) as T
    },
    usedSimulated: (month) =>
      [...months].some(
        ([key, used]) => (month === undefined || key.startsWith(`${month} `)) && used?.meter.simulated === true,
      ),
  }
}

function byId<T extends { id: Id }>(list: readonly T[] | undefined): Map<Id, T> {
  return new Map((list ?? []).map((object) => [object.id, object]))
}

function usageByDevice(bundle: Bundle): Map<Id, UsageSpan[]> {
  const seen = new Set<string>()
  const byDevice = new Map<Id, UsageSpan[]>()
  for (const record of bundle.usage ?? []) {
    const from = parseInstant(record.from)
    const to = parseInstant(record.to)
    if (from === null || to === null) throw new Error(`usage of ${record.device} has no instant`)
    const key = `${record.device} ${record.organisation} ${from} ${to}`
    if (seen.has(key)) continue
    seen.add(key)
    const list = byDevice.get(record.device)
    if (list === undefined) byDevice.set(record.device, [{ organisation: record.organisation, from, to }])
    else list.push({ organisation: record.organisation, from, to })
  }
  for (const list of byDevice.values())
    list.sort((a, b) => a.from - b.from || a.to - b.to || (a.organisation < b.organisation ? -1 : 1))
  return byDevice
}
