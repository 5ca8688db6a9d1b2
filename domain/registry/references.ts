// Which other objects an object names, and where: for "unknown id", for the store's index, and for what an export must carry along.
import type {
  Agreement,
  Device,
  Id,
  Invoice,
  MeteredCost,
  ObjectKind,
  ObjectOf,
  Organisation,
  Premises,
  RecurringCost,
  Tariff,
} from '#domain/registry/bundle.ts'
import { termDevices, termOrganisations } from './check-terms.ts'
import { metersNamed, partiesNamed, usageDevicesNamed, walkMethod } from './methods.ts'
import { metersOfPoint } from './check-meters.ts'
import { at } from './pointer.ts'

/** `pointer` is within the naming object. */
export type Reference = { kind: ObjectKind; id: Id; pointer: string }

const organisation = (id: Id, pointer: string): Reference => ({ kind: 'organisations', id, pointer })
const premisesOf = (id: Id): Reference => ({ kind: 'premises', id, pointer: '/premises' })
const device = (id: Id, pointer: string): Reference => ({ kind: 'devices', id, pointer })
const optionalDevice = (id: Id | null | undefined): Reference[] =>
  id === null || id === undefined ? [] : [device(id, '/device')]

const ofOrganisation = (value: Organisation): Reference[] =>
  value.successor === undefined ? [] : [organisation(value.successor.organisation, '/successor/organisation')]

const ofPremises = (value: Premises): Reference[] => [
  organisation(value.landlord, '/landlord'),
  ...(value.tenancies ?? []).map((row, i) => organisation(row.organisation, at('/tenancies', i, 'organisation'))),
  ...(value.headcounts ?? []).map((row, i) => organisation(row.organisation, at('/headcounts', i, 'organisation'))),
]

const ofDevice = (value: Device): Reference[] => [
  premisesOf(value.premises),
  ...(value.ownership ?? []).flatMap((row, i) =>
    Object.keys(row.shares).map((id) => organisation(id, at('/ownership', i, 'shares', id))),
  ),
  ...(value.roles ?? []).map((row, i) => organisation(row.organisation, at('/roles', i, 'organisation'))),
  ...(value.acquisition === undefined ? [] : [organisation(value.acquisition.payer, '/acquisition/payer')]),
  ...(value.points ?? []).flatMap((point, p) =>
    metersOfPoint(point).map(({ ref, pointer }) => device(ref.device, `${at('/points', p)}${pointer}/device`)),
  ),
]

const ofTariff = (value: Tariff): Reference[] =>
  value.versions.flatMap((version, v) =>
    version.components.flatMap((component, c): Reference[] =>
      component.kind === 'spot'
        ? [{ kind: 'priceSeries', id: component.series, pointer: at('/versions', v, 'components', c, 'series') }]
        : [],
    ),
  )

const ofAgreement = (value: Agreement): Reference[] => [
  premisesOf(value.premises),
  ...value.parties.map((id, i) => organisation(id, at('/parties', i))),
  ...value.versions.flatMap((version, v) => [
    ...(version.approvals ?? []).map((row, i) =>
      organisation(row.organisation, at('/versions', v, 'approvals', i, 'organisation')),
    ),
    ...version.rules.flatMap((rule, r) =>
      [...walkMethod(rule.method, at('/versions', v, 'rules', r, 'method'))].flatMap((place) => [
        ...partiesNamed(place).map((named) => organisation(named.value, named.pointer)),
        ...metersNamed(place).map((named) => device(named.value.device, at(named.pointer, 'device'))),
        ...usageDevicesNamed(place).map((named) => device(named.value, named.pointer)),
      ]),
    ),
    ...termOrganisations(version.terms ?? {}, at('/versions', v, 'terms')).map((named) =>
      organisation(named.value, named.pointer),
    ),
    ...termDevices(version.terms ?? {}, at('/versions', v, 'terms')).map((named) => device(named.value, named.pointer)),
  ]),
]

const ofMeteredCost = (value: MeteredCost): Reference[] => [
  premisesOf(value.premises),
  device(value.meter.device, '/meter/device'),
  { kind: 'tariffs', id: value.tariff, pointer: '/tariff' },
  organisation(value.payer, '/payer'),
]

const ofCost = (value: RecurringCost | Invoice): Reference[] => [
  premisesOf(value.premises),
  organisation(value.payer, '/payer'),
  ...optionalDevice(value.device),
]

const REFERENCES: { [K in ObjectKind]: (value: ObjectOf<K>) => Reference[] } = {
  organisations: ofOrganisation,
  premises: ofPremises,
  devices: ofDevice,
  priceSeries: () => [],
  tariffs: ofTariff,
  agreements: ofAgreement,
  meteredCosts: ofMeteredCost,
  recurringCosts: ofCost,
  invoices: ofCost,
}

/** Every object that `value` names, in the order in which it stands there; the same object may be named several times. */
export const referencesOf = <K extends ObjectKind>(kind: K, value: ObjectOf<K>): Reference[] => REFERENCES[kind](value)

/** The premises that an object belongs to; null for what several premises share. */
export const premisesOfObject = <K extends ObjectKind>(kind: K, value: ObjectOf<K>): Id | null => {
  if (kind === 'premises') return value.id
  return 'premises' in value ? value.premises : null
}
