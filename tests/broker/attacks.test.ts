// What strangers and broken clients may try: oversized, slow, malformed, half-open (assurance S19–S22, F12, F15, F16).
import { describe, expect, test } from 'vitest'
import { eventually, openFixture, send } from './broker-fixture.ts'
import type { Fixture } from './broker-fixture.ts'
import { connectOf, numberOf, packetOf, publishOf, remainingLength, subscribeOf, textOf } from './packets.ts'

/** Whoever came in properly before still sends and is acknowledged. */
async function othersWork(fixture: Fixture): Promise<void> {
  const client = await fixture.connect('meter-b', { clientId: `meter-b:${Math.random()}` })
  await send(client, 'meter-b', { values: { energy: 1 } })
}

const refusals = (fixture: Fixture): Record<string, number> => fixture.broker.state().counters.refusedByReason

describe('S20, F15: before the credential is accepted', () => {
  test('a CONNECT that claims 256 MiB is cut by its header', async () => {
    const fixture = await openFixture()
    const raw = await fixture.raw()
    raw.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]))
    expect(await raw.untilClosed()).toBe(true)
    expect(refusals(fixture)).toEqual({ 'packet-too-large': 1 })
    await othersWork(fixture)
  })

  test('40 MiB sent without a credential are not taken', async () => {
    const fixture = await openFixture()
    const before = process.memoryUsage().rss
    const raw = await fixture.raw()
    raw.write(Buffer.from([0x10]), remainingLength(65_536))
    const megabyte = Buffer.alloc(1_048_576)
    for (let i = 0; i < 40 && !raw.closed; i++) {
      raw.write(megabyte)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(await raw.untilClosed()).toBe(true)
    expect((process.memoryUsage().rss - before) / 1_048_576).toBeLessThan(100)
    expect(Object.keys(refusals(fixture))).toEqual(['too-much-before-connect'])
  })

  test('many packets after CONNECT count as bytes before the credential', async () => {
    const fixture = await openFixture()
    const raw = await fixture.raw()
    const many = Array.from({ length: 3_000 }, () => publishOf('samtila/v1/meter-a/telemetry', '{"values":{}}'))
    raw.write(connectOf('meter-a', { password: 'wrong' }), ...many)
    expect(await raw.untilClosed()).toBe(true)
    expect(fixture.broker.state().counters.telemetryMessages).toBe(0)
  })

  test.each([
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    ['TLS', Buffer.from([0x16, 3, 1, 0, 5, 1, 0, 0, 1, 3])],
    ['PUBLISH first', publishOf('samtila/v1/meter-a/telemetry', '{}')],
    ['SUBSCRIBE first', subscribeOf(['#'])],
    ['zero bytes', Buffer.alloc(100)],
  ])('%s instead of CONNECT', async (_name, bytes) => {
    const fixture = await openFixture()
    const raw = await fixture.raw()
    raw.write(bytes)
    expect(await raw.untilClosed()).toBe(true)
    expect(refusals(fixture)).toEqual({ 'not-mqtt': 1 })
    await othersWork(fixture)
  })

  test.each([
    ['wrong protocol name', packetOf(0x10, textOf('MQTX'), Buffer.from([4, 2, 0, 60]), textOf('meter-a'))],
    ['protocol level 9', connectOf('meter-a', { level: 9 })],
    ['reserved flag', packetOf(0x10, textOf('MQTT'), Buffer.from([4, 3, 0, 60]), textOf('meter-a'))],
    ['length of five bytes', Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 0x01])],
    ['text longer than the packet', packetOf(0x10, numberOf(500), Buffer.from('MQTT'))],
    ['nothing inside', packetOf(0x10)],
    [
      'user name cut off',
      packetOf(0x10, textOf('MQTT'), Buffer.from([4, 0xc2, 0, 60]), textOf('c'), numberOf(9), Buffer.from('x')),
    ],
  ])('malformed CONNECT: %s', async (_name, bytes) => {
    const fixture = await openFixture()
    const raw = await fixture.raw()
    raw.write(bytes)
    expect(await raw.untilClosed()).toBe(true)
    await othersWork(fixture)
  })

  test('MQTT 5 is answered "unacceptable protocol version" and closed', async () => {
    const fixture = await openFixture()
    const raw = await fixture.raw()
    raw.write(connectOf('meter-a', { level: 5 }))
    expect(await raw.untilClosed()).toBe(true)
    expect([...raw.received]).toEqual([0x20, 2, 0, 1])
  })

  test('one byte at a time (slow loris) and silence end at the time limit', async () => {
    const fixture = await openFixture({ limits: { connectMs: 400 } })
    const slow = await fixture.raw()
    const silent = await fixture.raw()
    const packet = connectOf('meter-a')
    const startedAt = Date.now()
    const drip = setInterval(() => {
      const at = Math.floor((Date.now() - startedAt) / 50)
      if (!slow.closed) slow.write(packet.subarray(at, at + 1))
    }, 50)
    expect(await slow.untilClosed(2_000)).toBe(true)
    expect(await silent.untilClosed(2_000)).toBe(true)
    clearInterval(drip)
    expect(Date.now() - startedAt).toBeLessThan(2_000)
    await othersWork(fixture)
  })

  test('500 half-open connections: the limit holds, and ends with them', async () => {
    const fixture = await openFixture({ limits: { unauthenticatedConnections: 100, connectMs: 1_000 } })
    const all = await Promise.all(Array.from({ length: 500 }, () => fixture.raw()))
    await eventually(() => all.filter(({ closed }) => closed).length >= 400)
    expect(fixture.broker.state().counters.connections).toBeLessThanOrEqual(100)
    await eventually(() => all.every(({ closed }) => closed))
    await othersWork(fixture)
  })
})

