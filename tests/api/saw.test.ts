// Who saw what is delicate stands in the audit log: before the answer goes out, once an hour, and only what was really seen.
import { afterEach, expect, test } from 'vitest'
import type { AuditPage } from '#contract/audit.ts'
import { startApi, type TestApi } from './start-api.ts'

let api: TestApi
afterEach(() => api.close())

const bundle = {
  organisations: [
    { id: 'kaupunki', name: { fi: 'Kaupunki' } },
    { id: 'poliisi', name: { fi: 'Poliisi' } },
  ],
  premises: [{ id: 'talo', name: { fi: 'Talo' }, timeZone: 'Europe/Helsinki', landlord: 'kaupunki' }],
  devices: [
    { id: 'ovi', premises: 'talo', type: 'door' },
    { id: 'anturi', premises: 'talo', type: 'room-sensor' },
  ],
}
const start = async () => {
  api = await startApi()
  await api.fill(bundle)
  return { own: await api.token('kaupunki', ['admin']), operator: await api.token(null, ['admin']) }
}
const looks = async (token: string) => {
  const page = (await api.request(token, 'GET', '/api/v1/audit?limit=200')).json<AuditPage>()
  return page.items
    .filter(({ action }) => action === 'saw')
    .map(({ kind, id, premises }) => `${kind} ${id} ${premises}`)
}

test('a lock, people and the log itself leave a line, a room sensor does not', async () => {
  const { own, operator } = await start()
  for (const path of ['/devices/ovi', '/devices/anturi', '/users', '/audit'])
    expect((await api.request(own, 'GET', `/api/v1${path}`)).status).toBe(200)
  const seen = await looks(operator)
  expect(seen).toContain('devices ovi talo')
  expect(seen).toContain('users all null')
  expect(seen).toContain('audit all null')
  expect(seen.filter((line) => line.includes('anturi'))).toEqual([])
})

test('the same look again is one line within an hour, and another one after it', async () => {
  const { own, operator } = await start()
  for (let i = 0; i < 3; i += 1) await api.request(own, 'GET', '/api/v1/devices/ovi')
  expect((await looks(operator)).filter((line) => line.startsWith('devices'))).toHaveLength(1)
  api.clock.now += 3_600_000
  await api.request(own, 'GET', '/api/v1/devices/ovi')
  expect((await looks(operator)).filter((line) => line.startsWith('devices'))).toHaveLength(2)
  expect((await api.request(operator, 'GET', '/api/v1/audit/check')).json()).toEqual({ brokenAt: null })
})

test('what is refused or not there was not seen', async () => {
  const { operator } = await start()
  const other = await api.token('poliisi', ['viewer'])
  expect((await api.request(other, 'GET', '/api/v1/devices/ovi')).status).toBe(404)
  expect((await api.request(other, 'GET', '/api/v1/users')).status).toBe(403)
  expect((await looks(operator)).filter((line) => !line.startsWith('audit'))).toEqual([])
})

test('a month leaves a line when the operator looks at it, and none when a party does', async () => {
  const { own, operator } = await start()
  const month = '/api/v1/premises/talo/settlements/2026-03'
  expect((await api.request(own, 'GET', month)).status).toBe(200)
  expect((await looks(operator)).filter((line) => line.startsWith('settlement'))).toEqual([])
  expect((await api.request(operator, 'GET', month)).status).toBe(200)
  expect(await looks(operator)).toContain('settlement talo/2026-03 talo')
})
