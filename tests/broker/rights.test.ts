// Who may come in, and what they may publish and subscribe (assurance S11–S19, F18).
import type { MqttClient } from 'mqtt'
import { connectAsync } from 'mqtt'
import { describe, expect, test } from 'vitest'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { ACTOR, eventually, fillRecords, openFixture, send } from './broker-fixture.ts'
import type { Fixture } from './broker-fixture.ts'
import { connectOf, publishOf, subscribeOf } from './packets.ts'

const closed = (client: MqttClient): Promise<void> =>
  client.connected ? new Promise((resolve) => client.once('close', () => resolve())) : Promise.resolve()

/** The return code of a CONNECT by hand. */
async function connack(fixture: Fixture, packet: Buffer): Promise<number> {
  const raw = await fixture.raw()
  raw.write(packet)
  await raw.untilBytes(4)
  return raw.received[3] ?? -1
}

/** The granted QoS of each filter, 128 for a refusal. */
async function granted(fixture: Fixture, id: string, filters: string[]): Promise<number[]> {
  const raw = await fixture.raw()
  raw.write(connectOf(id, { clientId: `${id}:sub` }), subscribeOf(filters))
  await raw.untilBytes(4 + 4 + filters.length)
  return [...raw.received.subarray(8)]
}

describe('S12: coming in', () => {
  test('anonymous, unknown name, wrong and empty password, revoked credential', async () => {
    const fixture = await openFixture()
    const { port, records } = fixture
    await expect(connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 })).rejects.toMatchObject({ code: 4 })
    expect(await connack(fixture, connectOf('nobody'))).toBe(4)
    expect(await connack(fixture, connectOf('meter-a', { password: 'token of meter-b' }))).toBe(4)
    expect(await connack(fixture, connectOf('meter-a', { password: '' }))).toBe(4)
    expect(await connack(fixture, connectOf('meter-a', { password: 'x'.repeat(10_000) }))).toBe(4)
    expect(await connack(fixture, connectOf('meter-a'))).toBe(0)
    await records.revokeCredentials('meter-a', Date.now(), ACTOR)
    expect(await connack(fixture, connectOf('meter-a'))).toBe(4)
    expect(fixture.broker.state().counters.refusedByReason).toEqual({
      'no-credential': 1,
      'wrong-credential': 5,
      // The connection of the accepted CONNECT was still open.
      'credential-revoked': 1,
    })
  })

  test('S11: hostile user names and client ids', async () => {
    const fixture = await openFixture()
    for (const id of [
      '__proto__',
      'constructor',
      '#',
      '+',
      'a/b',
      '..',
      '%2e',
      'x'.repeat(20_000),
      'a\u0000b',
      '\u202emeter',
    ]) {
      expect([id, await connack(fixture, connectOf(id, { clientId: 'c' }))]).toEqual([id, 4])
    }
    for (const clientId of ['#', '+/a', 'a\u0000b', '\u202ea', 'x'.repeat(129), 'a b']) {
      expect([clientId, await connack(fixture, connectOf('meter-a', { clientId }))]).toEqual([clientId, 2])
    }
    for (const clientId of ['__proto__', 'constructor', '..', 'toString']) {
      expect([clientId, await connack(fixture, connectOf('meter-a', { clientId }))]).toEqual([clientId, 0])
    }
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })

  test('S24: fails closed when the records are away', async () => {
    const records = openMemoryRecords()
    await fillRecords(records)
    const fixture = await openFixture({ records })
    await records.close()
    expect(await connack(fixture, connectOf('meter-a'))).toBe(3)
    expect(fixture.broker.state().counters.refusedByReason).toEqual({ 'records-unavailable': 1 })
  })

  test('a second credential of the same device works while one is rotated', async () => {
    const fixture = await openFixture()
    const [former] = await fixture.records.credentialsOf('meter-a')
    const { createHash } = await import('node:crypto')
    const hash = createHash('sha256').update('the new token').digest('hex')
    await fixture.records.putCredentials([{ ...former!, id: 'credential-2', hash }], ACTOR)
    expect(await connack(fixture, connectOf('meter-a', { clientId: 'one' }))).toBe(0)
    expect(await connack(fixture, connectOf('meter-a', { clientId: 'two', password: 'the new token' }))).toBe(0)
  })
})