describe('connections', () => {
  test('in all, and of one credential', async () => {
    const fixture = await openFixture({ limits: { connections: 6, connectionsPerCredential: 2 } })
    await fixture.connect('meter-a', { clientId: '1' })
    await fixture.connect('meter-a', { clientId: '2' })
    await expect(fixture.connect('meter-a', { clientId: '3' })).rejects.toMatchObject({ code: 3 })
    await eventually(() => fixture.broker.state().counters.connections === 2)
    const rest = await Promise.all(Array.from({ length: 4 }, () => fixture.raw()))
    const beyond = await fixture.raw()
    expect(await beyond.untilClosed()).toBe(true)
    expect(rest.every(({ closed }) => !closed)).toBe(true)
    expect(refusals(fixture)).toEqual({ 'too-many-connections-of-credential': 1, 'too-many-connections': 1 })
  })

  test('S21: a keep-alive of 0 or 65,535 is taken as the limit', async () => {
    const fixture = await openFixture({ limits: { keepAliveSeconds: 1 } })
    for (const keepAlive of [0, 65_535]) {
      const raw = await fixture.raw()
      raw.write(connectOf('meter-a', { keepAlive, clientId: `keep-${keepAlive}` }))
      await raw.untilBytes(4)
      expect([...raw.received]).toEqual([0x20, 2, 0, 0])
      expect([keepAlive, await raw.untilClosed(3_500)]).toEqual([keepAlive, true])
    }
  })

  test('a second CONNECT on a connection ends it', async () => {
    const fixture = await openFixture()
    const raw = await fixture.raw()
    raw.write(connectOf('meter-a'))
    await raw.untilBytes(4)
    raw.write(connectOf('meter-b'))
    expect(await raw.untilClosed()).toBe(true)
  })
})

