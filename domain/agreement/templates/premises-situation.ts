// What a template looks at in the facts of a premises: who is there on a day, which meters measure whose rooms, which devices stand there.
import { isInForce, rolesOn } from '#domain/registry/roles.ts'
import type { Bundle, Device, Id, LocalDate, PointRef, Premises } from '#domain/registry/bundle.ts'
import { unitFamily } from '#domain/quantity/units.ts'

export type Situation = {
  premises: Premises
  date: LocalDate
  /** The landlord and then the tenants of the day, in the order of their spaces. */
  parties: Id[]
  devices: Device[]
  /** Categories of the costs that are booked. */
  categories: Set<string>
  hasHeadcounts: boolean
  hasStorage: boolean
}

export function situationOf(facts: Bundle, id: Id, date: LocalDate): Situation | null {
  const premises = (facts.premises ?? []).find((one) => one.id === id)
  if (premises === undefined) return null
  const held = (premises.tenancies ?? []).filter((row) => isInForce(row, date))
  const costs = [...(facts.meteredCosts ?? []), ...(facts.recurringCosts ?? []), ...(facts.invoices ?? [])]
  return {
    premises,
    date,
    parties: [...new Set([premises.landlord, ...held.map(({ organisation }) => organisation)])],
    devices: (facts.devices ?? [])
      .filter((device) => device.premises === id)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    categories: new Set(costs.filter((cost) => cost.premises === id).map(({ category }) => category)),
    hasHeadcounts: (premises.headcounts ?? []).some((row) => isInForce(row, date)),
    hasStorage: (premises.spaces ?? []).some(({ type }) => type === 'storage'),
  }
}

/** Tenants of spaces of these types on the day, in the order of the parties. */
export function tenantsOf({ premises, date, parties }: Situation, types: readonly string[]): Id[] {
  const spaces = new Set((premises.spaces ?? []).filter(({ type }) => types.includes(type ?? '')).map((one) => one.id))
  const tenants = new Set(
    (premises.tenancies ?? [])
      .filter((row) => spaces.has(row.space) && isInForce(row, date))
      .map(({ organisation }) => organisation),
  )
  return parties.filter((party) => tenants.has(party))
}

/**
 * Sub-meters by party: meters of a type that stand in a space that one party holds, or whose one user or holder it is. `mains` are
 * the meters of metered costs, which measure everybody.
 */
export function subMeters(situation: Situation, type: string, mains: ReadonlySet<Id>): Record<Id, PointRef[]> {
  const { premises, date, parties, devices } = situation
  const tenants = new Map(
    (premises.tenancies ?? [])
      .filter((row) => isInForce(row, date))
      .map(({ space, organisation }) => [space, organisation]),
  )
  const found = devices.flatMap((device) => {
    if (device.type !== type || mains.has(device.id)) return []
    const party =
      tenants.get(device.space ?? '') ??
      onlyHolder(device, 'user', situation) ??
      onlyHolder(device, 'holder', situation)
    const meter = (device.points ?? []).find(
      ({ kind, unit, key }) =>
        (kind === 'counter' || kind === 'interval') && unitFamily(unit ?? '') !== null && !key.includes('export'),
    )
    return party == null || meter === undefined ? [] : [{ party, ref: { device: device.id, point: meter.key } }]
  })
  const byParty = Map.groupBy(found, ({ party }) => party)
  return Object.fromEntries(
    parties
      .filter((party) => byParty.has(party))
      .map((party) => [party, (byParty.get(party) ?? []).map(({ ref }) => ref)]),
  )
}

/** A meter that several use measures none of them; one of the landlord's may measure anybody. */
const onlyHolder = (device: Device, role: 'user' | 'holder', { date, premises }: Situation): Id | null => {
  const holders = rolesOn(device, date).filter((one) => one.role === role)
  const only = holders.length === 1 ? holders[0]?.organisation : undefined
  return only === undefined || only === premises.landlord ? null : only
}

/** Who holds a role on the day; of several the first, of owners the one with the greatest share. */
export function holderOf(
  device: Device,
  role: 'owner' | 'holder' | 'maintainer' | 'payer' | 'dataHolder',
  date: LocalDate,
): Id | null {
  const holders = rolesOn(device, date).filter((one) => one.role === role)
  if (role !== 'owner') return holders[0]?.organisation ?? null
  const value = ({ share }: (typeof holders)[number]): number =>
    share === null ? 0 : Number(share.n) / Number(share.d)
  return holders.toSorted((a, b) => value(b) - value(a))[0]?.organisation ?? null
}
