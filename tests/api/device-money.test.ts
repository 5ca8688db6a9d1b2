// Money facts by HTTP: changed as one with If-Match by an owner's manager, told back with book value and parts on a day.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeviceMoney } from '#contract/device-money.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-04-10T09:00:00Z') })
  await api.fill(twoHouses)
})
afterEach(async () => api.close())

const PATH = '/devices/mittari/money'
const facts = {
  funding: [{ by: 'Valtiokonttori', amount: '500.00', encumberedUntil: '2030-01-01' }],
  warranty: { by: 'Valmistaja', until: '2026-05-01' },
  replacement: { on: '2030-01-01', cost: '1000.00' },
}

test('are put with If-Match, and told with each owner’s part', async () => {
  const manager = await api.token('virasto', ['manager'])
  expect((await api.request(manager, 'PUT', PATH, facts)).status).toBe(428)
  const put = await api.request(manager, 'PUT', PATH, facts, { 'if-match': '"v1"' })
  expect([put.status, put.json()]).toEqual([200, { version: 2 }])
  const money = (await api.request(manager, 'GET', `${PATH}?at=2026-04-10`)).json<DeviceMoney>()
  expect(money.facts).toEqual(facts)
  expect(money.replacementParts).toEqual([
    { organisation: 'kunta', share: '2/3', amount: '666.67' },
    { organisation: 'virasto', share: '1/3', amount: '333.33' },
  ])
  expect(money.warnings).toEqual([{ code: 'warranty-ends', on: '2026-05-01', by: 'Valmistaja' }])
  await api.request(manager, 'PUT', PATH, {}, { 'if-match': '"v2"' })
  expect((await api.request(manager, 'GET', PATH)).json<DeviceMoney>().facts).toEqual({})
})

test('what is wrong is named by its place; another house sees nothing', async () => {
  const manager = await api.token('virasto', ['manager'])
  const wrong = { ...facts, replacement: { on: '2026-02-30', cost: '0.001' } }
  const refused = await api.request(manager, 'PUT', PATH, wrong, { 'if-match': '"v1"' })
  expect(refused.status).toBe(422)
  expect(refused.problem().problems?.map(({ pointer }) => pointer)).toEqual(['/replacement/on', '/replacement/cost'])
  expect((await api.request(await api.token('muu', ['viewer']), 'GET', PATH)).status).toBe(404)
})
