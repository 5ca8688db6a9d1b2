// What an unknown device probably is: id, name, type, Brick class, space and kinds of points, from what it sends and what it is called.
import type { DeviceType } from '#domain/device-types/device-type.ts'
import { DEVICE_TYPES } from '#domain/device-types/library.ts'
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
  /** How often such a device is usually heard. */
  expectedInterval: string | null
  space: Id | null
  points: (Pick<Point, 'key'> & { unit: string | null; kind: PointKind })[]
}

/** What people called it says more than what it sends. */
const NAME_WEIGHT = 8
const WORD_WEIGHT = 3
const CLASS_WEIGHT = 2
const UNIT_WEIGHT = 1

/** Longest id that leaves room for a number behind it. */
const ID_CHARACTERS = 56
/** A word of a space's name that is shorter says nothing. */
const WORD_CHARACTERS = 2

/** `spaces` are those of the connector's premises; `isTaken` tells ids of devices that are there already. */
export function suggestDevice(
  unknown: UnknownDevice,
  { spaces, isTaken }: { spaces: readonly Space[]; isTaken: (id: Id) => boolean },
): Suggestion {
  const found = suggestType(unknown)
  return {
    id: freeId(unknown.name ?? unknown.key, unknown.key, isTaken),
    name: unknown.name ?? unknown.key,
    type: found?.id ?? null,
    brick: found?.brick ?? null,
    expectedInterval: found?.expectedInterval ?? null,
    space: suggestSpace(unknown, spaces),
    points: unknown.points.map((point) => {
      const known = found?.points.find(({ key }) => key === point.key)
      return { key: point.key, unit: point.unit ?? known?.unit ?? null, kind: known?.kind ?? kindOf(point) }
    }),
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

function suggestType(unknown: UnknownDevice): DeviceType | null {
  const { key, name, model, manufacturer, points } = unknown
  const called = new Set([key, name ?? '', model ?? '', manufacturer ?? ''].flatMap(wordsOf))
  const words = new Set(points.flatMap((point) => wordsOf(point.key)).filter((word) => !called.has(word)))
  // Compound point keys count as a whole too.
  for (const point of points) words.add(point.key.toLowerCase())
  const units = new Set(points.map(({ unit }) => unit))
  const classes = new Set(points.map(({ deviceClass }) => deviceClass))
  let best: DeviceType | null = null
  let most = 0
  for (const signs of DEVICE_TYPES) {
    const weight =
      count(signs.words, called) * NAME_WEIGHT +
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
