// What an unknown device probably is: id, name, type, Brick class, space and kinds of points, from what it sends and what it is called.
import type { Id, Point, PointKind, Space } from '#domain/registry/bundle.ts'
import { isId } from '#domain/registry/check-values.ts'
import { unitFamily } from '#domain/quantity/units.ts'
import type { UnknownDevice, UnknownPoint } from './unknown-device.ts'

/** A suggestion is never more than that: each part can be changed before the device is accepted. */
export type Suggestion = {
  id: Id
  name: string
  type: string | null
  brick: string | null
  space: Id | null
  points: (Pick<Point, 'key'> & { unit: string | null; kind: PointKind })[]
}

/** What speaks for a type: each fitting sign counts its weight. */
export type TypeSigns = {
  type: string
  brick: string
  /** Whole words of name, key, model or point keys, in Finnish, Swedish and English. */
  words: readonly string[]
  units?: readonly string[]
  deviceClasses?: readonly string[]
}

const WORD_WEIGHT = 3
const CLASS_WEIGHT = 2
const UNIT_WEIGHT = 1

/** The first of those that weigh the same wins. */
const TYPES: readonly TypeSigns[] = [
  {
    type: 'ev-charger',
    brick: 'Electric_Vehicle_Charging_Station',
    words: ['charger', 'wallbox', 'evse', 'lataus', 'latausasema', 'laddare', 'laddstation', 'ocpp'],
  },
  {
    type: 'pv-inverter',
    brick: 'PV_Inverter',
    words: ['inverter', 'invertteri', 'solar', 'pv', 'aurinko', 'sol', 'vaxelriktare', 'fronius', 'solaredge'],
  },
  {
    type: 'heat-meter',
    brick: 'Hot_Water_Meter',
    words: [
      'heat',
      'lampo',
      'kaukolampo',
      'fjarrvarme',
      'varme',
      'multical',
      'sharky',
      'flow_temperature',
      'return_temperature',
    ],
    units: ['GJ', 'MWh'],
  },
  {
    type: 'water-meter',
    brick: 'Water_Meter',
    words: ['water', 'vesi', 'vatten', 'flowiq', 'iperl', 'hydrus'],
    units: ['m3', 'l'],
    deviceClasses: ['water'],
  },
  {
    type: 'ventilation-unit',
    brick: 'AHU',
    words: ['ahu', 'iv', 'iv-kone', 'ventilation', 'ilmanvaihto', 'vallox', 'swegon', 'enervent', 'supply', 'exhaust'],
    deviceClasses: ['fan'],
  },
  {
    type: 'people-counter',
    brick: 'Occupancy_Count_Sensor',
    words: [
      'people',
      'counter',
      'kavijalaskuri',
      'besoksraknare',
      'occupancy',
      'motion',
      'liike',
      'rorelse',
      'presence',
    ],
    deviceClasses: ['occupancy', 'motion', 'presence'],
  },
  {
    type: 'door',
    brick: 'Access_Control_Equipment',
    words: ['door', 'ovi', 'dorr', 'contact', 'lock', 'lukko', 'las'],
    deviceClasses: ['door', 'opening', 'window', 'lock', 'garage_door'],
  },
  {
    type: 'room-sensor',
    brick: 'Air_Quality_Sensor',
    words: ['temperature', 'humidity', 'co2', 'voc', 'tvoc', 'sensor', 'anturi', 'givare', 'ruuvi', 'ers', 'elsys'],
    units: ['°C', '%', 'ppm', 'lx'],
    deviceClasses: ['temperature', 'humidity', 'carbon_dioxide', 'illuminance', 'volatile_organic_compounds'],
  },
  {
    type: 'electricity-meter',
    brick: 'Electrical_Meter',
    words: [
      'energy',
      'electricity',
      'sahko',
      'el',
      'elmatare',
      'meter',
      'mittari',
      'plug',
      'pistoke',
      '3em',
      'em',
      'pm',
      'p1',
      'dsmr',
    ],
    units: ['kWh', 'Wh', 'W', 'V', 'A', 'V·A', 'var', 'Hz'],
    deviceClasses: ['energy', 'power', 'voltage', 'current'],
  },
  { type: 'lift', brick: 'Elevator', words: ['lift', 'hissi', 'hiss', 'elevator'] },
  { type: 'printer', brick: 'Printer', words: ['printer', 'tulostin', 'skrivare', 'mfp'] },
  { type: 'info-screen', brick: 'Video_Display', words: ['screen', 'naytto', 'infonaytto', 'display', 'infoskarm'] },
]