describe('after the credential is accepted', () => {
  test('a packet over the limit is cut by its header, the connection of others stays', async () => {
    const fixture = await openFixture()
    const raw = await fixture.raw()
    raw.write(connectOf('meter-a'))
    await raw.untilBytes(4)
    raw.write(Buffer.from([0x32]), remainingLength(300_000), Buffer.alloc(1_000))
    expect(await raw.untilClosed()).toBe(true)
    expect(refusals(fixture)).toEqual({ 'packet-too-large': 1 })
    await othersWork(fixture)
  })

  test.each([101, 1_000, 32_000])('S19: %i levels in PUBLISH, SUBSCRIBE, UNSUBSCRIBE and will', async (levels) => {
    const fixture = await openFixture()
    const topic = 'a/'.repeat(levels - 1) + 'a'
    const packets = [
      publishOf(topic, '{}'),
      subscribeOf([topic]),
      packetOf(0xa2, numberOf(1), textOf(topic)),
      publishOf(`samtila/v1/meter-a/telemetry/${topic}`, '{}'),
    ]
    for (const packet of packets) {
      const raw = await fixture.raw()
      raw.write(connectOf('meter-a', { clientId: `levels-${Math.random()}` }))
      await raw.untilBytes(4)
      raw.write(packet)
      expect(await raw.untilClosed()).toBe(true)
    }
    await expect(fixture.broker.publish(topic, '{}', { retain: true, qos: 1 })).rejects.toThrow('too many levels')
    await othersWork(fixture)
  })

  test.each([
    ['QoS 3', Buffer.from([0x36, 5, 0, 1, 0x61, 0, 1])],
    ['an empty topic', publishOf('', '{}')],
    ['wildcards in the topic', publishOf('samtila/v1/+/telemetry', '{}')],
    ['a packet identifier of 0', publishOf('samtila/v1/meter-a/telemetry', '{"values":{"energy":1}}', 0)],
    ['no packet identifier', packetOf(0x32, textOf('samtila/v1/meter-a/telemetry'))],
    ['a topic longer than the packet', packetOf(0x30, numberOf(60_000), Buffer.from('x'))],
    ['an unknown packet type', Buffer.from([0xf0, 0])],
    ['type 0', Buffer.from([0x00, 0])],
    ['wrong flags of SUBSCRIBE', packetOf(0x80, numberOf(1), textOf('a'), Buffer.from([0]))],
    ['SUBSCRIBE without filters', packetOf(0x82, numberOf(1))],
    ['SUBSCRIBE at QoS 3', packetOf(0x82, numberOf(1), textOf('a'), Buffer.from([3]))],
    ['a CONNACK from a client', Buffer.from([0x20, 2, 0, 0])],
  ])('%s ends the connection and stores nothing', async (_name, bytes) => {
    const fixture = await openFixture()
    const raw = await fixture.raw()
    raw.write(connectOf('meter-a'))
    await raw.untilBytes(4)
    raw.write(bytes)
    expect(await raw.untilClosed()).toBe(true)
    expect(fixture.broker.state().counters.readingsStored).toBe(0)
    await othersWork(fixture)
  })

  test('S22: QoS 2 without PUBREL is bounded; the same identifier twice is one message', async () => {
    const fixture = await openFixture({ limits: { inFlightQos2: 50 } })
    const raw = await fixture.raw()
    raw.write(connectOf('meter-a'))
    await raw.untilBytes(4)
    const body = '{"values":{"energy":1}}'
    const once = publishOf('samtila/v1/meter-a/telemetry', body, 7, 2)
    raw.write(once)
    await raw.untilBytes(8)
    raw.write(
      publishOf('samtila/v1/meter-a/telemetry', body, 7, 2, 0x08),
      publishOf('samtila/v1/meter-a/telemetry', body, 7, 2, 0x08),
    )
    await raw.untilBytes(16)
    expect(fixture.broker.state().counters.readingsStored).toBe(1)
    // PUBREL of an unknown identifier is answered with PUBCOMP.
    raw.write(packetOf(0x62, numberOf(999)))
    await raw.untilBytes(20)
    expect([...raw.received.subarray(16)]).toEqual([0x70, 2, 3, 0xe7])
    for (let id = 100; id < 70_000 && !raw.closed; id += 500) {
      const ids = Array.from({ length: 500 }, (_, i) => ((id + i) % 65_535) + 1)
      raw.write(...ids.map((messageId) => publishOf('samtila/v1/meter-a/telemetry', '{"values":{}}', messageId, 2)))
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    expect(await raw.untilClosed()).toBe(true)
    await othersWork(fixture)
  })

  test('PUBACK, PUBREC and PUBCOMP that nobody waits for change nothing', async () => {
    const fixture = await openFixture()
    const raw = await fixture.raw()
    raw.write(connectOf('meter-a'))
    await raw.untilBytes(4)
    raw.write(
      ...[0x40, 0x70].map((header) => packetOf(header, numberOf(5))),
      publishOf('samtila/v1/meter-a/telemetry', '{"values":{"energy":1}}'),
    )
    expect(await raw.untilBytes(8)).toBe(true)
    expect([...raw.received.subarray(4, 8)]).toEqual([0x40, 2, 0, 1])
  })

  test('acknowledgements leave in the order of arrival, also when some wait for the quarantine or a lookup', async () => {
    const fixture = await openFixture()
    const raw = await fixture.raw()
    const at = Date.UTC(2026, 0, 1)
    const bodies = (number: number): string =>
      number % 3 === 0
        ? 'no JSON'
        : `{"ts":${at + number},"values":{"${number % 5 === 0 ? `new-${number}` : 'energy'}":1}}`
    const packets = Array.from({ length: 100 }, (_, i) =>
      i % 7 === 0
        ? publishOf('samtila/v1/meter-a/status', i % 2 === 0 ? 'online' : 'junk', i + 1)
        : publishOf('samtila/v1/meter-a/telemetry', bodies(i), i + 1),
    )
    raw.write(connectOf('meter-a'), ...packets)
    expect(await raw.untilBytes(4 + 400)).toBe(true)
    const ids = Array.from({ length: 100 }, (_, i) => raw.received.readUInt16BE(4 + i * 4 + 2))
    expect(ids).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
  })

  test('a packet in many small pieces, and many packets in one', async () => {
    const fixture = await openFixture()
    const raw = await fixture.raw()
    const values = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`k${i}`, 1]))
    const large = publishOf('samtila/v1/meter-a/telemetry', JSON.stringify({ values }))
    const bytes = Buffer.concat([
      connectOf('meter-a'),
      large,
      publishOf('samtila/v1/meter-a/telemetry', '{"values":{}}', 2),
    ])
    for (let at = 0; at < bytes.length; at += 997) {
      raw.write(bytes.subarray(at, at + 997))
      if (at % 5 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await raw.untilBytes(12)).toBe(true)
    expect(fixture.broker.state().counters.readingsStored).toBe(200)
  })

  test('a sender over its pace is slowed, not dropped', async () => {
    const fixture = await openFixture({ limits: { messagesPerSecond: 50, messagesBurst: 20 } })
    const raw = await fixture.raw()
    raw.write(connectOf('meter-a'))
    await raw.untilBytes(4)
    const at = Date.UTC(2026, 0, 1)
    const packets = Array.from({ length: 60 }, (_, i) =>
      publishOf('samtila/v1/meter-a/telemetry', `{"ts":${at + i},"values":{"energy":${i}}}`, i + 1),
    )
    const startedAt = Date.now()
    raw.write(...packets)
    expect(await raw.untilBytes(4 + 60 * 4, 5_000)).toBe(true)
    expect(Date.now() - startedAt).toBeGreaterThan(500)
    const counters = fixture.broker.state().counters
    expect(counters.readingsStored).toBe(60)
    expect(counters.messagesDelayedByRate).toBeGreaterThan(30)
    // Acknowledged in the order of sending.
    const ids = Array.from({ length: 60 }, (_, i) => raw.received.readUInt16BE(4 + i * 4 + 2))
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
  })

  test('F12: a reader that stops reading is cut off, others are served', async () => {
    const fixture = await openFixture({ limits: { outgoingBytes: 65_536, packetBytes: 1_048_576, drainMs: 60_000 } })
    const slow = await fixture.raw()
    slow.write(connectOf('meter-a'), subscribeOf(['samtila/v1/meter-a/commands/#']))
    await slow.untilBytes(4 + 5)
    slow.socket.pause()
    const quick = await fixture.connect('meter-b')
    let received = 0
    quick.on('message', () => received++)
    await quick.subscribeAsync('samtila/v1/meter-b/commands/#')
    const command = Buffer.alloc(16_384, 'x')
    for (let id = 0; id < 1_500; id++) {
      const to = { retain: false, qos: 0 } as const
      void fixture.broker.publish(`samtila/v1/meter-a/commands/${id}`, command, to).catch(() => {})
      if (id % 10 === 0) await fixture.broker.publish(`samtila/v1/meter-b/commands/${id}`, 'x', to)
    }
    await eventually(() => fixture.broker.state().counters.refusedByReason['too-slow'] === 1)
    await eventually(() => received === 150)
  })
})

test('F14: 50,000 retained messages cost a new subscriber nothing', async () => {
  const fixture = await openFixture()
  for (let i = 0; i < 50_000; i++) {
    await fixture.broker.publish(`samtila/v1/device-${i}/desired`, '{"version":1}', { retain: true, qos: 1 })
  }
  await fixture.broker.publish('samtila/v1/meter-a/desired', '{"version":2}', { retain: true, qos: 1 })
  expect(fixture.broker.state().counters.retainedMessages).toBe(50_001)
  const raw = await fixture.raw()
  raw.write(connectOf('meter-a'))
  await raw.untilBytes(4)
  const times: number[] = []
  for (let i = 0; i < 20; i++) {
    const before = raw.received.length
    const startedAt = performance.now()
    raw.write(subscribeOf(['samtila/v1/meter-a/desired'], i + 1))
    await raw.untilBytes(before + 5 + 30)
    times.push(performance.now() - startedAt)
  }
  times.sort((a, b) => a - b)
  expect(raw.received.includes('{"version":2}')).toBe(true)
  // aedes' own store scans all of them: 46 ms of the event loop for each subscription; the least of them is looked at, as the machine may be busy.
  expect(times[0]).toBeLessThan(10)
})
