// A classified field is seen by owners, holder and maintainer only: in lists, one, history, search, export, series, latest and live; and kept by others' changes.
import mqtt from 'mqtt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { protectedIn, redacted } from '#domain/documents/redact.ts'
import { notPublic, provable, without } from '#domain/lifecycle/classification.ts'
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

test('no live event tells its readings to who may not see them', async () => {
  const address = await api.app.listen({ port: 0, host: '127.0.0.1' })
  const stops: (() => void)[] = []
  const listen = async (token: string, query: string) => {
    const stop = new AbortController()
    stops.push(() => stop.abort())
    const answer = await fetch(`${address}/api/v1/live?${query}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: stop.signal,
    })
    expect(answer.status).toBe(200)
    let heard = ''
    void (async () => {
      for await (const chunk of answer.body!) heard += Buffer.from(chunk).toString()
    })().catch(() => {})
    return () => heard
  }
  const owner = await listen(police, 'premises=talo')
  const others = [await listen(landlord, 'premises=talo'), await listen(landlord, 'device=laite-1')]
  const operator = await api.token(null, ['technician'])
  const [credential] = (await api.request(operator, 'POST', '/credentials', { devices: ['laite-1'] })).json<
    { username: string; password: string }[]
  >()
  const client = await mqtt.connectAsync(`${address.replace('http', 'ws')}/mqtt`, {
    username: credential!.username,
    password: credential!.password,
    clientId: 'laite-1',
    reconnectPeriod: 0,
  })
  const reading = JSON.stringify({ ts: api.clock.now, values: { motion: 9 } })
  await client.publishAsync('samtila/v1/laite-1/telemetry', reading, { qos: 1 })
  await expect.poll(owner, { timeout: 5000 }).toMatch(/motion/)
  for (const heard of others) expect(heard()).not.toMatch(/motion/)
  await client.endAsync(true)
  for (const stop of stops) stop()
})

test('neither a proof nor the public record of a month tells it', async () => {
  const firmware: Device = {
    ...camera,
    firmware: { version: '1.2.3-secret' },
    funding: [{ by: 'Valtio', amount: '10' }],
  }
  // What the other parties may hold: points stay, because quantities must be recomputable; all else that is classified goes.
  const proof = JSON.stringify({ ...provable(firmware, firmware), visibility: undefined })
  expect(proof).not.toMatch(/kamera|t-1|camera|SN-SALAINEN|1\.2\.3-secret|Valtio/)
  expect(proof).toContain('motion')
  const record = { premises: twoHouses.premises!, devices: [firmware] }
  const shown = JSON.stringify(redacted(record, protectedIn(record, record)).devices)
  expect(shown).not.toMatch(/kamera|t-1|"camera"|SN-SALAINEN|1\.2\.3-secret|Valtio/)
  // Firmware helps an attacker: without a word said, the public does not see it.
  const plain: Device = { id: 'x', premises: 'talo', firmware: { version: '9' } }
  expect(notPublic(plain)).toContain('security')
  expect(without(plain, notPublic(plain))).not.toHaveProperty('firmware')
})

test('a PUT of what was shown neither wipes nor reveals, by the whole object or by its parts', async () => {
  await api.fill({
    devices: [{ ...camera, firmware: { version: '1.0' }, visibility: { ...camera.visibility, security: 'owner' } }],
  })
  const version = async () => (await api.records.getObject({ organisation: null }, 'devices', 'laite-1'))!.version
  const put = async (path: string, body: object) =>
    api.request(landlord, 'PUT', path, body, { 'if-match': `"v${await version()}"` })
  const { space: _space, ...visible } = camera
  expect((await put('/devices/laite-1/firmware', { version: '6.6' })).status).toBe(403)
  expect((await put('/devices/laite-1/firmware', {})).status).toBe(200)
  expect((await put('/devices/laite-1/data-holder', { holder: { name: 'Acme' } })).status).toBe(200)
  expect((await put('/devices/laite-1/money', { expectedLifeMonths: 12 })).status).toBe(200)
  const stored = (await api.records.getObject({ organisation: null }, 'devices', 'laite-1'))!.value
  expect(stored).toMatchObject({ ...visible, space: 't-1', firmware: { version: '1.0' }, expectedLifeMonths: 12 })
  // Its points cannot be guessed at through the routes of meters.
  expect((await put('/devices/laite-1/points/motion/main-meter', { main: null })).status).toBe(404)
  expect(
    (await put('/devices/laite-1/points/guess/formula', { unit: 'kWh', formula: [] })).status,
  ).toBeGreaterThanOrEqual(400)
  const tree = await text(landlord, '/premises/talo/meter-tree?from=2026-04-01&to=2026-04-02')
  expect(tree).not.toMatch(SECRETS)
  for (const path of [
    '/premises/talo/equipment',
    '/devices/laite-1/security',
    '/devices/laite-1/data-act',
    '/transfers',
  ])
    expect((await text(landlord, path)).replaceAll('laite-1', ''), path).not.toMatch(/kamera|SN-SALAINEN|motion/)
})
