// Devices that spoke to ThingsBoard move over by address and token; a gateway of theirs by a connector.
import type { MqttClient } from 'mqtt'
import { describe, expect, test } from 'vitest'
import type { DeviceMessage } from '#broker/publish.ts'
import type { Connector } from '#domain/ports/records.ts'
import { ACTOR, eventually, openFixture } from './broker-fixture.ts'
import { hashToken } from '#broker/credentials.ts'
import { connectOf, publishOf } from './packets.ts'

const AT = Date.UTC(2026, 0, 15, 12)
const TOKEN = 'A1-access_token-of-the-meter-0123456789abcdef'
const CONNECTOR: Connector = {
  id: 'moved',
  name: 'Moved gateway',
  topicFilter: 'v1/gateway/#',
  codec: 'thingsboard',
  credential: 'gateway-a',
  premises: 'hall-a',
  deviceMap: { 'Meter 1': 'meter-a', 'Room 7': 'sensor-a', thief: 'meter-b' },
  acceptUnknown: false,
}

async function openMoved(options: Parameters<typeof openFixture>[0] = {}) {
  const fixture = await openFixture({ connectors: [CONNECTOR], now: () => AT, ...options })
  const credential = {
    id: 'moved',
    device: 'meter-a',
    hash: hashToken(TOKEN),
    gateway: false,
    createdAt: 1,
    revokedAt: null,
  }
  await fixture.records.putCredentials([credential], ACTOR)
  /** As a ThingsBoard device connects: the token as user name, without a password. */
  const connectMoved = (): Promise<MqttClient> =>
    fixture.connect('meter-a', { clientId: 'anything', username: TOKEN, password: undefined as unknown as string })
  return { ...fixture, connectMoved }
}
const heardBy = (client: MqttClient): [string, unknown][] => {
  const heard: [string, unknown][] = []
  client.on('message', (topic, payload) => heard.push([topic, JSON.parse(payload.toString())]))
  return heard
}
const publish = (client: MqttClient, topic: string, body: unknown): Promise<unknown> =>
  client.publishAsync(topic, typeof body === 'string' ? body : JSON.stringify(body), { qos: 1 })

describe('a device', () => {
  test('comes in by its token alone, and sends telemetry in every form', async () => {
    const { connectMoved, readings, quarantine } = await openMoved()
    const client = await connectMoved()
    await publish(client, 'v1/devices/me/telemetry', { energy: 5 })
    await publish(client, 'v1/devices/me/telemetry', { ts: AT - 2_000, values: { energy: 3 } })
    await publish(client, 'v1/devices/me/telemetry', [{ ts: AT - 1_000, values: { energy: 4 } }, { power: 40 }])
    expect((await readings('meter-a', 'energy')).map(({ at, value }) => [at - AT, value])).toEqual([
      [-2_000, 3],
      [-1_000, 4],
      [0, 5],
    ])
    expect(await readings('meter-a', 'power')).toHaveLength(1)
    await publish(client, 'v1/devices/me/telemetry', '{"energy":')
    expect(await quarantine()).toEqual({ 'not-json': 1 })
  })

  test.each([
    ['an unknown token', 'B2-access_token-of-the-meter-0123456789abcdef'],
    ['an id without a password', 'meter-a'],
    ['a short name', 'x'],
  ])('%s is refused', async (_name, username) => {
    const fixture = await openMoved()
    await expect(fixture.connect('meter-a', { username, password: undefined as unknown as string })).rejects.toThrow(
      /Not authorized|Bad User Name or Password|refused/i,
    )
    expect(fixture.logged.join()).not.toContain(TOKEN)
  })

  test('a revoked token is cut off', async () => {
    const fixture = await openMoved()
    const client = await fixture.connectMoved()
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()))
    await fixture.records.revokeCredentials('meter-a', AT, ACTOR)
    await closed
    await expect(fixture.connectMoved()).rejects.toThrow(/./)
  })

  test('attributes are its reported configuration; it asks for what is reported and desired', async () => {
    const messages: DeviceMessage[] = []
    const { connectMoved } = await openMoved({
      onMessage: (message) => void messages.push(message),
      configurationOf: async (device) => ({
        reported: { firmware: '1.2', device },
        desired: { interval: 60, mode: 'eco' },
      }),
    })
    const client = await connectMoved()
    const heard = heardBy(client)
    await client.subscribeAsync('v1/devices/me/attributes/response/+', { qos: 1 })
    await publish(client, 'v1/devices/me/attributes', { firmware: '1.2' })
    expect(messages.map(({ device, use, payload }) => [device, use, payload.toString()])).toEqual([
      ['meter-a', 'reported', '{"firmware":"1.2"}'],
    ])
    await publish(client, 'v1/devices/me/attributes/request/1', { clientKeys: 'firmware', sharedKeys: 'interval,none' })
    await publish(client, 'v1/devices/me/attributes/request/2', {})
    await eventually(() => heard.length === 2)
    expect(heard).toEqual([
      ['v1/devices/me/attributes/response/1', { client: { firmware: '1.2' }, shared: { interval: 60 } }],
      [
        'v1/devices/me/attributes/response/2',
        { client: { firmware: '1.2', device: 'meter-a' }, shared: { interval: 60, mode: 'eco' } },
      ],
    ])
  })

  test('hears of what is desired as of shared attributes', async () => {
    const { connectMoved, broker } = await openMoved()
    const client = await connectMoved()
    const heard = heardBy(client)
    await client.subscribeAsync('v1/devices/me/attributes')
    await broker.publish('samtila/v1/meter-b/desired', '{"interval":1}', { retain: true, qos: 1 })
    await broker.publish('samtila/v1/meter-a/desired', '{"interval":60}', { retain: true, qos: 1 })
    await eventually(() => heard.length === 1)
    expect(heard).toEqual([['v1/devices/me/attributes', { interval: 60 }]])
    await client.subscribeAsync('v1/devices/me/attributes/response/1')
    await publish(client, 'v1/devices/me/attributes/request/1', {})
    await eventually(() => heard.length === 2)
    expect(heard[1]).toEqual(['v1/devices/me/attributes/response/1', { shared: { interval: 60 } }])
  })

  test('commands reach it alone, and its answer is the result', async () => {
    const messages: DeviceMessage[] = []
    const { connectMoved, connect, broker } = await openMoved({ onMessage: (message) => void messages.push(message) })
    const client = await connectMoved()
    const other = await connect('meter-b')
    const overheard = heardBy(other)
    await other.subscribeAsync('v1/devices/me/rpc/request/+')
    const heard = heardBy(client)
    await client.subscribeAsync('v1/devices/me/rpc/request/+', { qos: 1 })
    const command = { id: 'c-1', name: 'setValve', params: { open: 40 }, expiresAt: null }
    expect(await broker.publishToDevice('meter-a', command)).toMatchObject({ sent: true, via: 'thingsboard' })
    await eventually(() => heard.length === 1)
    expect(heard[0]).toEqual(['v1/devices/me/rpc/request/1', { method: 'setValve', params: { open: 40 } }])
    await publish(other, 'v1/devices/me/rpc/response/1', { stolen: true })
    await publish(client, 'v1/devices/me/rpc/response/1', { open: 40 })
    await publish(client, 'v1/devices/me/rpc/response/1', { again: true })
    expect(messages.map(({ device, use, topic, payload }) => [device, use, topic, payload.toString()])).toEqual([
      ['meter-a', 'result', 'samtila/v1/meter-a/commands/c-1/result', '{"ok":true,"data":{"open":40}}'],
    ])
    expect(overheard).toEqual([])
  })

  test.each([
    'v1/devices/other/telemetry',
    'v1/devices/me/else',
    'v1/devices/meter-b/telemetry',
    'v1/gateway/telemetry',
  ])('publishing to %s closes the connection', async (topic) => {
    const fixture = await openMoved()
    const raw = await fixture.raw()
    raw.write(connectOf('meter-a'), publishOf(topic, '{"energy":1}'))
    expect(await raw.untilClosed()).toBe(true)
  })

  test.each(['v1/devices/#', 'v1/devices/me/#', 'v1/devices/+/telemetry', 'v1/devices/me/telemetry', 'v1/gateway/rpc'])(
    'subscribing to %s is refused',
    async (filter) => {
      const client = await (await openMoved()).connectMoved()
      await expect(client.subscribeAsync(filter)).rejects.toThrow(/./)
    },
  )
})

