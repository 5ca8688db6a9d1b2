// What meters measure: the mains, the uses by the kind of device, and none counted twice.
import { expect, test } from 'vitest'
import { energyUseOf, metersByUse } from '#domain/metering/energy-use.ts'
import { meterKey, meterTree } from '#domain/metering/meter-tree.ts'
import type { Device, Point } from '#domain/registry/bundle.ts'

const meter = (id: string, type: string, main: string | null = null, unit = 'kWh'): Device => {
  const point: Point = { key: 'energy', unit, kind: 'counter' }
  return {
    id,
    type,
    premises: 'talo',
    space: null,
    points: [main === null ? point : { ...point, mainMeter: { device: main, point: 'energy' } }],
  }
}

test.each([
  ['heat-meter', 'heating'],
  ['ventilation-unit', 'ventilation'],
  ['ev-charger', 'vehicles'],
  ['electricity-meter', null],
] as const)('%s is of %s', (type, use) => {
  expect(energyUseOf({ id: 'x', type })).toBe(use)
})

test('mains, uses and media of a tree', () => {
  const tree = meterTree([
    meter('em-main', 'electricity-meter'),
    meter('em-vero', 'electricity-meter', 'em-main'),
    meter('iv-1', 'ventilation-unit', 'em-main'),
    meter('iv-2', 'ventilation-unit'),
    meter('pv-1', 'pv-inverter'),
    meter('hm-main', 'heat-meter'),
    meter('hm-kela', 'heat-meter', 'hm-main'),
    // The water that carries the heat.
    meter('hm-flow', 'heat-meter', null, 'm3'),
    meter('wm-main', 'water-meter', null, 'm3'),
  ])
  const ids = metersByUse(tree).map(({ medium, mains, uses }) => ({
    medium,
    mains: mains.map(({ ref }) => meterKey(ref)),
    uses: uses.map(({ use, meters }) => [use, meters.map(({ ref }) => ref.device)]),
  }))
  expect(ids).toEqual([
    { medium: 'electricity', mains: ['em-main/energy'], uses: [['ventilation', ['iv-1', 'iv-2']]] },
    // The sub-meter of a use stands behind the meter of the same use.
    { medium: 'heat', mains: ['hm-main/energy'], uses: [['heating', ['hm-main']]] },
    { medium: 'water', mains: ['wm-main/energy'], uses: [] },
  ])
})
