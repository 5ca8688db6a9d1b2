// Two brokers on one Redis: what a device is, has and is sent does not depend on the node it came to; without Redis readings are taken all the same.
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { connectAsync } from 'mqtt'
import type { IClientOptions, MqttClient } from 'mqtt'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { brokerLimits } from '#broker/limits.ts'
import { openBroker } from '#broker/open-broker.ts'
import type { Broker } from '#broker/open-broker.ts'
import type { PresenceChange } from '#broker/presence.ts'
import type { LiveReading } from '#broker/read-telegram.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'
import { notRun } from '#tests/not-run.ts'
import { fillRecords } from './fill-records.ts'
import { REDIS, startRedis } from './redis-server.ts'
import type { RedisServer } from './redis-server.ts'

if (REDIS === null) {
  test('brokers on one Redis', (context) => notRun(context, 'Redis', 'apt-get install redis-server'))
} else {
  describe('brokers on one Redis', () => {
    type Node = { broker: Broker; url: string; readings: LiveReading[]; presence: PresenceChange[] }
    let redis: RedisServer
    let records: Records
    let telemetry: Telemetry
    let one: Node
    let other: Node
    let clients: MqttClient[] = []
    beforeAll(async () => {
      redis = await startRedis()
    })
    afterAll(() => redis.kill())
    beforeEach(async () => {
      records = openMemoryRecords()
      await fillRecords(records)
      telemetry = openMemoryTelemetry()
      const prefix = randomUUID()
      const open = async (): Promise<Node> => {
        const presence: PresenceChange[] = []
        const readings: LiveReading[] = []
        const broker = await openBroker({
          settings: { tcp: { host: '127.0.0.1', port: 0 }, tls: null, allowedOrigins: [], limits: brokerLimits() },
          telemetry,
          records,
          nodes: { url: redis.url, secretFile: null, caFile: null, prefix },
          now: Date.now,
          log: () => {},
          onPresence: (change) => void presence.push(change),
        })
        broker.follow((batch) => void readings.push(...batch))
        return { broker, url: `mqtt://127.0.0.1:${broker.state().tcp?.port}`, readings, presence }
      }
      one = await open()
      other = await open()
      while (![one, other].every(({ broker }) => broker.cluster()?.others)) await delay(20)
    })
    afterEach(async () => {
      await Promise.all(clients.map((client) => client.endAsync(true)))
      clients = []
      await Promise.all([one.broker.close(), other.broker.close()])
      await telemetry.close()
      await records.close()
    })

    async function connect(node: Node, id: string, options: IClientOptions = {}) {
      const client = await connectAsync(node.url, {
        clientId: id,
        username: id,
        password: `token of ${id}`,
        protocolVersion: 4,
        reconnectPeriod: 0,
        connectTimeout: 5_000,
        ...options,
      })
      client.on('error', () => {})
      const messages: { topic: string; text: string }[] = []
      client.on('message', (topic, payload) => void messages.push({ topic, text: payload.toString() }))
      const ended = new Promise<void>((resolve) => void client.once('close', () => resolve()))
      clients.push(client)
      return Object.assign(client, { messages, ended })
    }
    const publish = (client: MqttClient, energy: number, at = Date.now()) =>
      client.publishAsync('samtila/v1/meter-a/telemetry', JSON.stringify({ ts: at, values: { energy } }), { qos: 1 })
    const command = { id: 'c1', name: 'identify', params: null, expiresAt: null }

    test('presence and readings of one node are known to the other', async () => {
      const client = await connect(one, 'meter-a')
      await expect.poll(() => other.broker.presenceOf('meter-a')).toMatchObject({ state: 'works', connected: true })
      await publish(client, 1)
      await expect.poll(() => other.readings).toMatchObject([{ device: 'meter-a', point: 'energy', value: 1 }])
      expect(one.readings.length).toBe(1)
      await client.publishAsync('samtila/v1/meter-a/status', 'offline', { qos: 1, retain: true })
      await client.endAsync()
      await expect.poll(() => other.broker.presenceOf('meter-a')).toMatchObject({ state: 'offline', connected: false })
      expect(other.presence.map(({ state }) => state)).toEqual(['works', 'offline'])
    })

    test('a client id has one connection on all nodes, and belongs to whose it is', async () => {
      const former = await connect(one, 'meter-a', { clientId: 'heating' })
      await expect(connect(other, 'meter-b', { clientId: 'heating' })).rejects.toThrow(/Identifier rejected/)
      expect(former.connected).toBe(true)
      const latter = await connect(other, 'meter-a', { clientId: 'heating' })
      await former.ended
      expect(latter.connected).toBe(true)
    })

    test('what is retained at one node is told by the other', async () => {
      await other.broker.publish('samtila/v1/meter-a/desired', '{"interval":60}', { retain: true, qos: 1 })
      const client = await connect(one, 'meter-a')
      await client.subscribeAsync('samtila/v1/meter-a/desired', { qos: 1 })
      await expect
        .poll(() => client.messages)
        .toEqual([{ topic: 'samtila/v1/meter-a/desired', text: '{"interval":60}' }])
      await other.broker.publish('samtila/v1/meter-a/desired', '{"interval":90}', { retain: true, qos: 1 })
      await expect.poll(() => client.messages.length).toBe(2)
    })

    test('a command reaches a device at another node, and only one that listens now where that is asked', async () => {
      expect(await other.broker.publishToDevice('meter-a', { ...command, onlyNow: true })).toMatchObject({
        sent: false,
      })
      const client = await connect(one, 'meter-a')
      await client.subscribeAsync('samtila/v1/meter-a/commands/#', { qos: 1 })
      await expect.poll(() => other.broker.presenceOf('meter-a').connected).toBe(true)
      const steps: string[] = []
      const beforeSending = async (): Promise<void> => void steps.push(`before, ${client.messages.length} heard`)
      const sent = await other.broker.publishToDevice('meter-a', { ...command, onlyNow: true, beforeSending })
      expect(sent).toEqual({ sent: true, via: 'native', topic: 'samtila/v1/meter-a/commands/c1' })
      await expect.poll(() => client.messages.map(({ topic }) => topic)).toEqual(['samtila/v1/meter-a/commands/c1'])
      expect(steps).toEqual(['before, 0 heard'])
      // What must be written down first and cannot be stops the sending.
      const refusing = { ...command, id: 'c2', onlyNow: true, beforeSending: () => Promise.reject(new Error('full')) }
      expect(await other.broker.publishToDevice('meter-a', refusing)).toMatchObject({ sent: false })
      expect(await other.broker.publishToDevice('meter-a', { ...command, id: 'c3' })).toMatchObject({ sent: true })
      await expect.poll(() => client.messages.map(({ topic }) => topic.at(-1))).toEqual(['1', '3'])
    })

    test('what was sent to a session that is away waits for it at every node, once', async () => {
      const away = await connect(one, 'meter-a', { clean: false })
      await away.subscribeAsync('samtila/v1/meter-a/commands/#', { qos: 1 })
      await away.endAsync()
      await expect.poll(() => other.broker.presenceOf('meter-a').connected).toBe(false)
      expect(await other.broker.publishToDevice('meter-a', command)).toMatchObject({ sent: true })
      const back = await connect(other, 'meter-a', { clean: false })
      await expect.poll(() => back.messages.map(({ topic }) => topic)).toEqual(['samtila/v1/meter-a/commands/c1'])
      await back.endAsync()
      const again = await connect(one, 'meter-a', { clean: false })
      await publish(again, 5)
      expect(again.messages).toEqual([])
    })

    test('more waits for nobody than the limit says, and a credential that is revoked leaves nothing behind', async () => {
      const away = await connect(one, 'meter-a', { clean: false })
      await away.subscribeAsync('samtila/v1/meter-a/commands/#', { qos: 1 })
      await away.endAsync()
      const { offlineMessages } = brokerLimits()
      for (let sent = 0; sent < offlineMessages + 5; sent++)
        await other.broker.publishToDevice('meter-a', { ...command, id: `n${sent}` })
      expect(other.broker.state().counters.offlineMessagesDropped).toBe(5)
      const back = await connect(other, 'meter-a', { clean: false })
      await expect.poll(() => back.messages.length).toBe(offlineMessages)
      expect(back.messages[0]?.topic).toBe('samtila/v1/meter-a/commands/n5')
    })

    test('without Redis readings are taken and devices come and go; when it is back all is as before', async () => {
      const client = await connect(one, 'meter-a', { clean: false })
      await client.subscribeAsync('samtila/v1/meter-a/commands/#', { qos: 1 })
      await redis.kill()
      await publish(client, 1)
      await client.endAsync()
      const stranger = await connect(one, 'meter-a', { clean: false })
      await publish(stranger, 2)
      expect(one.broker.cluster()?.redis).toBe(false)
      await stranger.subscribeAsync('samtila/v1/meter-a/commands/#', { qos: 1 })
      expect(await one.broker.publishToDevice('meter-a', command)).toMatchObject({ sent: true })
      await expect.poll(() => stranger.messages.length).toBe(1)
      await one.broker.publish('samtila/v1/meter-a/desired', '{"interval":60}', { retain: true, qos: 1 })
      await redis.start()
      await stranger.ended
      await expect.poll(() => other.broker.cluster()?.redis, { timeout: 5_000 }).toBe(true)
      const back = await connect(other, 'meter-a', { clean: false })
      await publish(back, 3)
      await back.subscribeAsync('samtila/v1/meter-a/desired', { qos: 1 })
      await expect.poll(() => back.messages.map(({ text }) => text)).toEqual(['{"interval":60}'])
      await expect.poll(() => one.readings.length, { timeout: 5_000 }).toBe(3)
      const series = telemetry.findSeries('meter-a', 'energy')!
      expect((await telemetry.readings(series, 0, 7e12, 10)).map(({ value }) => value)).toEqual([1, 2, 3])
    })

    test('a Redis that is frozen holds nobody up for long', async () => {
      redis.signal('SIGSTOP')
      const begun = Date.now()
      const client = await connect(one, 'meter-a', { clean: false, connectTimeout: 15_000 })
      await publish(client, 1)
      expect(Date.now() - begun).toBeLessThan(10_000)
      redis.signal('SIGCONT')
      await client.ended
    }, 20_000)
  })
}
