// What a device type is: what devices of one kind are called, which points they have, how often they are heard, and what gives them away.
import type { Id, Language, Point, PointKind } from '#domain/registry/bundle.ts'

/** A name in all three languages. */
export type Words = Readonly<Record<Language, string>>

export const TYPE_GROUPS = [
  'energy',
  'meters',
  'hvac',
  'sensors',
  'electricity',
  'access',
  'safety',
  'network',
  'meetings',
  'service',
  'workplace',
  'building',
] as const
export type TypeGroup = (typeof TYPE_GROUPS)[number]

export type TypePoint = {
  readonly key: string
  readonly name: Words
  /** Of domain/quantity where the point can be settled (kWh, m3, …), else as people write it. */
  readonly unit?: string
  readonly kind: PointKind
  /** The least and the most that such a device plausibly shows; beyond it somebody should look. Null for a state. */
  readonly range: readonly [least: number, most: number] | null
}

export type DeviceType = {
  readonly id: Id
  readonly group: TypeGroup
  readonly name: Words
  /** A class of Brick 1.4 (brickschema.org), below Equipment. */
  readonly brick: string
  /** ISO 8601 duration: how often it is usually heard. */
  readonly expectedInterval: string
  /** Points that such a device sends undeclared are taken without asking: it is known to send what its model has. Never a meter's: a person says what is settled. */
  readonly takesPoints: boolean
  /** Payload families in which such devices usually speak. */
  readonly codecs: readonly string[]
  readonly points: readonly TypePoint[]
  /** Whole words of name, key, model or point keys that speak for it, in Finnish, Swedish and English, without accents. */
  readonly words: readonly string[]
  readonly units?: readonly string[]
  /** Device classes of Home Assistant. */
  readonly deviceClasses?: readonly string[]
}

/** The points of a new device of this type. */
export const pointsOfType = (type: DeviceType): Point[] =>
  type.points.map(({ key, name, unit, kind }) => ({
    key,
    name: { ...name },
    ...(unit === undefined ? {} : { unit }),
    kind,
  }))

type Named = [fi: string, sv: string, en: string]
export const words = (...[fi, sv, en]: Named): Words => ({ fi, sv, en })
/** A register that counts up. */
export const counter = (key: string, unit: string, most: number, ...named: Named): TypePoint => ({
  key,
  name: words(...named),
  unit,
  kind: 'counter',
  range: [0, most],
})
/** A count of things (pages, tickets, entries). */
export const count = (key: string, ...named: Named): TypePoint => ({
  key,
  name: words(...named),
  unit: '1',
  kind: 'counter',
  range: [0, 1e9],
})
export const gauge = (key: string, unit: string, least: number, most: number, ...named: Named): TypePoint => ({
  key,
  name: words(...named),
  unit,
  kind: 'gauge',
  range: [least, most],
})
export const state = (key: string, ...named: Named): TypePoint => ({
  key,
  name: words(...named),
  kind: 'state',
  range: null,
})
