// The inbox: what gateways send of devices that nobody knows appears, is accepted, ignored, and nothing of it is lost.
import type { AddressInfo } from 'node:net'
import mqtt from 'mqtt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AcceptedAnswer, PointsDecided, ProposedPointList, UnknownPage, UnknownShown } from '#contract/inbox.ts'
import type { Connector } from '#domain/ports/records.ts'
import { startApi, twoHouses, type Answer, type TestApi } from './start-api.ts'

let api: TestApi
let technician: string
let port: number
const clients: mqtt.MqttClient[] = []
beforeEach(async () => {
  api = await startApi()
  technician = await api.token('kunta', ['technician'])
  await api.fill({
    ...twoHouses,
    premises: [
      {
        id: 'talo',
        name: { fi: 'Talo' },
        timeZone: 'Europe/Helsinki',
        landlord: 'kunta',
        spaces: [
          { id: 't-1', name: { fi: 'Aula' }, use: 'exclusive', type: 'office', areaM2: '60' },
          { id: 't-2', name: { fi: 'Kokoushuone 2', en: 'Meeting room 2' }, use: 'common', areaM2: '20' },
        ],
        tenancies: [{ space: 't-1', organisation: 'virasto', from: '2026-01-01', to: null }],
      },
      ...(twoHouses.premises?.slice(1) ?? []),
    ],
    devices: [...(twoHouses.devices ?? []), { id: 'portti', premises: 'talo', type: 'gateway' }],
  })
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  port = (api.app.server.address() as AddressInfo).port
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.end(true)
  await api.close()
})
const post = (path: string, body: unknown, token = technician): Promise<Answer> =>
  api.request(token, 'POST', path, body)
