// Equipment on a day: book value and parts to the cent, replacements by year; a co-owner's exit with preview and offers.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EquipmentShown, ExitAnswer } from '#contract/equipment.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let virasto: string
const machine = (id: string, shares: Record<string, string>, payer: string): Device => ({
  id,
  name: { fi: id },
  premises: 'talo',
  ownership: [{ from: '2026-01-01', to: null, shares }],
  acquisition: {
    cost: '1000',
    date: '2026-01-01',
    usefulLifeMonths: 100,
    payer,
    vat: { category: 'S', rate: '25.5' },
  },
  replacement: { on: '2030-06-01', cost: '2000.01' },
})
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-04-10T09:00:00Z') })
  await api.fill(twoHouses)
  await api.fill({
    devices: [
      machine('kone-1', { kunta: '2', virasto: '1' }, 'kunta'),
      machine('kone-2', { kunta: '1', virasto: '1' }, 'virasto'),
      machine('kone-3', { virasto: '1' }, 'virasto'),
    ],
  })
  virasto = await api.token('virasto', ['manager'])
})
afterEach(async () => api.close())

const equipment = async (at: string) =>
  (await api.request(virasto, 'GET', `/premises/talo/equipment?at=${at}`)).json<EquipmentShown>()
const exit = (body: object, token = virasto) => api.request(token, 'POST', '/premises/talo/ownership-exits', body)

// Depreciation begins the month after the purchase: 9 of 100 months by November, 910 euros are left of each machine.
test('the value on any day, divided among the owners of that day, and the replacements by year', async () => {
  const shown = await equipment('2026-11-01')
  expect(shown).toMatchObject({ total: '2730.00', shared: 3, more: false })
  expect(shown.parts).toEqual([
    { organisation: 'kunta', amount: '1061.67' },
    { organisation: 'virasto', amount: '1668.33' },
  ])
  expect(shown.plan).toEqual([
    {
      year: 2030,
      cost: '6000.03',
      parts: [
        { organisation: 'kunta', amount: '2333.35' },
        { organisation: 'virasto', amount: '3666.68' },
      ],
    },
  ])
  expect((await equipment('2025-11-01')).total).toBe('0.00')
  expect(shown.lines.map(({ device, purchase }) => [device, purchase?.cost ?? null])).toEqual([
    ['kone-1', '1000'],
    ['kone-2', '1000'],
    ['kone-3', '1000'],
    ['mittari', null],
  ])
  const only = async (facts: string) => (await equipment(`2026-11-01&facts=${facts}`)).lines.map(({ device }) => device)
  expect(await only('with')).toEqual(['kone-1', 'kone-2', 'kone-3'])
  expect(await only('without')).toEqual(['mittari'])
})

test('a co-owner sees what its exit comes to, offers its parts, and each buyer answers', async () => {
  const preview = (await exit({ from: '2026-11-01', apply: false })).json<ExitAnswer>()
  expect(
    preview.items.map(({ device, buyer, share, shareValue, price }) => [device, buyer, share, shareValue, price]),
  ).toEqual([
    ['kone-1', 'kunta', '1/3', '303.33', '0.00'],
    ['kone-2', 'kunta', '1/2', '455.00', '910.00'],
    ['mittari', 'kunta', '1/3', null, null],
  ])
  expect(preview).toMatchObject({ applied: false, shareValue: '758.33', price: '910.00' })
  const offered = await exit({ from: '2026-11-01', buyers: { 'kone-1': 'muu' }, apply: true })
  expect(offered.status).toBe(201)
  const { items } = offered.json<ExitAnswer>()
  expect(items.map(({ buyer, waiting }) => `${buyer} ${waiting}`)).toEqual(['muu false', 'kunta false', 'kunta false'])
  // Asked again nothing is offered twice.
  const again = (await exit({ from: '2026-11-01', apply: true })).json<ExitAnswer>()
  expect(again.items.map(({ transfer }) => transfer)).toEqual(items.map(({ transfer }) => transfer))
  const buyer = await api.token('kunta', ['signatory'])
  const id = items.find(({ device }) => device === 'kone-2')!.transfer!
  expect((await api.request(buyer, 'POST', `/transfers/${id}/acceptance`, {})).status).toBe(200)
  expect((await equipment('2026-11-01')).parts).toEqual([
    { organisation: 'kunta', amount: '1516.67' },
    { organisation: 'virasto', amount: '1213.33' },
  ])
})

test('nobody leaves for another, or from premises that they do not see', async () => {
  expect((await exit({ from: '2026-11-01', apply: true }, await api.token(null, ['manager', 'admin']))).status).toBe(
    403,
  )
  expect((await exit({ from: '2026-11-01', apply: true }, await api.token('muu', ['manager']))).status).toBe(404)
  const past = (await exit({ from: '2026-03-01', apply: true })).json<ExitAnswer>()
  expect(past.items.every(({ hindrance, transfer }) => hindrance !== null && transfer === null)).toBe(true)
})
