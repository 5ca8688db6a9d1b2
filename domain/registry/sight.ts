// Who sees a premises: decided by facts alone, so that a right ends with the fact that gave it.
import type { Device, Id, ObjectKind, ObjectOf } from '#domain/registry/bundle.ts'

/** One reason why an organisation sees a premises. */
export type Sight = { organisation: Id; premises: Id }

/** Owners, whoever has one of the other roles, and who paid for it. */
const organisationsOfDevice = (device: Device): Id[] => [
  ...(device.ownership ?? []).flatMap((row) => Object.keys(row.shares)),
  ...(device.roles ?? []).map((row) => row.organisation),
  ...(device.acquisition === undefined ? [] : [device.acquisition.payer]),
]

const SEEING: { [K in ObjectKind]: (value: ObjectOf<K>) => { premises: Id; organisations: Id[] } | null } = {
  organisations: () => null,
  priceSeries: () => null,
  tariffs: () => null,
  premises: (value) => ({
    premises: value.id,
    organisations: [
      value.landlord,
      ...(value.tenancies ?? []).map((row) => row.organisation),
      ...(value.headcounts ?? []).map((row) => row.organisation),
    ],
  }),
  devices: (value) => ({ premises: value.premises, organisations: organisationsOfDevice(value) }),
  agreements: (value) => ({ premises: value.premises, organisations: value.parties }),
  meteredCosts: (value) => ({ premises: value.premises, organisations: [value.payer] }),
  recurringCosts: (value) => ({ premises: value.premises, organisations: [value.payer] }),
  invoices: (value) => ({ premises: value.premises, organisations: [value.payer] }),
}

/**
 * What one object contributes: the landlord, holders of tenancies and headcounts, parties of an agreement, payers of costs and
 * acquisitions, owners and other roles of a device see its premises. Past and future rows count too: who was there must be able
 * to look at the settlements of that time, who comes must be able to prepare. Each organisation once, in order of appearance.
 */
export const sightOf = <K extends ObjectKind>(kind: K, value: ObjectOf<K>): Sight[] => {
  const seeing = SEEING[kind](value)
  if (seeing === null) return []
  return [...new Set(seeing.organisations)].map((organisation) => ({ organisation, premises: seeing.premises }))
}
