// What can be found of each fact of the registry: names in three languages, ids, numbers, makers, tags; what is classified only by its keepers.
import { ownerFields, without } from '#domain/lifecycle/classification.ts'
import { findDeviceType } from '#domain/device-types/library.ts'
import { lifecycleOn } from '#domain/lifecycle/lifecycle.ts'
import { isMeterKind } from '#domain/metering/meter-tree.ts'
import type {
  Agreement,
  Device,
  Id,
  Names,
  ObjectKind,
  ObjectOf,
  Organisation,
  Premises,
  Space,
} from '#domain/registry/bundle.ts'
import { premisesOfObject } from '#domain/registry/references.ts'
import {
  COUNTS_FACET,
  deviceThing,
  lifecycleFacet,
  roleFacet,
  spaceThing,
  tagFacet,
  type Findable,
  type Keepers,
  type Words,
} from './findable.ts'
import { foldedWords, withNumbers } from './fold.ts'

/** Counts up when the same facts give other words, so that the index is made anew. */
export const SEARCH_FORM = 4

const once = (words: string[]): string[] => [...new Set(words)]
const wordsOf = (...texts: (string | null | undefined)[]): string[] =>
  once(texts.flatMap((text) => (text == null ? [] : withNumbers(foldedWords(text)))))
const inAll = (names: Names | undefined): string[] => Object.values(names ?? {})
/** A number is found with its signs and without: SN-00-12 and sn0012. */
const numberWords = (number: string | undefined): string[] =>
  number === undefined ? [] : once([...withNumbers(foldedWords(number)), foldedWords(number).join('')])

const ofDevice = (device: Device): Words => ({
  title: once([...wordsOf(...inAll(device.name)), ...numberWords(device.id)]),
  words: once([
    ...numberWords(device.serial),
    ...wordsOf(
      ...inAll(findDeviceType(device.type)?.name),
      device.type,
      device.brick,
      device.manufacturer,
      device.model,
      device.space,
      ...(device.tags ?? []),
    ),
    ...wordsOf(...(device.points ?? []).flatMap(({ name }) => inAll(name))),
  ]),
  facets: once([
    ...((device.points ?? []).some(({ kind }) => isMeterKind(kind)) ? [COUNTS_FACET] : []),
    ...(device.tags ?? []).map(tagFacet),
    // Also what it was before its first row.
    ...[lifecycleOn(device, '0000-01-01'), ...(device.lifecycle ?? []).map(({ state }) => state)].map(lifecycleFacet),
    ...(device.roles ?? []).map(({ role, organisation }) => roleFacet(role, organisation)),
    ...(device.ownership ?? []).flatMap(({ shares }) => Object.keys(shares).map((id) => roleFacet('owner', id))),
  ]),
})

/** Who sees what is classified, as rows of days: owners, holder and maintainer. */
const keepersOf = ({ ownership = [], roles = [] }: Device): Keepers => [
  ...ownership.flatMap(({ from, to, shares }) =>
    Object.keys(shares).map((organisation) => ({ organisation, from, to })),
  ),
  ...roles
    .filter(({ role }) => role === 'holder' || role === 'maintainer')
    .map(({ organisation, from, to }) => ({ organisation, from, to })),
]

/** Of a space its landlord and its tenants are keepers. */
const keepersOfSpace = ({ landlord, tenancies = [] }: Premises, space: Id): Keepers => [
  { organisation: landlord, from: '0000-01-01', to: null },
  ...tenancies.filter((row) => row.space === space).map(({ organisation, from, to }) => ({ organisation, from, to })),
]
/** Who keeps the things that an object says, by what classified documents call them; only of those that are asked for. */
export function keepersOfThings<K extends ObjectKind>(
  kind: K,
  value: ObjectOf<K>,
  asked: ReadonlySet<string>,
): Map<string, Keepers> {
  const found = new Map<string, Keepers>()
  if (kind === 'devices' && asked.has(deviceThing(value.id)))
    found.set(deviceThing(value.id), keepersOf(value as Device))
  if (kind === 'premises')
    for (const { id } of (value as Premises).spaces ?? []) {
      const thing = spaceThing(value.id, id)
      if (asked.has(thing)) found.set(thing, keepersOfSpace(value as Premises, id))
    }
  return found
}

const spaceFound = (premises: Premises, space: Space): Findable => ({
  kind: 'spaces',
  id: `${premises.id}/${space.id}`,
  premises: premises.id,
  open: {
    title: once([...wordsOf(...inAll(space.name)), ...numberWords(space.id)]),
    words: wordsOf(space.type, space.storey, ...(space.tags ?? [])),
    facets: once((space.tags ?? []).map(tagFacet)),
  },
  secret: null,
})

const titleAndWords = (kind: ObjectKind, value: ObjectOf<ObjectKind>): { title: string[]; words: string[] } => {
  const name = 'name' in value ? inAll(value.name) : []
  const title = once([...wordsOf(...name), ...numberWords(value.id)])
  switch (kind) {
    case 'organisations': {
      const { kind: sort, businessId } = value as Organisation
      return { title, words: once([...wordsOf(sort), ...numberWords(businessId)]) }
    }
    case 'premises':
      return { title, words: wordsOf((value as Premises).address) }
    case 'agreements':
      return { title, words: wordsOf((value as Agreement).premises, ...(value as Agreement).parties) }
    case 'invoices': {
      const { number, supplier, category } = value as ObjectOf<'invoices'>
      return { title, words: once([...numberWords(number), ...wordsOf(supplier, category)]) }
    }
    case 'meteredCosts':
    case 'recurringCosts':
      return { title, words: wordsOf((value as ObjectOf<'recurringCosts'>).category) }
    default:
      return { title, words: [] }
  }
}

/** One row for the object, and one for each space of premises. */
export const findablesOf = <K extends ObjectKind>(kind: K, value: ObjectOf<K>): Findable[] => {
  const premises: Id | null = premisesOfObject(kind, value)
  if (kind === 'devices') {
    const device = value as Device
    const hidden = ownerFields(device)
    const open = ofDevice(without(device, hidden))
    const secret = hidden.length === 0 ? null : { ...ofDevice(device), keepers: keepersOf(device) }
    return [{ kind, id: device.id, premises, open, secret }]
  }
  const own: Findable = {
    kind,
    id: value.id,
    premises,
    open: { ...titleAndWords(kind, value), facets: [] },
    secret: null,
  }
  if (kind !== 'premises') return [own]
  return [own, ...((value as Premises).spaces ?? []).map((space) => spaceFound(value as Premises, space))]
}