const get = (path: string, token = technician): Promise<Answer> => api.request(token, 'GET', path)
const inbox = async (query = ''): Promise<UnknownShown[]> => {
  await api.broker.settled()
  return (await get(`/inbox?limit=200${query}`)).json<UnknownPage>().items
}
async function connect(id: string): Promise<mqtt.MqttClient> {
  const [made] = (await post('/credentials', { devices: [id], gateway: true })).json<{ password: string }[]>()
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
const connector = (changes: Partial<Connector> = {}): Connector => ({
  id: 'z2m',
  name: 'Zigbee',
  topicFilter: 'zigbee2mqtt/#',
  codec: 'zigbee2mqtt',
  credential: 'portti',
  premises: 'talo',
  deviceMap: {},
  acceptUnknown: false,
  ...changes,
})
async function putConnector(changes: Partial<Connector> = {}, token = technician): Promise<void> {
  const body = connector(changes)
  const answer = await api.request(token, 'PUT', `/connectors/${body.id}`, body)
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
}
async function until(what: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000
  while (!(await what())) {
    if (Date.now() > end) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const latest = async (device: string): Promise<Record<string, unknown>> => {
  const answer = (await get(`/devices/${device}`)).json<{ latest: { point: string; value: unknown }[] }>()
  return Object.fromEntries(answer.latest.map(({ point, value }) => [point, value]))
}

test('an unknown device appears with what it sends and what it probably is; accepted, its earlier readings are there', async () => {
  await putConnector()
  const gateway = await connect('portti')
  const topic = 'zigbee2mqtt/Kokoushuone 2 anturi'
  const sentAt = api.clock.now
  for (const temperature of [20.5, 21, 21.5]) {
    api.clock.now += 60_000
    await gateway.publishAsync(topic, JSON.stringify({ temperature, humidity: 40 }), { qos: 1 })
  }
  const [unknown, ...others] = await inbox()
  expect(others).toEqual([])
  expect(unknown).toMatchObject({
    premises: 'talo',
    connector: 'z2m',
    gateway: 'portti',
    key: 'Kokoushuone 2 anturi',
    state: 'waiting',
    messages: 3,
    topics: [topic],
    suggestion: { id: 'kokoushuone-2-anturi', type: 'room-sensor', space: 't-2' },
  })
  expect(unknown?.points.find(({ key }) => key === 'temperature')).toMatchObject({
    unit: '°C',
    sample: '21.5',
    kind: 'gauge',
    count: 3,
  })
  const accepted = await post('/inbox/accept', { items: [{ id: unknown?.id }] })
  expect(accepted.json<AcceptedAnswer>()).toEqual({
    accepted: [{ id: unknown?.id, device: 'kokoushuone-2-anturi' }],
    replayed: { messages: 3, stored: 6, refused: 0 },
  })
  const series = api.telemetry.findSeries('kokoushuone-2-anturi', 'temperature') ?? -1
  const readings = await api.telemetry.readings(series, 0, 7e12, 100)
  expect(readings.map(({ at, value }) => [at - sentAt, value])).toEqual([
    [60_000, 20.5],
    [120_000, 21],
    [180_000, 21.5],
  ])
  expect((await api.records.listQuarantine({ organisation: null }, { limit: 10 })).items).toEqual([])
  // From here on it is a device like every other.
  await gateway.publishAsync(topic, JSON.stringify({ temperature: 22, humidity: 41 }), { qos: 1 })
  expect(await latest('kokoushuone-2-anturi')).toEqual({ temperature: 22, humidity: 41 })
  expect(await inbox()).toEqual([])
  expect((await inbox('&state=accepted'))[0]).toMatchObject({ device: 'kokoushuone-2-anturi' })
  expect((await post('/inbox/accept', { items: [{ id: unknown?.id }] })).status).toBe(409)
})

test('what a person says counts more than the suggestion; a wrong space refuses all of them with its place', async () => {
  await putConnector()
  const gateway = await connect('portti')
  for (const name of ['yksi', 'kaksi']) await gateway.publishAsync(`zigbee2mqtt/${name}`, '{"energy":1.5}', { qos: 1 })
  const found = await inbox()
  const idOf = (key: string): string => found.find((one) => one.key === key)?.id ?? ''
  const wanted = (space: string): unknown => ({
    items: [
      { id: idOf('yksi') },
      {
        id: idOf('kaksi'),
        device: {
          id: 'kaksi-m',
          name: { sv: 'Två' },
          type: null,
          space,
          points: [{ key: 'energy', unit: 'MWh', kind: 'gauge' }],
        },
      },
    ],
  })
  const refused = await post('/inbox/accept', wanted('ei-ole'))
  expect([refused.status, refused.problem().problems]).toMatchObject([422, [{ pointer: '/items/1/device/space' }]])
  expect((await inbox()).length).toBe(2)
  expect((await post('/inbox/accept', wanted('t-1'))).status).toBe(200)
  const device = (await api.records.getObject({ organisation: null }, 'devices', 'kaksi-m'))?.value
  expect(device).toEqual({
    id: 'kaksi-m',
    name: { sv: 'Två' },
    premises: 'talo',
    space: 't-1',
    points: [{ key: 'energy', unit: 'MWh', kind: 'gauge' }],
  })
  expect((await get('/connectors/z2m')).json<Connector>().deviceMap).toEqual({ yksi: 'yksi', kaksi: 'kaksi-m' })
})

test('a key may stand for a device that is there already', async () => {
  await putConnector()
  const gateway = await connect('portti')
  await gateway.publishAsync('zigbee2mqtt/uusi', '{"energy":7}', { qos: 1 })
  const [unknown] = await inbox()
  const refused = await post('/inbox/accept', { items: [{ id: unknown?.id, existing: 'muu-mittari' }] })
  expect(refused.problem().problems).toMatchObject([{ pointer: '/items/0/existing' }])
  expect((await post('/inbox/accept', { items: [{ id: unknown?.id, existing: 'mittari' }] })).status).toBe(200)
  expect(await latest('mittari')).toMatchObject({ energy: 7 })
})

test('what is ignored is no longer kept, and can be taken back', async () => {
  await putConnector()
  const gateway = await connect('portti')
  await gateway.publishAsync('zigbee2mqtt/naapuri', '{"energy":1}', { qos: 1 })
  const [unknown] = await inbox()
  expect((await post('/inbox/ignore', { ids: [unknown?.id] })).json()).toEqual({ changed: 1 })
  expect(await inbox()).toEqual([])
  const kept = async (): Promise<number> =>
    (await api.records.listQuarantine({ organisation: null }, { limit: 10 })).items.reduce(
      (sum, { count }) => sum + count,
      0,
    )
  const before = await kept()
  for (const value of [2, 3]) await gateway.publishAsync('zigbee2mqtt/naapuri', `{"energy":${value}}`, { qos: 1 })
  expect(await kept()).toBe(before)
  expect(api.broker.state().counters.readingsIgnored).toBe(2)
  expect((await post('/inbox/restore', { ids: [unknown?.id] })).json()).toEqual({ changed: 1 })
  await gateway.publishAsync('zigbee2mqtt/naapuri', '{"energy":4}', { qos: 1 })
  expect(await kept()).toBe(before + 1)
  expect((await inbox()).map(({ key, messages }) => [key, messages])).toEqual([['naapuri', 2]])
})

test('another organisation sees nothing and can do nothing; a tenant sees and may not accept', async () => {
  await putConnector()
  const gateway = await connect('portti')
  await gateway.publishAsync('zigbee2mqtt/uusi', '{"energy":7}', { qos: 1 })
  const [unknown] = await inbox()
  const other = await api.token('muu', ['technician', 'admin'])
  expect((await get('/inbox', other)).json<UnknownPage>().items).toEqual([])
  for (const [path, body] of [
    ['/inbox/accept', { items: [{ id: unknown?.id }] }],
    ['/inbox/ignore', { ids: [unknown?.id] }],
    ['/inbox/restore', { ids: [unknown?.id] }],
    ['/connectors/z2m/replay', undefined],
  ] as const)
    expect([path, (await api.request(other, 'POST', path, body)).status]).toEqual([path, 404])
  expect((await get('/connectors/z2m/watch', other)).status).toBe(404)
  expect((await get('/watch?gateway=portti&topicFilter=zigbee2mqtt/%23', other)).status).toBe(404)
  const tenant = await api.token('virasto', ['technician'])
  expect((await get('/inbox', tenant)).json<UnknownPage>().items).toHaveLength(1)
  expect((await post('/inbox/accept', { items: [{ id: unknown?.id }] }, tenant)).status).toBe(403)
  const viewer = await api.token('kunta', ['viewer'])
  expect((await get('/inbox', viewer)).status).toBe(403)
})

test('Home Assistant discovery fills names, units, classes and the make, before and after the first reading', async () => {
  await putConnector()
  await putConnector({ id: 'ha', topicFilter: 'homeassistant/#', codec: 'ha-discovery' })
  const gateway = await connect('portti')
  const config = (object: string, fields: object): Promise<unknown> =>
    gateway.publishAsync(
      `homeassistant/sensor/0x01/${object}/config`,
      JSON.stringify({
        state_topic: 'zigbee2mqtt/0x01',
        unique_id: `0x01_${object}_zigbee2mqtt`,
        device: {
          identifiers: ['zigbee2mqtt_0x01'],
          name: 'Kokoushuone 2 ilmanlaatu',
          manufacturer: 'Aqara',
          model: 'WSDCGQ11LM',
        },
        ...fields,
      }),
      { qos: 1 },
    )
  await config('temperature', {
    name: 'Lämpötila',
    device_class: 'temperature',
    unit_of_measurement: '°C',
    value_template: '{{ value_json.temperature }}',
  })
  expect((await inbox())[0]).toMatchObject({ key: '0x01', messages: 0, name: 'Kokoushuone 2 ilmanlaatu' })
  await gateway.publishAsync('zigbee2mqtt/0x01', '{"temperature":21,"pm25":4}', { qos: 1 })
  await config('pm25', {
    name: 'Hiukkaset',
    device_class: 'pm25',
    unit_of_measurement: 'µg/m³',
    value_template: '{{ value_json.pm25 }}',
  })
  const [unknown] = await inbox()
  expect(unknown).toMatchObject({
    connector: 'z2m',
    manufacturer: 'Aqara',
    model: 'WSDCGQ11LM',
    messages: 1,
    suggestion: { id: 'kokoushuone-2-ilmanlaatu', space: 't-2', type: 'room-sensor' },
  })
  expect(unknown?.points.find(({ key }) => key === 'pm25')).toMatchObject({
    unit: 'µg/m3',
    deviceClass: 'pm25',
    count: 1,
  })
  await post('/inbox/accept', { items: [{ id: unknown?.id }] })
  const device = (await api.records.getObject({ organisation: null }, 'devices', 'kokoushuone-2-ilmanlaatu'))?.value
  expect(device).toMatchObject({ manufacturer: 'Aqara', model: 'WSDCGQ11LM', space: 't-2' })
  expect(await latest('kokoushuone-2-ilmanlaatu')).toEqual({ temperature: 21, pm25: 4 })
})

test('a connector may accept by itself', async () => {
  await putConnector({ acceptUnknown: true })
  const gateway = await connect('portti')
  await gateway.publishAsync('zigbee2mqtt/itse', '{"energy":7}', { qos: 1 })
  await api.broker.settled()
  await until(async () => (await get('/devices/itse')).status === 200)
  await until(async () => (await latest('itse'))['energy'] === 7)
})

test('proposed points are accepted and dismissed over many devices at once', async () => {
  const meter = await connect('mittari')
  await meter.publishAsync('samtila/v1/mittari/telemetry', '{"values":{"frequency":50,"noise":1,"phase":"L1"}}', {
    qos: 1,
  })
  const list = async (): Promise<ProposedPointList> => (await get('/inbox/proposed-points')).json<ProposedPointList>()
  await until(async () => (await list()).items[0]?.points.length === 3)
  expect((await list()).items).toMatchObject([{ device: 'mittari', premises: 'talo' }])
  const other = await api.token('muu', ['technician'])
  expect((await get('/inbox/proposed-points', other)).json<ProposedPointList>().items).toEqual([])
  const decided = { devices: [{ device: 'mittari', acceptAll: true, dismiss: ['noise'] }] }
  expect((await post('/inbox/proposed-points', decided, other)).status).toBe(404)
  expect((await post('/inbox/proposed-points', decided)).json<PointsDecided>()).toEqual({ accepted: 2, dismissed: 1 })
  expect((await list()).items).toEqual([])
  const points = (await api.records.getObject({ organisation: null }, 'devices', 'mittari'))?.value.points?.slice(2)
  expect(points).toEqual([
    { key: 'frequency', kind: 'gauge' },
    { key: 'phase', kind: 'state' },
  ])
})

test('hostile names are shown as they are, and break nothing', async () => {
  await putConnector()
  const gateway = await connect('portti')
  const names = [
    '__proto__',
    'constructor',
    '<img src=x onerror=alert(1)>',
    "'; DROP TABLE papers; --",
    'x'.repeat(201),
    '🙂'.repeat(50),
  ]
  for (const name of names) await gateway.publishAsync(`zigbee2mqtt/${name}`, '{"energy":1}', { qos: 1 })
  const found = await inbox()
  expect(found.map(({ key }) => key).sort()).toEqual([names[2], names[3], names[5]].sort())
  const answer = await post('/inbox/accept', { items: found.map(({ id }) => ({ id })) })
  expect(
    answer
      .json<AcceptedAnswer>()
      .accepted.map(({ device }) => device)
      .sort(),
  ).toEqual(['drop-table-papers', 'img-src-x-onerror-alert-1', 'laite'])
  expect(answer.json<AcceptedAnswer>().replayed).toMatchObject({ messages: 3, stored: 3 })
})

test('what waits is told on the first page; without its connector it waits no longer', async () => {
  await putConnector()
  const gateway = await connect('portti')
  await gateway.publishAsync('zigbee2mqtt/uusi', '{"energy":7}', { qos: 1 })
  await inbox()
  const needs = async (): Promise<unknown> =>
    (await get('/overview')).json<{ needs: { kind: string }[] }>().needs.find(({ kind }) => kind === 'unknown-devices')
  expect(await needs()).toEqual({ kind: 'unknown-devices', premises: 'talo', count: 1 })
  expect((await api.request(technician, 'DELETE', '/connectors/z2m')).status).toBe(204)
  expect(await inbox()).toEqual([])
  expect(await needs()).toBeUndefined()
})
