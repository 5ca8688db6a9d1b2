// Where devices meet people: credentials, connectors, proposed points, quarantine and its replay, decoding.
import type { AddressInfo } from 'node:net'
import mqtt from 'mqtt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Decoded } from '#contract/decode.ts'
import type { DeviceRecorded } from '#contract/devices.ts'
import type { QuarantineMessagesPage, QuarantinePage } from '#contract/quarantine.ts'
import { startApi, twoHouses, type Answer, type TestApi } from './start-api.ts'

let api: TestApi
let technician: string
let port: number
const clients: mqtt.MqttClient[] = []
beforeEach(async () => {
  api = await startApi()
  const operator = await api.token(null, ['admin'])
  technician = await api.token('kunta', ['technician'])
  await api.request(operator, 'POST', '/import', {
    ...twoHouses,
    devices: [...(twoHouses.devices ?? []), { id: 'portti', premises: 'talo', type: 'gateway' }],
  })
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  port = (api.app.server.address() as AddressInfo).port
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.end(true)
  await api.close()
})
const post = (path: string, body: unknown): Promise<Answer> => api.request(technician, 'POST', path, body)
const get = (path: string): Promise<Answer> => api.request(technician, 'GET', path)
async function connect(id: string, gateway = false): Promise<mqtt.MqttClient> {
  const [made] = (await post('/credentials', { devices: [id], gateway })).json<{ password: string }[]>()
  const client = await mqtt.connectAsync(`ws://127.0.0.1:${port}/mqtt`, {
    username: id,
    password: made?.password ?? '',
    clientId: id,
    reconnectPeriod: 0,
  })
  client.on('error', () => {})
  clients.push(client)
  return client
}
async function until(what: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + 10_000
  while (!(await what())) {
    if (Date.now() > end) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('a credential is shown once, kept as a hash, and cut off when revoked', async () => {
  const made = (await post('/credentials', { devices: ['mittari'] })).json<
    { device: string; username: string; password: string }[]
  >()
  expect(made).toMatchObject([{ device: 'mittari', username: 'mittari' }])
  expect(made[0]?.password).toMatch(/^[A-Za-z0-9_-]{43}$/)
  const listed = await get('/credentials?device=mittari')
  expect(listed.json<{ items: unknown[] }>().items).toHaveLength(1)
  expect(listed.text).not.toContain(made[0]?.password)
  const client = await connect('mittari')
  const closed = new Promise<void>((resolve) => client.on('close', resolve))
  expect((await api.request(technician, 'DELETE', '/credentials/mittari')).json()).toEqual({ revoked: 2 })
  await closed
  await expect(
    mqtt.connectAsync(`ws://127.0.0.1:${port}/mqtt`, {
      username: 'mittari',
      password: made[0]?.password ?? '',
      reconnectPeriod: 0,
    }),
  ).rejects.toThrow(/[Nn]ot authorized|Bad username/)
})

test('credentials are made by who may change the device; a gateway that is no device by the operator', async () => {
  const other = await api.token('muu', ['technician'])
  expect((await api.request(other, 'POST', '/credentials', { devices: ['mittari'] })).status).toBe(404)
  const tenant = await api.token('virasto', ['technician'])
  expect((await api.request(tenant, 'POST', '/credentials', { devices: ['portti'] })).status).toBe(403)
  const noGateway = await post('/credentials', { devices: ['vieras-portti'], gateway: true })
  expect([noGateway.status, noGateway.problem().detail]).toEqual([
    404,
    expect.stringContaining('Add the gateway as a device'),
  ])
  const operator = await api.token(null, ['technician'])
  expect(
    (await api.request(operator, 'POST', '/credentials', { devices: ['vieras-portti'], gateway: true })).status,
  ).toBe(200)
  expect((await post('/credentials', { devices: ['mittari', 'mittari'] })).status).toBe(400)
  for (let i = 0; i < 5; i++) expect((await post('/credentials', { devices: ['portti'] })).status).toBe(200)
  expect((await post('/credentials', { devices: ['portti'] })).status).toBe(409)
})

test('an undeclared key becomes a proposal that a person accepts or dismisses', async () => {
  const client = await connect('mittari')
  await client.publishAsync(
    'samtila/v1/mittari/telemetry',
    JSON.stringify({ values: { frequency: 49.98, noise: 1 } }),
    { qos: 1 },
  )
  const shown = async (): Promise<DeviceRecorded> => (await get('/devices/mittari')).json<DeviceRecorded>()
  await until(async () => (await shown()).proposed.length === 2)
  expect((await get('/overview')).text).toContain('proposed-points')
  expect(
    (await post('/devices/mittari/proposed-points', { accept: [{ key: 'ei-ole' }] })).problem().problems,
  ).toMatchObject([{ pointer: '/accept/0/key' }])
  const answer = await post('/devices/mittari/proposed-points', {
    accept: [{ key: 'frequency', unit: 'Hz', kind: 'gauge' }],
    dismiss: ['noise'],
  })
  expect(answer.json()).toEqual({ version: 2 })
  const device = await shown()
  expect(device.proposed).toEqual([])
  expect(device.points?.at(-1)).toEqual({ key: 'frequency', unit: 'Hz', kind: 'gauge' })
  expect(device.latest.find(({ point }) => point === 'frequency')?.value).toBe(49.98)
})

test('what cannot be used waits in quarantine; mended by a connector it is replayed; hostile bytes are shown, not run', async () => {
  const operator = await api.token(null, ['technician'])
  const asOperator = (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> =>
    api.request(operator, method, path, body)
  const connector = {
    id: 'z2m',
    name: 'Zigbee',
    topicFilter: 'zigbee2mqtt/#',
    codec: 'zigbee2mqtt',
    credential: 'portti',
    premises: 'talo',
    deviceMap: {},
    acceptUnknown: false,
  }
  expect(
    (
      await api.request(technician, 'PUT', '/connectors/z2m', { ...connector, deviceMap: { 'a/b': 'muu-mittari' } })
    ).problem().problems,
  ).toMatchObject([{ pointer: '/deviceMap/a~1b' }])
  const made = await api.request(technician, 'PUT', '/connectors/z2m', connector)
  expect([made.status, made.json(), made.headers['etag']]).toEqual([201, { created: true, version: 1 }, '"v1"'])
  const gateway = await connect('portti', true)
  await gateway.publishAsync('zigbee2mqtt/Olohuone', JSON.stringify({ power: 12 }), { qos: 1 })
  await gateway.publishAsync('zigbee2mqtt/Paha', Buffer.from([0xff, 0xfe, 0x00]), { qos: 1 })
  const listed = async (): Promise<QuarantinePage['items']> =>
    (await asOperator('GET', '/quarantine')).json<QuarantinePage>().items
  await until(async () => (await listed()).length >= 2)
  const entry = (await listed()).find(({ topic }) => topic === 'zigbee2mqtt/Olohuone')
  expect(entry).toMatchObject({
    credential: 'portti',
    reason: 'unknown-device',
    encoding: 'text',
    payload: '{"power":12}',
    count: 1,
  })
  expect((await listed()).find(({ topic }) => topic === 'zigbee2mqtt/Paha')).toMatchObject({
    encoding: 'base64',
    payload: '//4A',
  })
  expect((await asOperator('POST', '/quarantine/replay', { ids: [entry?.id] })).json()).toMatchObject({
    replayed: 1,
    stored: 0,
    refused: [{ id: entry?.id, reason: 'unknown-device', count: 1 }],
  })
  // More of the same come, each at its own time: the row counts them, and all of them are kept.
  const received = api.clock.now
  for (const power of [13, 14]) {
    api.clock.now += 60_000
    await gateway.publishAsync('zigbee2mqtt/Olohuone', JSON.stringify({ power }), { qos: 1 })
  }
  api.clock.now += 3_600_000
  const shownMessages = (await asOperator('GET', `/quarantine/${entry?.id}/messages`)).json<QuarantineMessagesPage>()
  expect(shownMessages.items.map(({ payload, truncated }) => [payload, truncated])).toEqual([
    ['{"power":12}', false],
    ['{"power":13}', false],
    ['{"power":14}', false],
  ])
  // The landlord's gateway brought it; a tenant does not see it.
  expect((await get(`/quarantine/${entry?.id}/messages`)).json()).toEqual(shownMessages)
  const tenant = await api.token('virasto', ['technician'])
  expect((await api.request(tenant, 'GET', `/quarantine/${entry?.id}/messages`)).status).toBe(404)
  expect((await api.request(tenant, 'GET', '/quarantine')).json<QuarantinePage>().items).toEqual([])
  expect(
    (
      await api.request(
        technician,
        'PUT',
        '/connectors/z2m',
        { ...connector, deviceMap: { Olohuone: 'mittari' } },
        { 'if-match': '"v1"' },
      )
    ).json(),
  ).toEqual({ created: false, version: 2 })
  expect((await asOperator('POST', '/quarantine/replay', { ids: [entry?.id] })).json()).toEqual({
    replayed: 3,
    stored: 3,
    refused: [],
    unfinished: [],
  })
  expect((await listed()).map(({ topic }) => topic)).not.toContain('zigbee2mqtt/Olohuone')
  const powers = await api.telemetry.readings(api.telemetry.findSeries('mittari', 'power') ?? 0, 0, 7e12, 10)
  expect(powers.map(({ at, value }) => [at, value]).slice(-3)).toEqual([
    [received, 12],
    [received + 60_000, 13],
    [received + 120_000, 14],
  ])
  const stranger = await api.token('muu', ['technician'])
  const bad = (await listed())[0]
  expect((await api.request(stranger, 'GET', '/quarantine')).json<QuarantinePage>().items).toEqual([])
  expect((await api.request(stranger, 'DELETE', `/quarantine?ids=${bad?.id}`)).json()).toEqual({ deleted: 0 })
  expect((await api.request(operator, 'DELETE', `/quarantine?ids=${bad?.id}`)).json()).toEqual({ deleted: 1 })
  expect((await get('/connectors')).json<{ items: unknown[] }>().items).toHaveLength(1)
  expect((await api.request(technician, 'DELETE', '/connectors/z2m')).status).toBe(204)
  expect((await api.request(technician, 'DELETE', '/connectors/z2m')).status).toBe(404)
})

test('what a gateway sent of no device is its landlord’s, until it serves another landlord too', async () => {
  const operator = await api.token(null, ['admin'])
  const connector = (id: string, premises: string, credential = 'portti') => ({
    id,
    name: id,
    topicFilter: `${id}/#`,
    codec: 'zigbee2mqtt',
    credential,
    premises,
    deviceMap: {},
    acceptUnknown: false,
  })
  const put = (one: ReturnType<typeof connector>) => api.request(operator, 'PUT', `/connectors/${one.id}`, one)
  expect((await api.request(operator, 'POST', '/credentials', { devices: ['silta'], gateway: true })).status).toBe(200)
  expect((await put(connector('oma', 'talo'))).status).toBe(201)
  expect((await put(connector('vieras', 'talo', 'silta'))).status).toBe(201)
  const sent = (credential: string, topic: string, device: string | null = null) => ({
    credential,
    device,
    topic,
    reason: 'unknown-device',
    detail: 'x',
    payload: Buffer.from('{}'),
    truncated: false,
    at: api.clock.now,
  })
  await api.records.addQuarantine(
    ['a', 'b', 'c'].flatMap((topic) => [
      sent('portti', topic),
      sent('silta', topic),
      sent('mittari', topic, 'mittari'),
    ]),
  )
  const topics = async (limit: number): Promise<string[]> => {
    const found: string[] = []
    for (let after = ''; ;) {
      const page = (await get(`/quarantine?limit=${limit}${after}`)).json<QuarantinePage>()
      found.push(...page.items.map(({ credential, topic }) => `${credential} ${topic}`))
      if (page.next === null) return found
      after = `&after=${page.next}`
    }
  }
  const all = ['mittari c', 'portti c', 'mittari b', 'portti b', 'mittari a', 'portti a']
  for (const limit of [1, 2, 3, 50]) expect([limit, await topics(limit)]).toEqual([limit, all])
  const tenant = await api.token('virasto', ['technician'])
  const ofTenant = (await api.request(tenant, 'GET', '/quarantine')).json<QuarantinePage>().items
  expect(ofTenant.map(({ credential }) => credential)).toEqual(['mittari', 'mittari', 'mittari'])
  const everything = (await api.request(operator, 'GET', '/quarantine')).json<QuarantinePage>().items
  const of = (credential: string) => everything.filter((one) => one.credential === credential).map(({ id }) => id)
  expect((await api.request(tenant, 'DELETE', `/quarantine?ids=${of('portti').join(',')}`)).json()).toEqual({
    deleted: 0,
  })
  const some = [of('portti')[0], of('silta')[0]]
  expect((await api.request(technician, 'DELETE', `/quarantine?ids=${some.join(',')}`)).json()).toEqual({ deleted: 1 })
  expect((await put(connector('muualla', 'muu-talo'))).status).toBe(201)
  expect(await topics(50)).toEqual(['mittari c', 'mittari b', 'mittari a'])
})

test('a connector that cannot work is refused, with each problem at its place', async () => {
  const connector = {
    id: 'yhdys',
    name: 'Yhdyskäytävä',
    topicFilter: 'tele/+/SENSOR',
    codec: 'tasmota',
    credential: 'portti',
    premises: 'talo',
    deviceMap: {},
    acceptUnknown: false,
  }
  const operator = await api.token(null, ['technician'])
  const put = (change: object, ifMatch?: string): Promise<Answer> =>
    api.request(
      operator,
      'PUT',
      '/connectors/yhdys',
      { ...connector, ...change },
      ifMatch === undefined ? {} : { 'if-match': ifMatch },
    )
  const filters = [
    'samtila/#',
    'samtila',
    'samtila/v1/mittari/telemetry',
    '$SYS/#',
    '$share/g/x',
    'a/#/b',
    'a/b#',
    'a+/b',
  ]
  for (const topicFilter of [
    ...filters,
    '#',
    '+/x',
    'v1/#',
    'v1/+/me',
    'v1/devices/me/telemetry',
    'a/'.repeat(20),
    'a\u0000b',
  ]) {
    const { status, problems } = (await put({ topicFilter })).problem()
    expect([topicFilter, status, problems?.map(({ pointer }) => pointer)]).toEqual([topicFilter, 400, ['/topicFilter']])
  }
  const several = (await put({ codec: 'nosuch', credential: 'ei-ole', deviceMap: { x: 'ei-ole' } })).problem()
  expect(several.problems?.map(({ pointer, code }) => [pointer, code])).toEqual([
    ['/codec', 'unknown-codec'],
    ['/credential', 'unknown-id'],
    ['/deviceMap/x', 'unknown-id'],
  ])
  expect((await put({ premises: 'ei-ole' })).problem()).toMatchObject({
    status: 404,
    problems: [{ pointer: '/premises' }],
  })
  expect((await api.request(operator, 'GET', '/connectors')).json()).toEqual({ items: [] })
  expect((await put({}, '"v1"')).status).toBe(412)
  expect((await put({})).status).toBe(201)
  expect((await put({ name: 'Toinen' })).status).toBe(428)
  expect((await put({ name: 'Toinen' }, '"v2"')).status).toBe(412)
  expect((await put({ name: 'Toinen' }, '"v1"')).json()).toEqual({ created: false, version: 2 })
  const shown = await api.request(operator, 'GET', '/connectors/yhdys')
  expect([shown.headers['etag'], shown.json()]).toEqual(['"v2"', { ...connector, name: 'Toinen', version: 2 }])
  expect((await api.request(operator, 'GET', '/connectors/ei-ole')).status).toBe(404)
  for (const topicFilter of ['samtilat/#', 'v1/gateway/telemetry', 'v1', 'a/+/b/#'])
    expect([
      topicFilter,
      (await put({ topicFilter }, (await api.request(operator, 'GET', '/connectors/yhdys')).headers['etag'] as string))
        .status,
    ]).toEqual([topicFilter, 200])
})

test('decoding stores nothing, in every encoding', async () => {
  const text = '{"ts":1790000000000,"values":{"energy":1234.5}}'
  for (const [encoding, payload] of [
    ['text', text],
    ['json', text],
    ['hex', Buffer.from(text).toString('hex')],
    ['base64', Buffer.from(text).toString('base64')],
  ]) {
    const decoded = (
      await post('/decode', { topic: 'samtila/v1/mittari/telemetry', payload, encoding })
    ).json<Decoded>()
    expect(decoded).toMatchObject({
      codec: 'native',
      readings: [{ point: 'energy', value: 1234.5, at: '2026-09-21T14:13:20.000Z' }],
      problems: [],
    })
  }
  expect((await post('/decode', { topic: 'x', payload: 'zz', encoding: 'hex' })).problem().problems).toMatchObject([
    { pointer: '/payload' },
  ])
  expect((await post('/decode', { topic: 'x', payload: '\u0000', codec: 'ei-ole' })).json<Decoded>()).toMatchObject({
    codec: null,
    readings: [],
    problems: [{ code: 'unknown-codec' }],
  })
  expect((await get('/latest?points=mittari/energy')).text).not.toContain('1234.5')
})
