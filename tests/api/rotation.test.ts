// Rotation with overlap: both credentials work, the old one ends when the new one is used or at its date; live connections are cut.
import type { AddressInfo } from 'node:net'
import mqtt from 'mqtt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Connection, CredentialList, RotationMade } from '#contract/credentials.ts'
import { endRotations } from '#server/rotations.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let technician: string
let port: number
const clients: mqtt.MqttClient[] = []
beforeEach(async () => {
  api = await startApi()
  await api.fill(twoHouses)
  technician = await api.token('kunta', ['technician'])
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  port = (api.app.server.address() as AddressInfo).port
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.end(true)
  await api.close()
})
const connect = async (password: string, clientId: string): Promise<mqtt.MqttClient> => {
  const client = await mqtt.connectAsync(`ws://127.0.0.1:${port}/mqtt`, {
    username: 'mittari',
    password,
    clientId,
    reconnectPeriod: 0,
  })
  client.on('error', () => {})
  clients.push(client)
  return client
}
const listed = async (): Promise<CredentialList['items']> =>
  (await api.request(technician, 'GET', '/credentials?device=mittari'))
    .json<CredentialList>()
    .items.toSorted((a, b) => Number(a.fresh) - Number(b.fresh))
const end = (): Promise<number> =>
  endRotations(
    {
      records: api.records,
      usedAt: (device, credential) => api.broker.useOfCredential(device, credential).lastUsedAt,
    },
    api.clock.now,
  )

test('the old credential goes on until the new one is used; then its live connection is cut within 10 s', async () => {
  expect((await api.request(technician, 'POST', '/credentials/mittari/rotate', {})).status).toBe(409)
  const [first] = (await api.request(technician, 'POST', '/credentials', { devices: ['mittari'] })).json<
    { password: string }[]
  >()
  const old = await connect(first?.password ?? '', 'vanha')
  const rotated = (await api.request(technician, 'POST', '/credentials/mittari/rotate', {})).json<RotationMade>()
  expect(await listed()).toMatchObject([
    { connected: true, fresh: false, endsAt: rotated.oldEndAt },
    { connected: false, fresh: true, lastUsedAt: null, endsAt: null },
  ])
  expect(await end()).toBe(0)
  expect(old.connected).toBe(true)
  const closed = new Promise<void>((resolve) => old.once('close', resolve))
  await connect(rotated.password, 'uusi')
  const begun = Date.now()
  expect(await end()).toBe(1)
  await closed
  expect(Date.now() - begun).toBeLessThan(10_000)
  expect(await listed()).toMatchObject([{ connected: true, fresh: false, endsAt: null }])
  await expect(connect(first?.password ?? '', 'vanha')).rejects.toThrow(/[Nn]ot authorized|Bad username/)
  expect(await end()).toBe(0)
})

test('at its date the old credential ends, used or not; a new one that was revoked ends nothing', async () => {
  await api.request(technician, 'POST', '/credentials', { devices: ['mittari'] })
  await api.request(technician, 'POST', '/credentials/mittari/rotate', { overlapDays: 2 })
  expect(await listed()).toHaveLength(2)
  api.clock.now += 86_400_000
  expect(await end()).toBe(0)
  api.clock.now += 2 * 86_400_000
  expect(await end()).toBe(1)
  expect(await listed()).toHaveLength(1)
  const other = await api.token('muu', ['technician'])
  expect((await api.request(other, 'POST', '/credentials/mittari/rotate', {})).status).toBe(404)
})

test('where devices reach MQTT is said, not where only this machine does', async () => {
  expect((await api.request(technician, 'GET', '/connection')).json<Connection>()).toEqual({
    mqtt: null,
    mqtts: null,
    webSocket: 'ws://127.0.0.1:8080/mqtt',
  })
})
