// A device from plan to scrap: who may say it, which state may follow, who recorded it, and what overviews then count.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DevicePage, DeviceRecorded } from '#contract/devices.ts'
import type { LifecycleShown } from '#contract/lifecycle.ts'
import type { PremisesSummary } from '#contract/premises.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let manager: string
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-04-10T09:00:00Z') })
  await api.fill(twoHouses)
  manager = await api.token('virasto', ['manager'])
})
afterEach(async () => api.close())

const PATH = '/devices/mittari/lifecycle'
const move = async (body: object, token = manager) => api.request(token, 'POST', PATH, body)

test('a device without rows is in use; it goes out of service and is retired, with who and when', async () => {
  expect((await api.request(manager, 'GET', PATH)).json<LifecycleShown>()).toEqual({
    state: 'in-use',
    rows: [],
    next: ['out-of-service', 'in-stock', 'retired'],
  })
  const out = await move({ state: 'out-of-service', note: 'Vuoto' })
  expect(out.json<LifecycleShown>()).toMatchObject({
    state: 'out-of-service',
    rows: [{ state: 'out-of-service', from: '2026-04-10', note: 'Vuoto', recordedAt: '2026-04-10T09:00:00.000Z' }],
  })
  api.clock.now = Date.parse('2026-04-11T09:00:00Z')
  const kunta = await api.token('kunta', ['technician'])
  const retired = (await move({ state: 'retired', from: '2026-05-01' }, kunta)).json<LifecycleShown>()
  expect(retired.state).toBe('out-of-service')
  expect(retired.next).toEqual([])
  expect(retired.rows.map(({ recordedAt }) => recordedAt.slice(0, 10))).toEqual(['2026-04-10', '2026-04-11'])
  expect(new Set(retired.rows.map(({ recordedBy }) => recordedBy)).size).toBe(2)
  // People read a name, not the id of a user or token.
  for (const { recordedBy, recordedByName } of retired.rows) {
    expect(recordedBy).toMatch(/^token:/)
    expect(recordedByName).not.toContain(':')
  }
  const later = await api.request(manager, 'GET', '/devices/mittari?at=2026-05-01')
  expect(later.json<DeviceRecorded>().lifecycleAt).toBe('retired')
})

test('a retirement that is still to come is withdrawn; what has begun, or another day, is not', async () => {
  await move({ state: 'out-of-service' })
  await move({ state: 'retired', from: '2026-05-01' })
  const withdraw = (day: string) => api.request(manager, 'DELETE', `${PATH}/${day}`)
  expect((await withdraw('2026-05-02')).status).toBe(409)
  expect((await withdraw('2026-05-01')).json<LifecycleShown>()).toMatchObject({
    rows: [{ state: 'out-of-service' }],
    next: ['in-use', 'in-stock', 'retired'],
  })
  expect((await withdraw('2026-04-10')).status).toBe(409)
  expect((await api.request(await api.token('muu', ['manager']), 'DELETE', `${PATH}/2026-04-10`)).status).toBe(404)
})

test('a state that may not follow, or that begins too early, is refused with its place', async () => {
  const refused = await move({ state: 'planned' })
  expect(refused.status).toBe(400)
  expect(refused.problem().problems).toMatchObject([{ pointer: '/state', code: 'not-after' }])
  await move({ state: 'out-of-service', from: '2026-04-10' })
  const early = await move({ state: 'in-use', from: '2026-04-10' })
  expect(early.problem().problems).toMatchObject([{ pointer: '/from', code: 'before-last' }])
  const imported = await api.request(await api.token(null, ['admin']), 'POST', '/import', {
    devices: [
      {
        id: 'uusi',
        premises: 'talo',
        lifecycle: [
          { state: 'retired', from: '2026-01-01' },
          { state: 'in-use', from: '2025-01-01' },
        ],
      },
    ],
  })
  expect(imported.problem().problems?.map(({ pointer, code }) => [pointer, code])).toEqual([
    ['/devices/0/lifecycle/1/from', 'dates-reversed'],
    ['/devices/0/lifecycle/1/state', 'invalid-choice'],
  ])
})

test('neither a viewer nor another house may say it', async () => {
  expect((await move({ state: 'retired' }, await api.token('virasto', ['viewer']))).status).toBe(403)
  expect((await move({ state: 'retired' }, await api.token('muu', ['manager']))).status).toBe(404)
})

test('what is planned or retired is not missed, and lists find it by its state', async () => {
  await api.fill({
    devices: [
      { id: 'tuleva', premises: 'talo', lifecycle: [{ state: 'planned', from: '2026-03-01' }] },
      { id: 'romu', premises: 'talo', lifecycle: [{ state: 'retired', from: '2026-03-01' }] },
    ],
  })
  const list = async (query: string) =>
    (await api.request(manager, 'GET', `/devices?premises=talo&${query}`)).json<DevicePage>().items.map(({ id }) => id)
  expect(await list('lifecycle=planned')).toEqual(['tuleva'])
  expect(await list('lifecycle=retired')).toEqual(['romu'])
  expect(await list('lifecycle=in-use')).toEqual(['mittari'])
  expect(await list('state=never')).toEqual(['mittari'])
  const { devices } = (await api.request(manager, 'GET', '/premises'))
    .json<{ items: PremisesSummary[] }>()
    .items.find(({ id }) => id === 'talo')!
  expect(devices).toEqual({ total: 3, works: 0, stale: 0, offline: 0, never: 1 })
})
