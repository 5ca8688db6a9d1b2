// Points that known devices send undeclared: taken by themselves where the type says so, named by discovery configurations and types.
import type { AddressInfo } from 'node:net'
import mqtt from 'mqtt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeviceRecorded } from '#contract/devices.ts'
import type { ProposedPointList } from '#contract/inbox.ts'
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
    devices: [
      ...(twoHouses.devices ?? []),
      { id: 'portti', premises: 'talo', type: 'gateway' },
      // Lighting controllers take what their model has; a lift does not.
      { id: 'valo', premises: 'talo', type: 'lighting-controller', points: [{ key: 'state', kind: 'state' }] },
      { id: 'hissi', premises: 'talo', type: 'lift' },
    ],
  })
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  port = (api.app.server.address() as AddressInfo).port
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.end(true)
  await api.close()
})
const post = (path: string, body: unknown): Promise<Answer> => api.request(technician, 'POST', path, body)
const device = async (id: string): Promise<DeviceRecorded> =>
  (await api.request(technician, 'GET', `/devices/${id}`)).json<DeviceRecorded>()
const proposed = async (): Promise<ProposedPointList['items']> =>
  (await api.request(technician, 'GET', '/inbox/proposed-points')).json<ProposedPointList>().items
async function gateway(): Promise<mqtt.MqttClient> {
  const map = { lamppu: 'valo', kuilu: 'hissi' }
  const connectors: Connector[] = [
    { id: 'c-z', name: 'z', topicFilter: 'zigbee2mqtt/#', codec: 'zigbee2mqtt', deviceMap: map },
    { id: 'c-ha', name: 'ha', topicFilter: 'homeassistant/#', codec: 'ha-discovery', deviceMap: {} },
  ].map((one) => ({ ...one, credential: 'portti', premises: 'talo', acceptUnknown: false }))
  for (const one of connectors)
    expect((await api.request(technician, 'PUT', `/connectors/${one.id}`, one)).status).toBe(201)
  const [made] = (await post('/credentials', { devices: ['portti'], gateway: true })).json<{ password: string }[]>()
  const client = await mqtt.connectAsync(`ws://127.0.0.1:${port}/mqtt`, {
    username: 'portti',
    password: made?.password ?? '',
    clientId: 'portti',
    reconnectPeriod: 0,
  })
  client.on('error', () => {})
  clients.push(client)
  return client
}
const discovery = (point: string, more: object): string =>
  JSON.stringify({
    state_topic: 'zigbee2mqtt/kuilu',
    value_template: `{{ value_json.${point} }}`,
    unique_id: `kuilu_${point}`,
    device: { identifiers: ['kuilu'] },
    ...more,
  })

test('a type that takes its points gets them without asking, with the names that it has for them; another waits for a person', async () => {
  const client = await gateway()
  await client.publishAsync('zigbee2mqtt/lamppu', '{"energy":1.5,"brightness":80,"state":"ON"}', { qos: 1 })
  await client.publishAsync('zigbee2mqtt/kuilu', '{"energy":7.5}', { qos: 1 })
  await expect.poll(async () => (await device('valo')).points?.length, { timeout: 10_000 }).toBe(3)
  const { points, proposed: left } = await device('valo')
  expect(points?.find(({ key }) => key === 'energy')).toEqual({
    key: 'energy',
    kind: 'counter',
    unit: 'kWh',
    name: { fi: 'Energia', sv: 'Energi', en: 'Energy' },
  })
  expect(left).toEqual([])
  expect((await proposed()).map((one) => [one.device, one.points.map(({ key }) => key)])).toEqual([
    ['hissi', ['energy']],
  ])
  const history = await api.request(technician, 'GET', '/devices/valo/history')
  expect(history.text).toContain('system:device-types')
  // What it sends later, undeclared, is taken as well.
  await client.publishAsync('zigbee2mqtt/lamppu', '{"power":12}', { qos: 1 })
  await expect.poll(async () => (await device('valo')).points?.length, { timeout: 10_000 }).toBe(4)
})

test('Home Assistant names points of a known device: name, unit and class are there when the point is proposed, and stay when it is accepted', async () => {
  const client = await gateway()
  const config = discovery('trips', { name: 'Ajokerrat', unit_of_measurement: 'kertaa', device_class: 'count' })
  await client.publishAsync('homeassistant/sensor/kuilu/trips/config', config, { qos: 1 })
  await client.publishAsync(
    'homeassistant/sensor/kuilu/t/config',
    discovery('motor', { name: 'Moottori', unit_of_measurement: '°C' }),
    { qos: 1 },
  )
  await client.publishAsync('zigbee2mqtt/kuilu', '{"trips":412,"motor":36.5}', { qos: 1 })
  await expect
    .poll(async () => (await proposed())[0]?.points, { timeout: 10_000 })
    .toMatchObject([
      { key: 'motor', name: { fi: 'Moottori' }, unit: '°C', sample: '36.5' },
      // The type of lifts knows trips by a name in three languages; that goes before the gateway's.
      { key: 'trips', unit: expect.any(String), deviceClass: 'count' },
    ])
  const accepted = await post('/inbox/proposed-points', { devices: [{ device: 'hissi', acceptAll: true }] })
  expect(accepted.json()).toEqual({ accepted: 2, dismissed: 0 })
  expect((await device('hissi')).points).toContainEqual({
    key: 'motor',
    kind: 'gauge',
    unit: '°C',
    name: { fi: 'Moottori' },
  })
  expect(await proposed()).toEqual([])
})