describe('S16: client ids', () => {
  test('a take-over by another credential is refused, by the same one the newest stays', async () => {
    const fixture = await openFixture()
    const first = await fixture.connect('meter-a', { clientId: 'shared' })
    expect(await connack(fixture, connectOf('meter-b', { clientId: 'shared' }))).toBe(2)
    expect(first.connected).toBe(true)
    const second = await fixture.connect('meter-a', { clientId: 'shared' })
    await closed(first)
    expect(second.connected).toBe(true)
    await send(second, 'meter-a', { values: { energy: 1 } })
  })

  test("another credential's user name is reserved, and so is a kept session's client id", async () => {
    const fixture = await openFixture()
    expect(await connack(fixture, connectOf('meter-b', { clientId: 'meter-a' }))).toBe(2)
    const client = await fixture.connect('meter-a', { clientId: 'kept', clean: false })
    await client.subscribeAsync('samtila/v1/meter-a/commands/#', { qos: 1 })
    await client.endAsync()
    expect(await connack(fixture, connectOf('meter-b', { clientId: 'kept', clean: false }))).toBe(2)
    expect(await connack(fixture, connectOf('meter-a', { clientId: 'kept', clean: false }))).toBe(0)
  })
})

describe('S13: subscribing', () => {
  test('only to its own downlinks', async () => {
    const fixture = await openFixture()
    const own = ['samtila/v1/meter-a/desired', 'samtila/v1/meter-a/commands/#', 'samtila/v1/meter-a/commands/+']
    expect(await granted(fixture, 'meter-a', [...own, 'samtila/v1/meter-a/commands/7'])).toEqual([0, 0, 0, 0])
    const foreign = [
      '#',
      '+',
      '+/#',
      '/#',
      '$SYS/#',
      '$share/g/#',
      '$share/g/samtila/v1/meter-a/desired',
      'samtila/#',
      'samtila/v1/+/desired',
      'samtila/v1/meter-b/desired',
      'samtila/v1/meter-a/#',
      'samtila/v1/meter-a/telemetry',
      'samtila/v1/meter-a/status',
      'samtila/v1/meter-a/../meter-b/desired',
      'samtila/v1/meter-a/desired/#',
      'samtila/v1/meter-a//desired',
      'Samtila/v1/meter-a/desired',
      'samtila/v1/meter-a\u200b/desired',
    ]
    expect(await granted(fixture, 'meter-a', foreign)).toEqual(foreign.map(() => 128))
    expect(fixture.broker.state().counters.refusedByReason).toEqual({ 'subscribe-not-allowed': foreign.length })
  })

  test('a refused filter beside a granted one delivers nothing, also from a kept session', async () => {
    const fixture = await openFixture()
    const options = { clientId: 'kept', clean: false }
    const client = await fixture.connect('meter-a', options)
    const filters = {
      'samtila/v1/meter-a/desired': { qos: 1 as const },
      'samtila/v1/meter-b/desired': { qos: 1 as const },
    }
    await client.subscribeAsync(filters).catch(() => [])
    await client.endAsync()
    await fixture.broker.publish('samtila/v1/meter-b/desired', 'secret of b', { retain: true, qos: 1 })
    await fixture.broker.publish('samtila/v1/meter-a/desired', 'for a', { retain: true, qos: 1 })
    const received: string[] = []
    const raw = await fixture.raw()
    raw.write(connectOf('meter-a', options))
    await raw.until(() => raw.received.includes('for a'))
    received.push(raw.received.toString('latin1'))
    expect(received.join()).not.toContain('secret of b')
  })

  test('more filters than the limit', async () => {
    const fixture = await openFixture({ limits: { subscriptionsPerConnection: 3 } })
    const filters = [1, 2, 3, 4, 5].map((id) => `samtila/v1/meter-a/commands/${id}`)
    expect(await granted(fixture, 'meter-a', filters)).toEqual([0, 0, 0, 128, 128])
  })
})