/** Longest id that leaves room for a number behind it. */
const ID_CHARACTERS = 56
/** A word of a space's name that is shorter says nothing. */
const WORD_CHARACTERS = 2

/**
 * `spaces` are those of the connector's premises; `isTaken` tells ids of devices that are there already; `types` comes from a
 * library of device types where there is one.
 */
export function suggestDevice(
  unknown: UnknownDevice,
  {
    spaces,
    isTaken,
    types = TYPES,
  }: { spaces: readonly Space[]; isTaken: (id: Id) => boolean; types?: readonly TypeSigns[] },
): Suggestion {
  const found = suggestType(unknown, types)
  return {
    id: freeId(unknown.name ?? unknown.key, unknown.key, isTaken),
    name: unknown.name ?? unknown.key,
    type: found?.type ?? null,
    brick: found?.brick ?? null,
    space: suggestSpace(unknown, spaces),
    points: unknown.points.map((point) => ({ key: point.key, unit: point.unit, kind: kindOf(point) })),
  }
}

/** A unit that can be settled counts up, until someone says otherwise; what is no number is a state. */
export function kindOf({ unit, sample }: Pick<UnknownPoint, 'unit' | 'sample'>): PointKind {
  if (unit !== null && unitFamily(unit) !== null) return 'counter'
  return sample !== null && unit === null && !/^-?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(sample) ? 'state' : 'gauge'
}

/** Small letters without accents: `Kokoushuone 2 Lämpö` → `kokoushuone`, `2`, `lampo`. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

function suggestType(unknown: UnknownDevice, types: readonly TypeSigns[]): TypeSigns | null {
  const { key, name, model, manufacturer, points } = unknown
  const texts = [key, name ?? '', model ?? '', manufacturer ?? '', ...points.map((point) => point.key)]
  const words = new Set(texts.flatMap(wordsOf))
  // Compound point keys count as a whole too.
  for (const point of points) words.add(point.key.toLowerCase())
  const units = new Set(points.map(({ unit }) => unit))
  const classes = new Set(points.map(({ deviceClass }) => deviceClass))
  let best: TypeSigns | null = null
  let most = 0
  for (const signs of types) {
    const weight =
      count(signs.words, words) * WORD_WEIGHT +
      count(signs.deviceClasses ?? [], classes) * CLASS_WEIGHT +
      count(signs.units ?? [], units) * UNIT_WEIGHT
    if (weight > most) [best, most] = [signs, weight]
  }
  return best
}
const count = (signs: readonly string[], found: ReadonlySet<string | null>): number =>
  signs.filter((sign) => found.has(sign)).length

/** The space all of whose name (or id) stands in the device's name, key or topics; the longest such name, and none when two are as good. */
function suggestSpace({ name, key, topics }: UnknownDevice, spaces: readonly Space[]): Id | null {
  const heard = [name ?? '', key, ...topics].map((text) => ` ${wordsOf(text).join(' ')} `)
  let best: { id: Id | null; characters: number } = { id: null, characters: 0 }
  for (const space of spaces) {
    const names = [...Object.values(space.name ?? {}), space.id].map((text) => wordsOf(text).join(' '))
    for (const words of names) {
      if (words.length < WORD_CHARACTERS || !heard.some((text) => text.includes(` ${words} `))) continue
      if (words.length > best.characters) best = { id: space.id, characters: words.length }
      else if (words.length === best.characters && best.id !== space.id) best = { id: null, characters: words.length }
    }
  }
  return best.id
}

/** An id made of the name, or of the key where the name gives none, with a number where it is taken. */
function freeId(name: string, key: string, isTaken: (id: Id) => boolean): Id {
  const base = slugOf(name) || slugOf(key) || 'laite'
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}-${number}`
    if (isId(id) && !isTaken(id)) return id
  }
}
const slugOf = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, ID_CHARACTERS)
    .replace(/^-+|-+$/g, '')
