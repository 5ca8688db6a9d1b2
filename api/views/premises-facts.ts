// Facts of premises that summaries ask for again and again, kept until they change: of each device what a summary needs, agreements, where the power is measured.
import { ALL, listAll } from '#domain/registry/list-all.ts'
import type { Agreement, Device, Id, ObjectKind, Point } from '#domain/registry/bundle.ts'
import type { Records } from '#domain/ports/records.ts'

/** Of a device no points: tens of thousands of devices are kept. */
type KeptDevice = Pick<Device, 'id' | 'lifecycle' | 'visibility'>
/** The power of a meter that a cost is metered by, in watts when multiplied. */
type MeteredPower = { device: Id; key: string; factor: number }
export type PremisesFacts = { devices: KeptDevice[]; agreements: Agreement[]; powers: MeteredPower[] }
export type PremisesFactsCache = { of(premises: Id): Promise<PremisesFacts>; stop(): void }

const POWER_KEY = 'power'
const WATTS: Record<string, number> = { W: 1, kW: 1000, MW: 1_000_000 }
const MAX_KEPT = 500
const KINDS: ReadonlySet<ObjectKind> = new Set(['devices', 'meteredCosts', 'agreements', 'premises'])
/** Of so many changed devices it is looked up where they are; after more, everything is read again. */
const MAX_LOOKED_UP = 100

const isPower = ({ key, unit }: Point): boolean => key === POWER_KEY && unit !== undefined && unit in WATTS
const keptOf = ({ id, lifecycle, visibility }: Device): KeptDevice => ({
  id,
  ...(lifecycle === undefined ? {} : { lifecycle }),
  ...(visibility === undefined ? {} : { visibility }),
})

/** Whoever asks has seen the premises already: what is in it is theirs to see. */
export function createPremisesFacts(records: Records): PremisesFactsCache {
  const kept = new Map<Id, Promise<PremisesFacts>>()
  const reading = new Set<{ premises: Id }>()
  const placeOf = new Map<Id, Id>()
  /** Until it is known where changed devices are now, nobody is answered. */
  let looked: Promise<unknown> = Promise.resolve()
  const forgetAll = (): void => {
    kept.clear()
    placeOf.clear()
  }
  const forget = (premises: Id | undefined): void => void (premises !== undefined && kept.delete(premises))

  const forgetNewPlaces = async (ids: readonly Id[]): Promise<void> => {
    try {
      const { items } = await records.listObjects(ALL, 'devices', { ids, limit: ids.length })
      for (const { value } of items) forget(value.premises)
    } catch {
      forgetAll()
    }
  }
  const stop = records.onChange((changed) => {
    const of = changed.filter(({ kind }) => KINDS.has(kind))
    if (of.length === 0) return
    // What is being read may be of before the change.
    for (const { premises } of reading) kept.delete(premises)
    const devices = of.filter(({ kind }) => kind === 'devices').map(({ id }) => id)
    const others = of.some(({ kind }) => kind === 'meteredCosts' || kind === 'agreements')
    if (others || devices.length > MAX_LOOKED_UP) return forgetAll()
    for (const { kind, id } of of) if (kind === 'premises') forget(id)
    for (const id of devices) forget(placeOf.get(id))
    if (kept.size > 0 && devices.length > 0) looked = Promise.all([looked, forgetNewPlaces(devices)])
  })
  const read = async (premises: Id): Promise<PremisesFacts> => {
    const mine = { premises }
    reading.add(mine)
    try {
      return await readNow(premises)
    } finally {
      reading.delete(mine)
    }
  }
  const readNow = async (premises: Id): Promise<PremisesFacts> => {
    const paidBy = new Set<Id>()
    for await (const { meter } of listAll(records, 'meteredCosts', { premises })) paidBy.add(meter.device)
    const facts: PremisesFacts = { devices: [], agreements: [], powers: [] }
    for await (const device of listAll(records, 'devices', { premises })) {
      facts.devices.push(keptOf(device))
      placeOf.set(device.id, premises)
      const power = paidBy.has(device.id) ? device.points?.find(isPower) : undefined
      if (power !== undefined)
        facts.powers.push({ device: device.id, key: power.key, factor: WATTS[power.unit ?? ''] ?? 0 })
    }
    facts.agreements = await Array.fromAsync(listAll(records, 'agreements', { premises }))
    return facts
  }
  return {
    async of(premises) {
      await looked
      const known = kept.get(premises)
      if (known !== undefined) return known
      if (kept.size >= MAX_KEPT) kept.delete(kept.keys().next().value ?? '')
      const facts = read(premises)
      kept.set(premises, facts)
      facts.catch(() => kept.delete(premises))
      return facts
    },
    stop,
  }
}
