// The tree of meters over HTTP: balance by month, main meters, loops, virtual meters, what may not decide money.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ConsumptionAnswer } from '#contract/series.ts'
import type { MeterTreeAnswer } from '#contract/meters.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let manager: string
const meter = (id: string, unit: string): Device => ({
  id,
  name: { fi: id },
  premises: 'talo',
  ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '1' } }],
  points: [{ key: 'e', kind: 'counter', unit }],
})
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-04-10T09:00:00Z') })
  await api.fill(twoHouses)
  const readings = (device: string, a: string, b: string) => ({
    device,
    point: 'e',
    values: [
      ['2026-02-28T22:00:00Z', a],
      ['2026-03-31T21:00:00Z', b],
    ] as [string, string][],
  })
  await api.fill({
    devices: [meter('paa', 'MWh'), meter('ala-1', 'kWh'), meter('ala-2', 'kWh')],
    readings: [readings('paa', '10', '12'), readings('ala-1', '0', '1200.5'), readings('ala-2', '100', '400')],
  })
  manager = await api.token('kunta', ['manager'])
})
afterEach(async () => api.close())

const put = async (path: string, body: object, token = manager) => {
  const id = path.split('/')[2] ?? ''
  const version = (await api.records.getObject({ organisation: null }, 'devices', id))?.version ?? 0
  return api.request(token, 'PUT', path, body, { 'if-match': `"v${version}"` })
}
const tree = async (token = manager, query = 'from=2026-03-01&to=2026-04-01&step=P1M') =>
  (await api.request(token, 'GET', `/premises/talo/meter-tree?${query}`)).json<MeterTreeAnswer>()

test('sub-meters stand below their main meter, which shows what they do not measure', async () => {
  for (const sub of ['ala-1', 'ala-2'])
    expect((await put(`/devices/${sub}/points/e/main-meter`, { main: { device: 'paa', point: 'e' } })).status).toBe(200)
  const { meters } = await tree()
  const main = meters.find(({ device }) => device === 'paa')
  expect(meters.filter(({ device }) => device.startsWith('ala')).map(({ depth }) => depth)).toEqual([1, 1])
  expect(main?.balance).toMatchObject([
    { main: '2', subs: '1.5005', difference: '0.4995', part: '0.2498', estimated: '0', outside: false },
  ])
  expect(main?.lastReadingAt).toBe('2026-03-31T21:00:00.000Z')
  const days = (await tree(manager, 'from=2026-03-01&to=2026-04-01&step=P1D')).meters[0]
  expect(days?.steps).toHaveLength(31)
})

test('a loop, another unit and a point that is no meter are refused with their place', async () => {
  await put('/devices/ala-1/points/e/main-meter', { main: { device: 'paa', point: 'e' } })
  const loop = await put('/devices/paa/points/e/main-meter', { main: { device: 'ala-1', point: 'e' } })
  expect(loop.status).toBe(422)
  expect(loop.problem().problems?.[0]).toMatchObject({ pointer: '/points/0/mainMeter', code: 'loop' })
  await api.fill({ devices: [{ ...meter('vesi', 'm3') }] })
  const water = await put('/devices/vesi/points/e/main-meter', { main: { device: 'paa', point: 'e' } })
  expect(water.problem().problems?.[0]).toMatchObject({ code: 'unit-family', pointer: '/points/0/mainMeter' })
})

test('what others rest on stays: a main meter cannot lose its point', async () => {
  await put('/devices/ala-1/points/e/main-meter', { main: { device: 'paa', point: 'e' } })
  const { name, ...main } = meter('paa', 'MWh')
  const gone = await put('/devices/paa', { ...main, name, points: [] })
  expect([gone.status, gone.problem().problems?.[0]?.code]).toEqual([422, 'unknown-point'])
})

test('a virtual meter is the difference of meters, in charts and the tree, and decides no money', async () => {
  const formula = [
    { of: { device: 'paa', point: 'e' }, times: '1' },
    { of: { device: 'ala-1', point: 'e' }, times: '-1' },
    { of: { device: 'ala-2', point: 'e' }, times: '-1' },
  ]
  const made = await put('/devices/paa/points/rest/formula', { name: { fi: 'Mittaamaton' }, unit: 'kWh', formula })
  expect(made.status).toBe(200)
  const query = 'points=paa/rest&from=2026-03-01&to=2026-04-01&step=P1M'
  const shown = (await api.request(manager, 'GET', `/consumption?${query}`)).json<ConsumptionAnswer>()
  expect(shown.series[0]).toMatchObject({ unit: 'kWh', steps: [{ quantity: '499.5', estimated: '0' }] })
  expect((await tree()).meters.find(({ point }) => point === 'rest')).toMatchObject({ kind: 'virtual', formula })
  const controller = await api.token(null, ['controller', 'admin'])
  const cost = await api.request(controller, 'PUT', '/metered-costs/rest', {
    id: 'rest',
    premises: 'talo',
    category: 'sähkö',
    meter: { device: 'paa', point: 'rest' },
    tariff: 'sahko',
    payer: 'kunta',
    from: '2026-01-01',
    to: null,
  })
  expect([cost.status, cost.problem().problems?.[0]]).toEqual([
    422,
    expect.objectContaining({ code: 'virtual-meter', pointer: '/meter/point' }),
  ])
  const removed = await api.request(manager, 'DELETE', '/devices/paa/points/rest/formula', undefined, {
    'if-match': '"v2"',
  })
  expect(removed.status).toBe(204)
})

test('who does not see the premises finds no tree; who may not change the device cannot set its main meter', async () => {
  expect(
    (
      await api.request(
        await api.token('muu', ['viewer']),
        'GET',
        '/premises/talo/meter-tree?from=2026-03-01&to=2026-04-01',
      )
    ).status,
  ).toBe(404)
  const other = await api.token('virasto', ['manager'])
  expect((await put('/devices/ala-1/points/e/main-meter', { main: null }, other)).status).toBe(403)
})
