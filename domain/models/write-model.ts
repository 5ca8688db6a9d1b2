// A premises as things of Brick 1.4 or RealEstateCore 4: building, storeys, spaces, devices, points; and what they have no word for as facts of ours.
import type { Device, Names, Point, Premises, Space } from '#domain/registry/bundle.ts'
import { classOfDevice, classOfPoint } from './classes.ts'
import { deviceIri, pointIri, premisesIri, spaceIri, storeyIri } from './iris.ts'
import { nameOfUnit, unitOfName } from './units.ts'

export const MODEL_FORMATS = ['brick', 'rec'] as const
export type ModelFormat = (typeof MODEL_FORMATS)[number]
/** Texts with what they are, names of things by their whole IRI or `prefix:name`, and things without a name. */
export type Value = { iri: string } | { text: string; language?: string; type?: string } | { of: Values }
export type Values = readonly (readonly [predicate: string, values: readonly Value[]])[]
export type Thing = { iri: string; values: Values }

/** Words in which the two differ. */
const WORDS = {
  brick: {
    building: 'brick:Building',
    storey: 'brick:Floor',
    space: 'brick:Space',
    partOf: 'brick:isPartOf',
    located: 'brick:hasLocation',
  },
  rec: {
    building: 'rec:Building',
    storey: 'rec:Level',
    space: 'rec:Room',
    partOf: 'rec:isPartOf',
    located: 'rec:locatedIn',
  },
} as const

/**
 * What stands in the model of a premises. `devices` are those of the premises, as far as they may be told; with `full` roles, tenancies,
 * ownership and everything else that has no word there go along as `samtila:facts`, so that reading it back loses nothing.
 */
export function* modelOf(
  premises: Premises,
  devices: readonly Device[],
  format: ModelFormat,
  full: boolean,
): Generator<Thing> {
  const words = WORDS[format]
  const building = premisesIri(premises.id)
  const { id: _id, name, address, spaces = [], ...rest } = premises
  yield {
    iri: building,
    values: [
      ['rdf:type', [{ iri: words.building }]],
      ...labels(name),
      ...(address === undefined
        ? []
        : [
            one('rec:address', {
              of: [one('rdf:type', { iri: 'rec:PostalAddress' }), one('rec:addressLine1', { text: address })],
            }),
          ]),
      ...facts(full, rest),
    ],
  }
  for (const storey of new Set(spaces.flatMap((space) => space.storey ?? [])))
    yield {
      iri: storeyIri(premises.id, storey),
      values: [
        one('rdf:type', { iri: words.storey }),
        one('rdfs:label', { text: storey }),
        one(words.partOf, { iri: building }),
      ],
    }
  for (const space of spaces) yield spaceThing(premises.id, space, format, full)
  const tree = treeOf(devices)
  for (const device of devices) {
    yield deviceThing(device, tree, format, full)
    for (const point of device.points ?? []) yield pointThing(device.id, point, full)
  }
}

const one = (predicate: string, value: Value): [string, Value[]] => [predicate, [value]]
const labels = (names: Names | undefined): [string, Value[]][] => {
  const values = Object.entries(names ?? {}).map(([language, text]): Value => ({ text, language }))
  return values.length === 0 ? [] : [['rdfs:label', values]]
}
const facts = (full: boolean, rest: object): [string, Value[]][] => {
  const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== null))
  return full ? [one('samtila:facts', { text: JSON.stringify(kept), type: 'rdf:JSON' })] : []
}

function spaceThing(premises: string, space: Space, format: ModelFormat, full: boolean): Thing {
  const words = WORDS[format]
  const { id, name, storey, areaM2, ...rest } = space
  return {
    iri: spaceIri(premises, id),
    values: [
      one('rdf:type', { iri: words.space }),
      ...labels(name),
      one(words.partOf, { iri: storey === undefined ? premisesIri(premises) : storeyIri(premises, storey) }),
      format === 'brick'
        ? one('brick:area', {
            of: [one('brick:value', { text: areaM2, type: 'xsd:decimal' }), one('brick:hasUnit', { iri: 'unit:M2' })],
          })
        : one('rec:area', {
            of: [
              one('rdf:type', { iri: 'rec:ArchitectureArea' }),
              one('rec:netArea', { text: areaM2, type: 'xsd:float' }),
            ],
          }),
      ...facts(full, rest),
    ],
  }
}