describe('S14, S15, F18: publishing', () => {
  test.each([
    'samtila/v1/meter-b/telemetry',
    'samtila/v1/meter-b/status',
    'samtila/v1/meter-a/desired',
    'samtila/v1/meter-a/commands/1',
    'samtila/v1/meter-a/telemetry/x',
    'samtila/v1/meter-a/../meter-b/telemetry',
    'samtila/v1//meter-a/telemetry',
    '/samtila/v1/meter-a/telemetry',
    'samtila/v1/METER-A/telemetry',
    'samtila/v1/meter-а/telemetry',
    'samtila/v1/meter-a\u0000/telemetry',
    'samtila/v1/meter-a/telemetry\ufeff',
    'samtila/v1/*/telemetry',
    'samtila/v1/>/telemetry',
    'zigbee2mqtt/plug',
    '$SYS/x/new/clients',
    '$SYS/x/heartbeat',
    '$SYS/x/birth',
    '$share/g/samtila/v1/meter-a/telemetry',
    'samtila',
    '/',
  ])('to %j is refused and closes', async (topic) => {
    const fixture = await openFixture()
    const victim = await fixture.connect('meter-b')
    const raw = await fixture.raw()
    raw.write(connectOf('meter-a'))
    await raw.untilBytes(4)
    raw.write(publishOf(topic, topic.startsWith('$SYS') ? 'meter-b' : '{"values":{"energy":9}}'))
    expect(await raw.untilClosed()).toBe(true)
    expect(raw.received.length).toBe(4)
    expect(await fixture.readings('meter-b', 'energy')).toEqual([])
    expect(victim.connected).toBe(true)
    await send(victim, 'meter-b', { values: { energy: 1 } })
    expect(fixture.broker.state().counters.refusedByReason).toEqual({ 'publish-not-allowed': 1 })
    expect(fixture.logged.some((line) => line.includes('publish-not-allowed'))).toBe(true)
    const { items } = await fixture.records.audit({ organisation: null }, { limit: 100 })
    const told = items.filter(({ action }) => action === 'mqtt.refused')
    expect(told.map(({ actor, detail }) => [actor.id, detail.split(' ')[0]])).toEqual([
      ['meter-a', 'publish-not-allowed'],
    ])
  })

  test('a retained reading is stored, not retained; a retained status is', async () => {
    const { connect, broker } = await openFixture()
    const client = await connect('meter-a')
    await client.publishAsync('samtila/v1/meter-a/telemetry', '{"values":{"energy":1}}', { qos: 1, retain: true })
    await client.publishAsync('samtila/v1/meter-a/reported', '{}', { qos: 1, retain: true })
    expect(broker.state().counters).toMatchObject({ readingsStored: 1, retainedMessages: 0 })
    await client.publishAsync('samtila/v1/meter-a/status', 'online', { qos: 1, retain: true })
    expect(broker.state().counters).toMatchObject({ retainedMessages: 1 })
  })

  test('reported configuration and results of commands are passed on', async () => {
    const messages: string[] = []
    const { connect } = await openFixture({
      onMessage: ({ device, use, payload }) =>
        void messages.push(`${device} ${use} ${Buffer.from(payload).toString()}`),
    })
    const client = await connect('meter-a')
    await client.publishAsync('samtila/v1/meter-a/reported', '{"interval":60}', { qos: 1 })
    await client.publishAsync('samtila/v1/meter-a/commands/7/result', '{"ok":true}', { qos: 1 })
    expect(messages).toEqual(['meter-a reported {"interval":60}', 'meter-a result {"ok":true}'])
  })
})

describe('downlinks', () => {
  test('desired configuration is retained for who comes later; commands reach who is there', async () => {
    const { connect, broker } = await openFixture()
    await broker.publish('samtila/v1/meter-a/desired', '{"version":1}', { retain: true, qos: 1 })
    await broker.publish('samtila/v1/meter-a/commands/1', 'gone', { retain: true, qos: 1 })
    const client = await connect('meter-a')
    const received: string[] = []
    client.on(
      'message',
      (topic, payload) => void received.push(`${topic.split('/').slice(3).join('/')} ${payload.toString()}`),
    )
    await client.subscribeAsync(['samtila/v1/meter-a/desired', 'samtila/v1/meter-a/commands/#'], { qos: 1 })
    await broker.publish('samtila/v1/meter-a/commands/2', 'now', { retain: false, qos: 1 })
    await eventually(() => received.length === 2)
    expect(received.sort()).toEqual(['commands/2 now', 'desired {"version":1}'])
  })

  test("a kept session's queue is bounded, the oldest goes first", async () => {
    const fixture = await openFixture({ limits: { offlineMessages: 5 } })
    const options = { clientId: 'kept', clean: false }
    const away = await fixture.connect('meter-a', options)
    await away.subscribeAsync('samtila/v1/meter-a/commands/#', { qos: 1 })
    await away.endAsync()
    for (let id = 0; id < 12; id++) {
      const topic = `samtila/v1/meter-a/commands/${id}`
      await fixture.broker.publish(topic, `command-${id};`, { retain: false, qos: 1 })
    }
    expect(fixture.broker.state().counters).toMatchObject({ offlineMessagesDropped: 7, offlineSessions: 1 })
    const raw = await fixture.raw()
    raw.write(connectOf('meter-a', options))
    await raw.until(() => raw.received.includes('command-11;'))
    const received = [...raw.received.toString('latin1').matchAll(/command-(\d+);/g)].map(([, id]) => Number(id))
    expect(received).toEqual([7, 8, 9, 10, 11])
  })
})

