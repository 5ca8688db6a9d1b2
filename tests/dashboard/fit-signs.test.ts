// Signs on a plan: none covers another when it is written out, what matters most is, and nothing is cut by the edge.
import { expect, test } from 'vitest'
import { fitSigns, type SignWanted } from '#dashboard/pages/plans/fit-signs.ts'

const sign = (id: string, at: [number, number], rank = 2, isWell = true): SignWanted => ({
  id,
  at,
  text: '20,9 °C',
  isWell,
  rank,
})
const SIZE = { width: 700, height: 370 }

test('what stands alone is written out in full', () => {
  expect(fitSigns([sign('a', [0.5, 0.5])], SIZE).get('a')).toBe('full')
})
test('of two beside each other the one that matters more is written out', () => {
  const beside = [sign('a', [0.5, 0.5], 2), sign('b', [0.58, 0.5], 1)]
  expect([...fitSigns(beside, SIZE)]).toEqual([
    ['a', 'small'],
    ['b', 'value'],
  ])
  // Seen from half as far, both have room.
  expect([...fitSigns(beside, { width: 1400, height: 740 }).values()]).toEqual(['full', 'full'])
})
test('at the edge a sign stays small, and without a value there is nothing to write', () => {
  expect(fitSigns([sign('a', [0.01, 0.5])], SIZE).get('a')).toBe('small')
  expect(fitSigns([{ ...sign('a', [0.5, 0.5]), text: '' }], SIZE).get('a')).toBe('small')
})