describe('a gateway', () => {
  test('telemetry by device name, within its premises; presence by connect and disconnect', async () => {
    const { connect, readings, quarantine, broker } = await openMoved()
    const client = await connect('gateway-a')
    await publish(client, 'v1/gateway/connect', { device: 'Room 7' })
    expect(broker.presenceOf('sensor-a').state).toBe('works')
    await publish(client, 'v1/gateway/telemetry', {
      'Meter 1': [{ ts: AT - 1_000, values: { energy: 7 } }],
      'Room 7': [{ temperature: 21 }],
      thief: [{ energy: 1 }],
    })
    expect((await readings('meter-a', 'energy')).map(({ value }) => value)).toEqual([7])
    expect(await readings('sensor-a', 'temperature')).toHaveLength(1)
    expect(await readings('meter-b', 'energy')).toEqual([])
    expect(await quarantine()).toEqual({ 'unknown-device': 1 })
    await publish(client, 'v1/gateway/disconnect', { device: 'Room 7' })
    expect(broker.presenceOf('sensor-a').state).toBe('stale')
  })

  test('commands, attributes and questions by device name', async () => {
    const messages: DeviceMessage[] = []
    const { connect, broker } = await openMoved({
      onMessage: (message) => void messages.push(message),
      configurationOf: async () => ({ reported: { model: 'm' }, desired: { interval: 60 } }),
    })
    const client = await connect('gateway-a')
    const heard = heardBy(client)
    await client.subscribeAsync(['v1/gateway/rpc', 'v1/gateway/attributes/response'], { qos: 1 })
    const command = { id: 'c-2', name: 'reboot', params: null, expiresAt: null }
    expect(await broker.publishToDevice('meter-a', command)).toEqual({
      sent: true,
      via: 'thingsboard',
      topic: 'v1/gateway/rpc',
    })
    await eventually(() => heard.length === 1)
    expect(heard[0]).toEqual(['v1/gateway/rpc', { device: 'Meter 1', data: { id: 1, method: 'reboot', params: null } }])
    await publish(client, 'v1/gateway/rpc', { device: 'Meter 1', id: 1, data: { success: false } })
    await publish(client, 'v1/gateway/attributes', { 'Room 7': { fw: 2 }, thief: { fw: 3 } })
    expect(messages.map(({ device, use, payload }) => [device, use, payload.toString()])).toEqual([
      ['meter-a', 'result', '{"ok":false,"error":{"success":false}}'],
      ['sensor-a', 'reported', '{"fw":2}'],
    ])
    await publish(client, 'v1/gateway/attributes/request', { id: 9, device: 'Room 7', client: false, key: 'interval' })
    await eventually(() => heard.length === 2)
    expect(heard[1]).toEqual(['v1/gateway/attributes/response', { id: 9, device: 'Room 7', value: 60 }])
  })
})
