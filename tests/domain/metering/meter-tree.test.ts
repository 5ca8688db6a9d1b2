// The tree of meters, balances and virtual meters.
import { expect, test } from 'vitest'
import type { ConsumptionStep } from '#domain/metering/consumption.ts'
import { balanceOf, meterKey, meterTree } from '#domain/metering/meter-tree.ts'
import { virtualConsumption } from '#domain/metering/virtual.ts'
import { fraction, ONE } from '#domain/quantity/fraction.ts'
import type { Device, Point } from '#domain/registry/bundle.ts'

const counter = (key: string, mainMeter?: Point['mainMeter']): Point => ({
  key,
  kind: 'counter',
  unit: 'kWh',
  ...(mainMeter === undefined ? {} : { mainMeter }),
})
const device = (id: string, points: Point[]): Device => ({ id, premises: 'talo', points })
const steps = (...rows: [quantity: string | null, estimated?: string][]): ConsumptionStep[] =>
  rows.map(([quantity, estimated = '0'], i) => ({ from: i, to: i + 1, quantity, micro: null, estimated }))

test('main meters stand before their sub-meters; who has none in sight stands at the top', () => {
  const tree = meterTree([
    device('c', [counter('e', { device: 'b', point: 'e' })]),
    device('b', [counter('e', { device: 'a', point: 'e' }), { key: 't', kind: 'gauge', unit: 'C' }]),
    device('a', [counter('e')]),
    device('d', [counter('e', { device: 'elsewhere', point: 'e' })]),
  ])
  expect(tree.map(({ ref, depth, main }) => [meterKey(ref), depth, main && meterKey(main)])).toEqual([
    ['a/e', 0, null],
    ['b/e', 1, 'a/e'],
    ['c/e', 2, 'b/e'],
    ['d/e', 0, null],
  ])
})

test('a loop does not swallow the meters in it', () => {
  const tree = meterTree([
    device('a', [counter('e', { device: 'b', point: 'e' })]),
    device('b', [counter('e', { device: 'a', point: 'e' })]),
  ])
  expect(tree.map(({ ref }) => meterKey(ref)).toSorted()).toEqual(['a/e', 'b/e'])
})

test('a balance is exact, in the unit of the main meter, and marked outside its band', () => {
  const main = steps(['10.5'], ['4'], ['1'], [null])
  const subs = [
    { factor: fraction(1n, 1000n), steps: steps(['10000'], ['1000', '0.25'], [null], ['1']) },
    { factor: ONE, steps: steps(['0.3'], ['1'], ['1'], ['1']) },
  ]
  expect(balanceOf(main, subs, { least: '0', most: '0.1' })).toMatchObject([
    { main: '10.5', subs: '10.3', difference: '0.2', part: '0.019', estimated: '0', outside: false },
    { main: '4', subs: '2', difference: '2', part: '0.5', estimated: '0.25', outside: true },
    { main: '1', subs: null, difference: null, part: null, outside: false },
    { main: null, subs: '1.001', difference: null, part: null, outside: false },
  ])
  expect(balanceOf(steps(['10']), [{ factor: ONE, steps: steps(['12']) }], { least: '0', most: '1' })).toMatchObject([
    { difference: '-2', part: '-0.2', outside: true },
  ])
})

test('a virtual meter adds, subtracts and multiplies, carries estimates, and knows nothing where a part does not', () => {
  const parts = [
    { factor: ONE, steps: steps(['10'], ['8', '0.5'], [null], ['0', '1']) },
    { factor: fraction(-1n, 2n), steps: steps(['4'], ['8', '0'], ['1'], ['0']) },
  ]
  expect(virtualConsumption(parts)).toMatchObject([
    { quantity: '8', micro: 8_000_000n, estimated: '0' },
    { quantity: '4', estimated: '0.3333' },
    { quantity: null, micro: null },
    { quantity: '0', estimated: '1' },
  ])
})