describe('S17: wills', () => {
  test.each([
    'samtila/v1/meter-b/status',
    '$SYS/x/new/clients',
    '#',
    'samtila/v1/+/status',
    'x'.repeat(2_000),
    'a/'.repeat(101),
  ])('a will to %.40s is refused at CONNECT', async (topic) => {
    const fixture = await openFixture()
    expect(await connack(fixture, connectOf('meter-a', { will: { topic, payload: 'offline', retain: true } }))).toBe(5)
    expect(fixture.broker.state().counters).toMatchObject({
      retainedMessages: 0,
      refusedByReason: { 'will-not-allowed': 1 },
    })
  })

  test('its own status is published when the connection breaks', async () => {
    const fixture = await openFixture()
    const raw = await fixture.raw()
    raw.write(
      connectOf('meter-a', { will: { topic: 'samtila/v1/meter-a/status', payload: 'offline', retain: true, qos: 1 } }),
    )
    await raw.untilBytes(4)
    raw.socket.destroy()
    await eventually(() => fixture.broker.state().counters.retainedMessages === 1)
    expect(fixture.broker.presenceOf('meter-a').state).toBe('offline')
  })

  test('a reading as will is stored once', async () => {
    const fixture = await openFixture()
    const raw = await fixture.raw()
    const will = {
      topic: 'samtila/v1/meter-a/telemetry',
      payload: '{"ts":1790000000000,"values":{"mode":"off"}}',
      qos: 1,
    }
    raw.write(connectOf('meter-a', { will }))
    await raw.untilBytes(4)
    raw.socket.destroy()
    await eventually(async () => (await fixture.readings('meter-a', 'mode')).length === 1)
  })

  test('a right revoked after CONNECT: the will is not published', async () => {
    const fixture = await openFixture()
    const raw = await fixture.raw()
    raw.write(connectOf('meter-a', { will: { topic: 'samtila/v1/meter-a/status', payload: 'offline', retain: true } }))
    await raw.untilBytes(4)
    await fixture.records.revokeCredentials('meter-a', Date.now(), ACTOR)
    expect(await raw.untilClosed()).toBe(true)
    await eventually(() => fixture.broker.state().counters.connections === 0)
    expect(fixture.broker.state().counters.retainedMessages).toBe(0)
  })
})

describe('S18: revoking', () => {
  test('cuts the open connection at once, drops its session and its retained messages', async () => {
    const fixture = await openFixture()
    const client = await fixture.connect('meter-a', { clean: false })
    await client.subscribeAsync('samtila/v1/meter-a/commands/#', { qos: 1 })
    await client.publishAsync('samtila/v1/meter-a/status', 'online', { qos: 1, retain: true })
    const other = await fixture.connect('meter-b')
    const started = Date.now()
    await fixture.records.revokeCredentials('meter-a', Date.now(), ACTOR)
    await closed(client)
    expect(Date.now() - started).toBeLessThan(2_000)
    expect(other.connected).toBe(true)
    await eventually(() => fixture.broker.state().counters.offlineSessions === 0)
    expect(fixture.broker.state().counters.retainedMessages).toBe(0)
  })

  test('leaves the connection that came with another credential of the device', async () => {
    const fixture = await openFixture()
    const client = await fixture.connect('meter-a')
    const [former] = await fixture.records.credentialsOf('meter-a')
    await fixture.records.putCredentials([{ ...former!, id: 'credential-2', hash: 'ff'.repeat(32) }], ACTOR)
    await send(client, 'meter-a', { values: { energy: 1 } })
    expect(client.connected).toBe(true)
  })
})
