// A classified field is seen by owners, holder and maintainer only: in lists, one, history, search, export, series, latest and live; and kept by others' changes.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Device } from '#domain/registry/bundle.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let police: string
let landlord: string
const camera: Device = {
  id: 'laite-1',
  name: { fi: 'Sisäänkäynnin kamera' },
  premises: 'talo',
  space: 't-1',
  type: 'camera',
  serial: 'SN-SALAINEN',
  ownership: [{ from: '2026-01-01', to: null, shares: { virasto: '1' } }],
  points: [{ key: 'motion', kind: 'gauge', unit: '1' }],
  visibility: { name: 'owner', place: 'owner', type: 'owner', serial: 'owner', readings: 'owner' },
}
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-04-10T09:00:00Z') })
  await api.fill(twoHouses)
  const { visibility: _none, ...before } = camera
  await api.fill({ devices: [before] })
  await api.fill({
    devices: [camera],
    readings: [{ device: 'laite-1', point: 'motion', values: [['2026-04-10T08:00:00Z', 7]] }],
  })
  police = await api.token('virasto', ['manager'])
  landlord = await api.token('kunta', ['manager'])
})
afterEach(async () => api.close())

const SECRETS = /kamera|t-1|camera|SN-SALAINEN|motion/
const text = async (token: string, path: string) => (await api.request(token, 'GET', path)).text

test('the landlord sees that it is there and whose, and none of what is classified, in no answer', async () => {
  for (const path of ['/devices/laite-1', '/devices/laite-1?knownAt=2026-04-10T09:00:00Z']) {
    const shown = (await text(landlord, path)).replace(/"visibility":\{[^}]*\}/, '')
    expect(shown).not.toMatch(SECRETS)
    expect(shown).toContain('virasto')
  }
  const list = (await api.request(landlord, 'GET', '/devices?premises=talo')).json<{ items: { id: string }[] }>().items
  expect(JSON.stringify(list.find(({ id }) => id === 'laite-1'))).not.toMatch(SECRETS)
  expect((await text(landlord, '/latest?premises=talo')).includes('laite-1')).toBe(false)
  const exported = await text(landlord, '/export?premises=talo&readings=true')
  expect(exported).not.toMatch(/kamera|SN-SALAINEN|motion/)
  for (const path of [
    '/latest?points=laite-1/motion',
    '/series?points=laite-1/motion&from=2026-04-10T00:00:00Z&to=2026-04-11T00:00:00Z',
    '/readings?point=laite-1/motion&from=2026-04-10T00:00:00Z&to=2026-04-11T00:00:00Z',
  ])
    expect((await api.request(landlord, 'GET', path)).status, path).toBe(404)
})

test('is not found by what is hidden', async () => {
  const found = async (token: string, query: string) =>
    (await api.request(token, 'GET', `/devices?${query}`)).json<{ items: { id: string }[] }>().items.map(({ id }) => id)
  for (const query of ['q=kamera', 'space=t-1', 'type=camera']) {
    expect(await found(landlord, query), query).not.toContain('laite-1')
    expect(await found(police, query), query).toContain('laite-1')
  }
  expect(await found(landlord, 'q=laite-1')).toEqual(['laite-1'])
})

test('its owner and the operator see everything', async () => {
  for (const token of [police, await api.token(null, ['viewer'])]) {
    const shown = (await api.request(token, 'GET', '/devices/laite-1')).json<Device & { hidden: string[] }>()
    expect(shown).toMatchObject({ name: camera.name, space: 't-1', serial: 'SN-SALAINEN', hidden: [] })
  }
  expect((await api.request(police, 'GET', '/latest?points=laite-1/motion')).status).toBe(200)
})

test('a change by one who does not see it keeps it, and cannot lift the classification', async () => {
  const shown = (await api.request(landlord, 'GET', '/devices/laite-1')).json<Device>()
  const body = { id: 'laite-1', premises: 'talo', ownership: shown.ownership, visibility: shown.visibility }
  const put = async (given: object, version: number) =>
    api.request(landlord, 'PUT', '/devices/laite-1', given, { 'if-match': `"v${version}"` })
  const kept = await put(
    { ...body, expectedInterval: undefined, lifecycle: [{ state: 'in-use', from: '2026-01-01' }] },
    2,
  )
  expect([kept.status, kept.text]).toEqual([200, expect.stringContaining('"version":3')])
  const stored = await api.records.getObject({ organisation: null }, 'devices', 'laite-1')
  expect(stored?.value).toEqual({ ...camera, lifecycle: [{ state: 'in-use', from: '2026-01-01' }] })
  expect((await put({ ...body, serial: 'ARVAUS' }, 3)).status).toBe(403)
  expect((await put({ ...body, visibility: {} }, 3)).status).toBe(403)
})
