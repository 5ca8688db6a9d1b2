// What energy and water are used for: told by the kind of device that a meter belongs to. Pure.
import type { Device } from '#domain/registry/bundle.ts'
import { meterKey, type MeterNode } from './meter-tree.ts'

export const MEDIA = ['electricity', 'heat', 'water'] as const
export type Medium = (typeof MEDIA)[number]
export const ENERGY_USES = [
  'heating',
  'cooling',
  'ventilation',
  'lighting',
  'vehicles',
  'kitchen',
  'lifts',
  'ict',
] as const
export type EnergyUse = (typeof ENERGY_USES)[number]

/** By the words of types and of Brick classes, the narrower ones first: a heating post warms cars. */
const FORMS: readonly [form: RegExp, use: EnergyUse][] = [
  [/charger|\bev-|heating-post|block-heater|vehicle/, 'vehicles'],
  [/ventilation|air-handling|\bahu|\bfan|hood/, 'ventilation'],
  [/cool|chiller|air-condition|\bice-|freezer|fridge/, 'cooling'],
  [/heat|boiler|radiator/, 'heating'],
  [/light|lamp|luminaire|\bdali/, 'lighting'],
  [/kitchen|dishwash|oven|coffee/, 'kitchen'],
  [/lift|elevator|escalator/, 'lifts'],
  [/server|network|gateway|\bups|printer|screen|rack/, 'ict'],
]
/** Null for what measures whatever stands behind it. */
export function energyUseOf({ id, type, brick }: Pick<Device, 'id' | 'type' | 'brick'>): EnergyUse | null {
  const words = [type, brick, id].map((word) => (word ?? '').toLowerCase().replaceAll('_', '-')).join(' ')
  return FORMS.find(([form]) => form.test(words))?.[1] ?? null
}
const isVolume = (unit: string | undefined): boolean => unit === 'm3' || unit === 'm³' || unit === 'l'
/** Null for the water that carries heat: nobody uses it up. */
function mediumOf({ device, point }: MeterNode): Medium | null {
  const isHeat = /heat-meter|thermal/.test(
    `${device.type ?? ''} ${device.brick ?? ''}`.toLowerCase().replaceAll('_', '-'),
  )
  return isVolume(point.unit) ? (isHeat ? null : 'water') : isHeat ? 'heat' : 'electricity'
}

export type MediumMeters = {
  medium: Medium
  /** What all of it goes through: the meters at the top that have sub-meters or measure no use of their own. */
  mains: MeterNode[]
  /** Meters of each use, none of them behind another of the same use. */
  uses: { use: EnergyUse; meters: MeterNode[] }[]
}
const PRODUCED = /inverter|solar|\bpv-|generat/
const GIVEN = /export|production|produced/

/** Meters of a tree by what is measured and for what it is used; what is produced or given out is left out. */
export function metersByUse(nodes: readonly MeterNode[]): MediumMeters[] {
  const used = nodes.filter(
    ({ device, ref }) =>
      !PRODUCED.test(`${device.type ?? ''} ${device.id}`.toLowerCase()) && !GIVEN.test(ref.point.toLowerCase()),
  )
  const byKey = new Map(used.map((node) => [meterKey(node.ref), node]))
  const hasSubs = new Set(used.flatMap(({ main }) => (main === null ? [] : [meterKey(main)])))
  const isBehindSame = (node: MeterNode, use: EnergyUse): boolean => {
    for (let { main } = node; main !== null;) {
      const above = byKey.get(meterKey(main))
      if (above === undefined) return false
      if (energyUseOf(above.device) === use) return true
      main = above.main
    }
    return false
  }
  return MEDIA.flatMap((medium) => {
    const here = used.filter((node) => mediumOf(node) === medium)
    if (here.length === 0) return []
    const uses = ENERGY_USES.flatMap((use) => {
      const meters = here.filter((node) => energyUseOf(node.device) === use && !isBehindSame(node, use))
      return meters.length === 0 ? [] : [{ use, meters }]
    })
    const tops = here.filter(({ main }) => main === null)
    const withSubs = tops.filter(({ ref }) => hasSubs.has(meterKey(ref)))
    const mains = withSubs.length > 0 ? withSubs : tops.filter(({ device }) => energyUseOf(device) === null)
    return [{ medium, mains, uses }]
  })
}
