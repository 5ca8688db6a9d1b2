// Money facts on a day: parts add up to the cent, grants encumber until their day, covers are told 90 days before their end.
import { expect, test } from 'vitest'
import { encumbering, lifeEnds, moneyOn } from '#domain/lifecycle/money-facts.ts'
import type { Device } from '#domain/registry/bundle.ts'

const device: Device = {
  id: 'koppi',
  premises: 'talo',
  ownership: [
    { from: '2025-01-01', to: '2027-01-01', shares: { kunta: '1', poliisi: '1', vero: '1' } },
    { from: '2027-01-01', to: null, shares: { kunta: '2', vero: '1' } },
  ],
  acquisition: {
    cost: '1000.00',
    date: '2025-08-31',
    usefulLifeMonths: 36,
    payer: 'kunta',
    vat: { category: 'S', rate: '25.5' },
  },
  expectedLifeMonths: 6,
  funding: [
    { by: 'Valtiokonttori', amount: '300.00', encumberedUntil: '2026-06-01' },
    { by: 'Lahjoittaja', amount: '1.00' },
  ],
  warranty: { by: 'Valmistaja', until: '2026-05-01' },
  insurance: { by: 'Vakuutus', until: '2026-01-01' },
  replacement: { on: '2028-01-01', cost: '100.00' },
}

test('book value and replacement are divided exactly among the owners of their own day', () => {
  const { bookValue, bookParts, replacementParts } = moneyOn(device, '2025-09-01')
  expect(bookValue).toBe('1000.00')
  expect(bookParts).toEqual([
    { organisation: 'kunta', share: '1/3', amount: '333.34' },
    { organisation: 'poliisi', share: '1/3', amount: '333.33' },
    { organisation: 'vero', share: '1/3', amount: '333.33' },
  ])
  expect(replacementParts.map(({ organisation, amount }) => [organisation, amount])).toEqual([
    ['kunta', '66.67'],
    ['vero', '33.33'],
  ])
  expect(moneyOn(device, '2025-08-30')).toMatchObject({ bookValue: null, bookParts: [] })
})

test('a grant encumbers up to its day, and the retirement before it is told', () => {
  expect(encumbering(device, '2026-06-01').map(({ by }) => by)).toEqual(['Valtiokonttori'])
  expect(encumbering(device, '2026-06-02')).toEqual([])
  const retired: Device = { ...device, lifecycle: [{ state: 'retired', from: '2026-05-31' }] }
  expect(moneyOn(retired, '2026-05-01').warnings.map(({ code }) => code)).toContain('grant-encumbers')
  expect(moneyOn(retired, '2026-07-01').warnings).toEqual([
    { code: 'grant-encumbers', on: '2026-06-01', by: 'Valtiokonttori' },
  ])
})

test('covers that end, a life that is over, a month that has no such day', () => {
  expect(lifeEnds(device)).toBe('2026-02-28')
  expect(moneyOn(device, '2026-01-30').warnings.map(({ code }) => code)).toEqual(['insurance-ended'])
  expect(moneyOn(device, '2026-01-01').warnings.map(({ code }) => code)).toEqual(['insurance-ends'])
  expect(moneyOn(device, '2026-03-01').warnings.map(({ code }) => code)).toEqual([
    'warranty-ends',
    'insurance-ended',
    'life-over',
  ])
})
