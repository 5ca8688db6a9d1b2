// Bridges and watching through the API: who may, what is refused, that secrets never come back, and what a watcher sees.
import type { AddressInfo } from 'node:net'
import mqtt from 'mqtt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BridgeShown } from '#contract/bridges.ts'
import type { WatchedMessage } from '#contract/watch.ts'
import { BRIDGE } from '#domain/bridges/bridge.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let operator: string
let technician: string
let port: number
const clients: mqtt.MqttClient[] = []
beforeEach(async () => {
  api = await startApi()
  operator = await api.token(null, ['admin'])
  technician = await api.token('kunta', ['technician', 'admin'])
  await api.fill({
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
const bridge = {
  id: 'silta',
  name: 'Kunnan Mosquitto',
  host: '127.0.0.1',
  port: 1,
  tls: false,
  version: '3.1.1',
  username: 'samtila',
  password: 'hyvin-salainen',
  ca: null,
  certificate: null,
  topicFilters: ['kunta/#'],
  enabled: true,
}

test('a bridge is made by the operator, shown without its secrets, and its failure is told', async () => {
  const made = await api.request(operator, 'PUT', '/bridges/silta', bridge)
  expect([made.status, made.json(), made.headers['etag']]).toEqual([201, { created: true, version: 1 }, '"v1"'])
  let shown: BridgeShown | undefined
  for (let i = 0; i < 100 && shown?.standing?.lastError == null; i++) {
    const answer = await api.request(operator, 'GET', '/bridges')
    expect(answer.text).not.toContain('hyvin-salainen')
    shown = answer.json<{ items: BridgeShown[] }>().items[0]
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  expect(shown).toMatchObject({ hasPassword: true, hasKey: false, enabled: true })
  expect(shown?.standing).toMatchObject({ connectedSince: null, messages: 0 })
  expect(shown?.standing?.lastError).toContain('ECONNREFUSED')
  const stored = await api.records.getPaper({ organisation: null }, BRIDGE, 'silta')
  expect(JSON.stringify(stored)).not.toContain('hyvin-salainen')
  // Changed without a password it keeps it, but not towards another host.
  const { password: _password, ...without } = bridge
  const change = (changes: object) =>
    api.request(operator, 'PUT', '/bridges/silta', { ...without, ...changes }, { 'if-match': '"v1"' })
  expect((await change({ host: 'muu.example' })).problem().problems).toMatchObject([
    { pointer: '/password', code: 'secret-needed' },
  ])
  expect((await change({ name: 'Uusi nimi', enabled: false })).json()).toEqual({ created: false, version: 2 })
  const [after] = (await api.request(operator, 'GET', '/bridges')).json<{ items: BridgeShown[] }>().items
  expect(after).toMatchObject({ name: 'Uusi nimi', hasPassword: true, enabled: false, standing: { state: 'off' } })
  // Its id is that of no gateway, and the other way round.
  expect((await api.request(operator, 'POST', '/credentials', { devices: ['silta'], gateway: true })).status).toBe(409)
  const taken = await api.request(operator, 'PUT', '/bridges/portti', { ...bridge, id: 'portti' })
  expect(taken.problem().problems).toMatchObject([{ pointer: '/id', code: 'taken' }])
  expect((await api.request(operator, 'DELETE', '/bridges/silta')).status).toBe(204)
  expect((await api.request(operator, 'GET', '/bridges/silta')).status).toBe(404)
})

test('nobody but the operator makes, sees or removes bridges; what cannot work is refused with its place', async () => {
  await api.request(operator, 'PUT', '/bridges/silta', { ...bridge, enabled: false })
  for (const [method, path, body] of [
    ['GET', '/bridges', undefined],
    ['GET', '/bridges/silta', undefined],
    ['PUT', '/bridges/oma', { ...bridge, id: 'oma' }],
    ['DELETE', '/bridges/silta', undefined],
  ] as const)
    expect([method, (await api.request(technician, method, path, body)).status]).toEqual([method, 403])
  const operatorTechnician = await api.token(null, ['technician'])
  expect((await api.request(operatorTechnician, 'GET', '/bridges')).status).toBe(200)
  expect((await api.request(operatorTechnician, 'PUT', '/bridges/oma', { ...bridge, id: 'oma' })).status).toBe(403)
  const refused = await api.request(operator, 'PUT', '/bridges/oma', {
    ...bridge,
    id: 'oma',
    host: '169.254.169.254',
    topicFilters: ['ok/#', 'a/#/b'],
    certificate: 'roska',
  })
  expect(refused.problem().problems?.map(({ pointer }) => pointer)).toEqual([
    '/host',
    '/topicFilters/1',
    '/tls',
    '/certificate',
    '/key',
  ])
})

async function connect(id: string): Promise<mqtt.MqttClient> {
  const made = await api.request(technician, 'POST', '/credentials', { devices: [id], gateway: true })
  const client = await mqtt.connectAsync(`ws://127.0.0.1:${port}/mqtt`, {
    username: id,
    password: made.json<{ password: string }[]>()[0]?.password ?? '',
    clientId: id,
    reconnectPeriod: 0,
  })
  client.on('error', () => {})
  clients.push(client)
  return client
}
/** Opens a stream and gives its messages as they come. */
async function watch(
  path: string,
  token: string,
): Promise<{ messages: WatchedMessage[]; end(): void; ended: Promise<void> }> {
  const controller = new AbortController()
  const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: controller.signal,
  })
  expect(response.status).toBe(200)
  const messages: WatchedMessage[] = []
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let text = ''
  const ended = (async () => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      text += decoder.decode(value, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1]
        if (data !== undefined) messages.push(JSON.parse(data) as WatchedMessage)
      }
    }
  })().catch(() => {})
  return { messages, end: () => controller.abort(), ended }
}
async function until(what: () => boolean): Promise<void> {
  const end = Date.now() + 10_000
  while (!what()) {
    if (Date.now() > end) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
const z2m = {
  id: 'z2m',
  name: 'Zigbee',
  topicFilter: 'zigbee2mqtt/#',
  codec: 'zigbee2mqtt',
  credential: 'portti',
  premises: 'talo',
  deviceMap: {},
  acceptUnknown: false,
}

test('a watcher sees what a gateway sends, raw and read, also before there is a connector; a flood is thinned out and counted', async () => {
  const before = await watch(`/watch?gateway=portti&topicFilter=${encodeURIComponent('zigbee2mqtt/#')}`, technician)
  const first = await connect('portti')
  // Without a connector the gateway is refused, but what it sent is seen.
  await first.publishAsync('zigbee2mqtt/Aula', '{"temperature":21.5}', { qos: 0 })
  await until(() => before.messages.length === 1)
  expect(before.messages[0]).toMatchObject({
    topic: 'zigbee2mqtt/Aula',
    payload: '{"temperature":21.5}',
    encoding: 'text',
    connector: null,
    decoded: { codec: 'zigbee2mqtt', readings: [{ device: 'Aula', point: 'temperature', value: 21.5, unit: '°C' }] },
  })
  before.end()
  await before.ended
  expect((await api.request(technician, 'PUT', '/connectors/z2m', z2m)).status).toBe(201)
  const watching = await watch('/connectors/z2m/watch', technician)
  const gateway = await connect('portti')
  for (let i = 0; i < 300; i++) gateway.publish('zigbee2mqtt/Aula', `{"temperature":${i}}`, { qos: 1 })
  await gateway.publishAsync('zigbee2mqtt/Aula', '{"temperature":-1}', { qos: 1 })
  await until(() => watching.messages.length >= 20)
  expect(watching.messages.length).toBeLessThan(100)
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  api.clock.now += 5_000
  await gateway.publishAsync('zigbee2mqtt/Aula', Buffer.from([0xff, 0xfe]), { qos: 1 })
  await until(() => watching.messages.some(({ encoding }) => encoding === 'base64'))
  expect(watching.messages.reduce((sum, { skipped }) => sum + skipped, 0) + watching.messages.length).toBe(302)
  watching.end()
  await watching.ended
})

test('a watcher of one organisation sees no messages into premises of another, and a token that is revoked watches no longer', async () => {
  await api.request(technician, 'PUT', '/connectors/z2m', z2m)
  await api.request(operator, 'PUT', '/connectors/muu', {
    ...z2m,
    id: 'muu',
    topicFilter: 'muu/#',
    premises: 'muu-talo',
  })
  const gateway = await connect('portti')
  const other = await api.token('muu', ['technician'])
  const filter = (text: string): string => `/watch?gateway=portti&topicFilter=${encodeURIComponent(text)}`
  const theirs = await watch(filter('muu/#'), other)
  const ours = await watch(filter('muu/#'), technician)
  await gateway.publishAsync('muu/Laite', '{"temperature":1}', { qos: 1 })
  await until(() => theirs.messages.length === 1)
  expect(ours.messages).toEqual([])
  expect((await api.request(other, 'GET', '/connectors/z2m/watch')).status).toBe(404)
  expect((await api.request(technician, 'GET', filter('#'))).status).toBe(400)
  const [token] = (await api.records.listTokens({ organisation: 'muu' })).filter(({ revokedAt }) => revokedAt === null)
  if (token === undefined) throw new Error('no token')
  await api.records.putToken(
    { ...token, revokedAt: api.clock.now },
    { kind: 'system', id: 't', name: 't', organisation: null },
  )
  await theirs.ended
  ours.end()
  await ours.ended
})

test('what waits in quarantine is read again through a connector that was mended', async () => {
  await api.request(technician, 'PUT', '/connectors/z2m', z2m)
  const gateway = await connect('portti')
  await gateway.publishAsync('zigbee2mqtt/Aula', '{"energy":5}', { qos: 1 })
  const replay = (): Promise<unknown> =>
    api.request(technician, 'POST', '/connectors/z2m/replay').then((answer) => answer.json<unknown>())
  expect(await replay()).toEqual({ messages: 1, stored: 0, refused: 1 })
  const mended = { ...z2m, deviceMap: { Aula: 'mittari' } }
  expect((await api.request(technician, 'PUT', '/connectors/z2m', mended, { 'if-match': '"v1"' })).status).toBe(200)
  expect(await replay()).toEqual({ messages: 1, stored: 1, refused: 0 })
})
