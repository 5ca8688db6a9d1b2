// Readings by hand: what is odd is told before it is taken, who looked again may say so, and each can be undone.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ManualReadingTaken } from '#contract/manual-readings.ts'
import type { PriceGapsAnswer } from '#contract/imports.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let technician = ''
beforeAll(async () => {
  api = await startApi({ now: Date.parse('2026-04-10T09:00:00Z') })
  await api.fill(twoHouses)
  technician = await api.token('kunta', ['technician', 'manager'])
})
afterAll(() => api.close())
const record = (token: string, body: object, device = 'mittari') =>
  api.request(token, 'POST', `/devices/${device}/readings`, { point: 'energy', ...body })
const codes = (answer: { problem: () => { problems?: readonly { code: string }[] | undefined } }): string[] =>
  (answer.problem().problems ?? []).map(({ code }) => code)

test('a plain reading is taken as manual, with its photo, and undone', async () => {
  const sent = await api.request(technician, 'POST', '/files?name=mittari.jpg', Buffer.from('jpeg'), {
    'content-type': 'image/jpeg',
  })
  const photo = sent.json<{ digest: string }>().digest
  const taken = await record(technician, { value: '2 050,5', at: '2026-04-05T12:00:00+03:00', photo, note: 'kellari' })
  expect(taken.status, taken.text).toBe(201)
  const { import: id } = taken.json<ManualReadingTaken>()
  const latest = async () =>
    (await api.request(technician, 'GET', '/latest?points=mittari/energy')).json<{
      items: { value: unknown; quality: string }[]
    }>().items[0]
  expect(await latest()).toMatchObject({ value: 2050.5, quality: 'manual' })
  expect((await api.request(technician, 'GET', `/files/${photo}`)).status).toBe(200)
  expect((await api.request(technician, 'POST', `/imports/${id}/undo`, {})).status).toBe(200)
  expect(await latest()).toMatchObject({ value: 'withdrawn' })
})

test('what is odd is told, and taken only when the person is sure', async () => {
  expect(codes(await record(technician, { value: '1999', at: '2026-04-08T09:00:00Z' }))).toEqual(['below-last'])
  expect(codes(await record(technician, { value: '90000', at: '2026-04-08T09:00:00Z' }))).toEqual(['unusual'])
  expect(codes(await record(technician, { value: '1e400' }))).toEqual(['not-a-number'])
  expect(codes(await record(technician, { value: '2001', at: '2026-05-01T00:00:00Z', sure: true }))).toEqual([
    'in-the-future',
  ])
  expect((await record(technician, { value: '1999', at: '2026-04-08T09:00:00Z', sure: true })).status).toBe(201)
})

test('rights are those of the device', async () => {
  expect((await record(await api.token('kunta', ['viewer']), { value: '2100' })).status).toBe(403)
  expect((await record(await api.token('muu', ['technician', 'manager']), { value: '2100' })).status).toBe(404)
  expect((await record(technician, { value: '2100', point: 'nothing' })).status).toBe(400)
})

test('missing price days are seen, by those who see the costs', async () => {
  const hours = (day: string, count: number): [string, string, string][] =>
    Array.from({ length: count }, (_, i) => [
      new Date(Date.parse(`${day}T00:00:00+03:00`) + i * 3_600_000).toISOString(),
      'PT1H',
      '50',
    ])
  await api.fill({
    priceSeries: [{ id: 'spot', unit: 'EUR/MWh', values: [...hours('2026-04-01', 24), ...hours('2026-04-02', 23)] }],
    tariffs: [
      {
        id: 'porssi',
        unit: 'kWh',
        versions: [
          {
            from: '2026-01-01',
            to: null,
            vat: { category: 'S', rate: '25.5' },
            components: [{ id: 'spot', kind: 'spot', series: 'spot' }],
          },
        ],
      },
    ],
    meteredCosts: [
      {
        id: 'porssi',
        premises: 'talo',
        category: 'spot',
        meter: { device: 'mittari', point: 'energy' },
        tariff: 'porssi',
        payer: 'kunta',
        from: '2026-04-01',
        to: '2026-04-04',
      },
    ],
  })
  const gaps = async (token: string) => (await api.request(token, 'GET', '/price-gaps')).json<PriceGapsAnswer>().items
  expect(await gaps(technician)).toEqual([
    { series: 'spot', premises: 'talo', days: ['2026-04-02', '2026-04-03'], until: '2026-04-10' },
  ])
  expect(await gaps(await api.token('muu', ['viewer']))).toEqual([])
})
