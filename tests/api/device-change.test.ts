// One device changed by HTTP: first what it does to costs, to the cent, then saved; a closed month stays, its difference is adjusted.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeviceChangeAnswer } from '#contract/device-change.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { startApi, twoHouses, type Answer, type TestApi } from './start-api.ts'

const PATH = '/devices/mittari/change'
const VAT = { category: 'S', rate: '25.5' } as const
const LIFT = {
  id: 'hissi',
  premises: 'talo',
  ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '1', virasto: '1' } }],
  acquisition: { cost: '12000.00', date: '2026-01-15', usefulLifeMonths: 120, payer: 'kunta', vat: VAT },
}
let api: TestApi
let kunta = ''
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-04-10T09:00:00Z') })
  const [agreement] = twoHouses.agreements!
  const [version] = agreement!.versions
  const rules = [{ category: 'equipment', method: { by: 'ownership' as const } }, ...version!.rules]
  await api.fill({
    ...twoHouses,
    devices: [...twoHouses.devices!, LIFT],
    agreements: [{ ...agreement!, versions: [{ ...version!, rules }] }],
  })
  kunta = await api.token('kunta', ['manager', 'controller'])
})
afterEach(async () => api.close())
const change = (body: unknown, path = PATH, headers = {}, token = kunta): Promise<Answer> =>
  api.request(token, 'POST', path, body, headers)

test('facts, purchase and tags are saved as one version with If-Match; a look changes nothing', async () => {
  const wanted = {
    set: {
      name: { fi: 'Päämittari', sv: 'Huvudmätare', en: 'Main meter' },
      serial: 'SN-1',
      tags: ['sähkö'],
      supplier: 'Mittari Oy',
      acquisition: { cost: '600.00', date: '2026-03-20', usefulLifeMonths: 60, payer: 'kunta', vat: VAT },
      replacement: { on: '2031-01-01', cost: '700.00' },
    },
  }
  const look = await change({ ...wanted, apply: false })
  expect(look.status).toBe(200)
  expect(look.json<DeviceChangeAnswer>()).toMatchObject({
    applied: false,
    version: 1,
    fields: ['name', 'serial', 'tags', 'acquisition', 'supplier', 'replacement'],
  })
  expect((await change({ ...wanted, apply: true })).status).toBe(428)
  const saved = await change({ ...wanted, apply: true }, PATH, { 'if-match': '"v1"' })
  expect(saved.json()).toMatchObject({ applied: true, version: 2 })
  const device = (await api.request(kunta, 'GET', '/devices/mittari')).json<Record<string, unknown>>()
  expect(device).toMatchObject(wanted.set)
  await change({ set: { serial: null }, apply: true }, PATH, { 'if-match': '"v2"' })
  expect((await api.request(kunta, 'GET', '/devices/mittari')).json()).not.toHaveProperty('serial')
})

test('other parts from a day on: the closed month stays, its difference is told and then adjusted to the cent', async () => {
  const operator = await api.token(null, ['admin'])
  const march = '/premises/talo/settlements/2026-03'
  api.clock.now += 1000
  expect((await api.request(operator, 'POST', `${march}/close`, { force: true, reason: 'koe' })).status).toBe(200)
  api.clock.now += 1000
  const closed = (await api.request(kunta, 'GET', march)).json<Settlement>()
  const lift = '/devices/hissi/change'
  const wanted = {
    roles: { from: '2026-03-01', shares: { kunta: '3', virasto: '1' }, holders: { holder: ['virasto'] } },
  }
  const look = (await change({ ...wanted, apply: false }, lift)).json<DeviceChangeAnswer>()
  // 100 a month: half of it becomes three quarters, for April and, as an adjustment, for March.
  expect(look.othersMoved).toEqual(['virasto'])
  expect(look.rolesThen).toEqual([
    { role: 'owner', organisation: 'kunta', share: '0.75' },
    { role: 'owner', organisation: 'virasto', share: '0.25' },
    { role: 'holder', organisation: 'virasto', share: null },
  ])
  expect(look.months).toMatchObject([
    {
      adjusts: ['2026-03'],
      month: {
        period: '2026-04',
        parties: [
          { party: 'kunta', netDifference: '50.00' },
          { party: 'virasto', netDifference: '-50.00' },
        ],
      },
    },
  ])
  const before = (await api.request(kunta, 'GET', '/premises/talo/settlements/2026-04')).json<Settlement>()
  expect((await change({ ...wanted, apply: true }, lift, { 'if-match': '"v1"' })).status).toBe(200)
  expect((await api.request(kunta, 'GET', march)).json()).toEqual(closed)
  const after = (await api.request(kunta, 'GET', '/premises/talo/settlements/2026-04')).json<Settlement>()
  const of = ({ statements }: Settlement) => Number(statements.find(({ party }) => party === 'kunta')?.net)
  expect(Math.round((of(after) - of(before)) * 100)).toBe(5000)
  expect(look.months?.[0]?.month.parties[0]?.net).toBe(after.statements.find(({ party }) => party === 'kunta')?.net)
})

test('what is wrong is named by its place; who does not keep it, is another house or no manager is refused', async () => {
  const wrong = { set: { replacement: { on: '2026-02-30', cost: '1' }, space: 'x-9' }, apply: false }
  const refused = await change(wrong)
  expect(refused.status).toBe(422)
  expect(
    refused
      .problem()
      .problems?.map(({ pointer }) => pointer)
      .toSorted(),
  ).toEqual(['/replacement/on', '/space'])
  const roles = { from: '2026-13-01', shares: { kunta: '1' } }
  expect((await change({ roles, apply: false })).status).toBe(400)
  const away = await change({ roles: { from: '2026-05-01', shares: { ei: '1' } }, apply: false })
  expect(away.problem().problems?.[0]?.pointer).toBe('/ownership/1/shares/ei')
  const other = await api.token('muu', ['manager'])
  expect((await change({ set: { serial: 'x' }, apply: false }, PATH, {}, other)).status).toBe(404)
  const viewer = await api.token('kunta', ['viewer'])
  expect((await change({ set: { serial: 'x' }, apply: false }, PATH, {}, viewer)).status).toBe(403)
})