type Tree = { subMeters: ReadonlyMap<string, string[]>; subs: ReadonlySet<string> }
/** Which device's points are parts of which other device's. */
function treeOf(devices: readonly Device[]): Tree {
  const known = new Set(devices.map(({ id }) => id))
  const subMeters = new Map<string, string[]>()
  const subs = new Set<string>()
  for (const device of devices)
    for (const main of new Set((device.points ?? []).flatMap(({ mainMeter }) => mainMeter?.device ?? []))) {
      if (main === device.id || !known.has(main)) continue
      subMeters.getOrInsertComputed(main, () => []).push(device.id)
      subs.add(device.id)
    }
  return { subMeters, subs }
}

function deviceThing(device: Device, { subMeters, subs }: Tree, format: ModelFormat, full: boolean): Thing {
  const { id, name, premises, space, brick, serial, manufacturer, model, points = [], ...rest } = device
  const words = WORDS[format]
  const type = classOfDevice(device)
  const below = subMeters.get(id) ?? []
  const metersAll = /^Building_.*Meter$/.test(type) || (below.length > 0 && !subs.has(id))
  const text = (predicate: string, value: string | undefined): [string, Value[]][] =>
    value === undefined ? [] : [one(predicate, { text: value })]
  return {
    iri: deviceIri(id),
    values: [
      one('rdf:type', { iri: `brick:${type}` }),
      ...labels(name),
      one(words.located, { iri: typeof space === 'string' ? spaceIri(premises, space) : premisesIri(premises) }),
      ...text('rec:serialNumber', serial),
      ...text('rec:modelNumber', model),
      ...(manufacturer === undefined
        ? []
        : [
            one('rec:manufacturedBy', {
              of: [one('rdf:type', { iri: 'rec:Organization' }), one('rdfs:label', { text: manufacturer })],
            }),
          ]),
      ...(metersAll ? [one('brick:meters', { iri: premisesIri(premises) })] : []),
      ...(below.length === 0
        ? []
        : [['brick:hasSubMeter', below.map((sub) => ({ iri: deviceIri(sub) }))] as [string, Value[]]]),
      ...(points.length > 0 && points.every(({ kind }) => kind === 'virtual')
        ? [one('brick:isVirtualMeter', { of: [one('brick:value', { text: 'true', type: 'xsd:boolean' })] })]
        : []),
      ...facts(full, { ...rest, brick }),
    ],
  }
}

function pointThing(device: string, point: Point, full: boolean): Thing {
  const { key, name, unit, ...rest } = point
  const unitName = unit === undefined ? null : nameOfUnit(unit)
  const exact = unitName !== null && unitOfName(unitName) === unit
  return {
    iri: pointIri(device, key),
    values: [
      one('rdf:type', { iri: `brick:${classOfPoint(point)}` }),
      ...labels(name),
      one('brick:isPointOf', { iri: deviceIri(device) }),
      ...(unitName === null ? [] : [one('brick:hasUnit', { iri: `unit:${unitName}` })]),
      one('brick:timeseries', { of: [one('brick:hasTimeseriesId', { text: `${device}/${key}` })] }),
      ...(point.interval === undefined
        ? []
        : [
            one('brick:aggregate', {
              of: [
                one('brick:aggregationFunction', { text: 'sum' }),
                one('brick:aggregationInterval', { text: `R${point.interval}` }),
              ],
            }),
          ]),
      ...facts(full, { ...rest, ...(exact || unit === undefined ? {} : { unit }) }),
    ],
  }
}
