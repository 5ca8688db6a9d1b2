// Commands through the API to devices on real connections: what becomes of each, who may send, and what is kept.
import type { AddressInfo } from 'node:net'
import mqtt from 'mqtt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DownlinkPage, DownlinkShown } from '#contract/downlinks.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let technician: string
let client: mqtt.MqttClient
/** What the device heard. */
const heard: { topic: string; body: { name: string; params: unknown; expiresAt: string | null } }[] = []

beforeEach(async () => {
  heard.length = 0
  api = await startApi({ limits: { downlinksPerDevice: 3 } })
  await api.fill(twoHouses)
  technician = await api.token('kunta', ['technician'])
  await api.app.listen({ host: '127.0.0.1', port: 0 })
})
afterEach(async () => {
  client?.end(true)
  await api.close()
})

async function connectDevice(): Promise<void> {
  const answer = await api.request(technician, 'POST', '/credentials', { devices: ['mittari'] })
  const [{ username, password }] = answer.json<[{ username: string; password: string }]>()
  const { port } = api.app.server.address() as AddressInfo
  client = await mqtt.connectAsync(`ws://127.0.0.1:${port}/mqtt`, {
    username,
    password,
    clientId: username,
    protocolVersion: 4,
  })
  client.on('message', (topic, payload) => void heard.push({ topic, body: JSON.parse(String(payload)) as never }))
  await client.subscribeAsync('samtila/v1/mittari/commands/+', { qos: 1 })
}
const send = (body: object, token = technician) => api.request(token, 'POST', '/devices/mittari/downlinks', body)
const list = async (): Promise<DownlinkShown[]> =>
  (await api.request(technician, 'GET', '/devices/mittari/downlinks')).json<DownlinkPage>().items
async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200 && !(await what()); i++) await new Promise((resolve) => setTimeout(resolve, 20))
}

test('a command reaches the device, and its answer is shown; one that fails says why', async () => {
  await connectDevice()
  const expiresAt = '2100-01-01T00:00:00.000Z'
  const sent = await send({ name: 'setPower', params: { kW: 3.5 }, expiresAt })
  expect(sent.json()).toMatchObject({ state: 'under-way', via: 'native', device: 'mittari', answer: null, expiresAt })
  await until(() => heard.length === 1)
  expect(heard[0]?.body).toEqual({ name: 'setPower', params: { kW: 3.5 }, expiresAt: '2100-01-01T00:00:00.000Z' })
  await client.publishAsync(`${heard[0]?.topic}/result`, '{"ok":true,"data":{"kW":3.5}}', { qos: 1 })
  await until(async () => (await list())[0]?.state === 'done')
  expect((await list())[0]).toMatchObject({ state: 'done', answer: { kW: 3.5 }, createdBy: expect.any(String) })
  // Said twice, or of a command that nobody sent, it changes nothing.
  await client.publishAsync(`${heard[0]?.topic}/result`, '{"ok":false,"error":"no"}', { qos: 1 })
  await client.publishAsync('samtila/v1/mittari/commands/keksitty/result', '{"ok":true}', { qos: 1 })
  await send({ name: 'reboot' })
  await until(() => heard.length === 2)
  await client.publishAsync(`${heard[1]?.topic}/result`, '{"ok":false,"error":"busy"}', { qos: 1 })
  await until(async () => (await list())[0]?.state === 'failed')
  expect((await list()).map(({ name, state, answer }) => [name, state, answer])).toEqual([
    ['reboot', 'failed', 'busy'],
    ['setPower', 'done', { kW: 3.5 }],
  ])
})

test('a device that is away is told at once; what expired unanswered says so; the oldest go', async () => {
  const away = await send({ name: 'a' })
  expect(away.json()).toMatchObject({ state: 'not-sent', answer: { reason: 'not-connected' } })
  await connectDevice()
  await send({ name: 'b', expiresAt: new Date(api.clock.now + 60_000).toISOString() })
  api.clock.now += 61_000
  expect((await list())[0]).toMatchObject({ name: 'b', state: 'expired' })
  for (const name of ['c', 'd']) await send({ name })
  expect((await list()).map(({ name }) => name)).toEqual(['d', 'c', 'b'])
})

test('only a technician of a body that may change the device sends; wrong commands are refused with their place', async () => {
  for (const [organisation, roles, status] of [
    ['muu', ['technician'], 404],
    ['kunta', ['controller'], 403],
    ['virasto', ['technician'], 200],
    [null, ['technician'], 200],
  ] as const)
    expect([organisation, (await send({ name: 'x' }, await api.token(organisation, [...roles]))).status]).toEqual([
      organisation,
      status,
    ])
  const pointer = async (body: object): Promise<string | undefined> =>
    (await send(body)).problem().problems?.[0]?.pointer
  expect(await pointer({ name: 'x', expiresAt: '2020-01-01T00:00:00Z' })).toBe('/expiresAt')
  expect(await pointer({ name: 'x', params: 'x'.repeat(9_000) })).toBe('/params')
  expect(await pointer({ name: '' })).toBe('/name')
  const other = await api.token('muu', ['technician'])
  expect((await api.request(other, 'GET', '/devices/mittari/downlinks')).status).toBe(404)
})
