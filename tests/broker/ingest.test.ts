// What becomes of a reading: stored, duplicate, superseded, proposed, quarantined; acknowledged in every case.
import { describe, expect, test } from 'vitest'
import type { LiveReading } from '#broker/read-telegram.ts'
import { ACTOR, EVERYTHING, eventually, openFixture, send } from './broker-fixture.ts'

const AT = Date.UTC(2026, 0, 15, 12)

describe('accepted', () => {
  test('native JSON at QoS 0, 1 and 2, with the simulated mark of its device', async () => {
    const { connect, readings, broker } = await openFixture()
    const client = await connect('sensor-a')
    await send(client, 'sensor-a', { ts: AT, values: { temperature: 21.5 } }, 1)
    await send(client, 'sensor-a', { ts: '2026-01-15T14:01:00+02:00', values: { temperature: 21.75 } }, 2)
    await send(client, 'sensor-a', [{ ts: AT + 120_000, values: { temperature: 22 } }], 0)
    await eventually(async () => (await readings('sensor-a', 'temperature')).length === 3)
    const stored = await readings('sensor-a', 'temperature')
    expect(stored.map(({ at, value, quality, simulated }) => [at, value, quality, simulated])).toEqual([
      [AT, 21.5, 'measured', true],
      [AT + 60_000, 21.75, 'measured', true],
      [AT + 120_000, 22, 'measured', true],
    ])
    expect(broker.state().counters).toMatchObject({
      readingsStored: 3,
      messagesAcknowledged: 2,
      readingsQuarantined: 0,
    })
  })

  test('the receive time counts where there is no instant', async () => {
    const { connect, readings } = await openFixture({ now: () => AT })
    await send(await connect('meter-a'), 'meter-a', { energy: 5 })
    expect((await readings('meter-a', 'energy')).map(({ at }) => at)).toEqual([AT])
  })

  test('SenML in JSON and CBOR', async () => {
    const { connect, readings } = await openFixture({ now: () => AT })
    const client = await connect('meter-a')
    await send(client, 'meter-a', [{ bn: 'meter-a:', n: 'energy', u: 'kWh', v: 7, t: -60 }])
    // [{"n": "power", "v": 1.5}]
    await send(client, 'meter-a', Buffer.from('81a20065706f77657202f93e00', 'hex'))
    expect((await readings('meter-a', 'energy')).map(({ at, value }) => [at, value])).toEqual([[AT - 60_000, 7]])
    expect((await readings('meter-a', 'power')).map(({ at, value }) => [at, value])).toEqual([[AT, 1.5]])
  })

  test('the same twice is one reading; another value at the same instant supersedes', async () => {
    const { connect, readings, broker } = await openFixture()
    const client = await connect('meter-a')
    for (const energy of [5, 5, 6]) await send(client, 'meter-a', { ts: AT, values: { energy } })
    expect((await readings('meter-a', 'energy')).map(({ value }) => value)).toEqual([6])
    // `stored` counts what was not there before in this form; the store's own suite says how it counts a superseding one.
    expect(broker.state().counters).toMatchObject({ readingsDuplicate: 1, readingsSuperseded: 1 })
  })

  test('out of order, long ago, and a clock a little ahead (suspect)', async () => {
    const { connect, readings } = await openFixture({ now: () => AT })
    const client = await connect('meter-a')
    for (const ts of [AT, AT - 3_600_000, Date.UTC(1999, 5), AT + 3_600_000]) {
      await send(client, 'meter-a', { ts, values: { energy: 1 } })
    }
    expect((await readings('meter-a', 'energy')).map(({ at, quality }) => [at, quality])).toEqual([
      [Date.UTC(1999, 5), 'suspect'],
      [AT - 3_600_000, 'measured'],
      [AT, 'measured'],
      [AT + 3_600_000, 'suspect'],
    ])
  })

  test('a counter with more digits than a double keeps them', async () => {
    const { connect, readings } = await openFixture()
    await send(await connect('meter-a'), 'meter-a', `{"ts":${AT},"values":{"energy":9007199254.740993}}`)
    expect((await readings('meter-a', 'energy')).map(({ value }) => value)).toEqual([{ decimal: '9007199254.740993' }])
  })

  test("one of the live feed's followers gets it, after it can be queried", async () => {
    const fixture = await openFixture()
    const seen: [LiveReading, number][] = []
    const stop = fixture.broker.follow((batch) => {
      for (const reading of batch) {
        const series = fixture.telemetry.findSeries(reading.device, reading.point)
        seen.push([reading, series ?? -1])
      }
    })
    const client = await fixture.connect('meter-a')
    await send(client, 'meter-a', { ts: AT, values: { energy: 5, mode: 'on' } })
    expect(seen.map(([{ device, premises, point, at, value }]) => [device, premises, point, at, value])).toEqual([
      ['meter-a', 'hall-a', 'energy', AT, 5],
      ['meter-a', 'hall-a', 'mode', AT, 'on'],
    ])
    expect(seen.every(([, series]) => series >= 0)).toBe(true)
    stop()
    await send(client, 'meter-a', { ts: AT + 1, values: { energy: 5 } })
    expect(seen).toHaveLength(2)
  })
})

test('a listener that fails stops nothing', async () => {
  const fail = (): never => {
    throw new Error('broken listener')
  }
  const fixture = await openFixture({ onReading: fail, onPresence: fail, onMessage: fail })
  const client = await fixture.connect('meter-a')
  await send(client, 'meter-a', { ts: AT, values: { energy: 5 } })
  await client.publishAsync('samtila/v1/meter-a/reported', '{}', { qos: 1 })
  expect(await fixture.readings('meter-a', 'energy')).toHaveLength(1)
  expect(fixture.logged.filter((line) => line.includes('broken listener'))).toHaveLength(3)
})

describe('quarantined, and acknowledged all the same', () => {
  test.each([
    ['a number as text', { ts: AT, values: { energy: '12.5' } }, 'number-as-text'],
    ['a number as text with a comma', { ts: AT, values: { fresh: '12,5' } }, 'number-as-text'],
    ['a text for a counter', { ts: AT, values: { energy: 'on' } }, 'wrong-type'],
    ['a boolean for a gauge', { ts: AT, values: { power: true } }, 'wrong-type'],
    ['1e400', `{"ts":${AT},"values":{"energy":1e400}}`, 'not-finite'],
    ['NaN', `{"ts":${AT},"values":{"energy":NaN}}`, 'not-json'],
    ['2^63', `{"ts":${AT},"values":{"energy":9223372036854775808}}`, 'number-too-large'],
    ['a clock two days ahead', { ts: AT + 2 * 86_400_000, values: { energy: 1 } }, 'clock-ahead'],
    ['an instant before 1970', { ts: -1, values: { energy: 1 } }, 'instant-out-of-range'],
    ['an instant without offset', { ts: '2026-01-01T00:00:00', values: { energy: 1 } }, 'instant-without-offset'],
    ['no instant', { ts: 'yesterday', values: { energy: 1 } }, 'bad-instant'],
    ['a long text', { ts: AT, values: { mode: 'x'.repeat(257) } }, 'text-too-long'],
    ['a bad key', { ts: AT, values: { 'a/b': 1 } }, 'bad-key'],
    ['__proto__', `{"ts":${AT},"values":{"__proto__":1}}`, 'bad-key'],
    ['a key twice', `{"ts":${AT},"values":{"energy":1,"energy":2}}`, 'duplicate-key'],
    ['no JSON', 'hello', 'not-json'],
    ['nothing', '', 'empty'],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'invalid-utf8'],
    ['deep JSON', `{"values":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 'too-deep'],
    ['CBOR junk', Buffer.from([0x9f, 0xa1, 0xff, 0x00]), 'not-cbor'],
  ])('%s', async (_name, body, reason) => {
    const { connect, quarantine, broker, readings } = await openFixture({ now: () => AT })
    const client = await connect('meter-a')
    await send(client, 'meter-a', body)
    expect(await quarantine()).toEqual({ [reason]: 1 })
    expect(broker.state().counters).toMatchObject({ messagesAcknowledged: 1, readingsQuarantined: 1 })
    expect(({} as { x?: unknown }).x).toBeUndefined()
    // The next good one is taken.
    await send(client, 'meter-a', { ts: AT, values: { energy: 1 } })
    expect(await readings('meter-a', 'energy')).toHaveLength(1)
  })

  test('good readings beside bad ones are stored', async () => {
    const { connect, quarantine, readings } = await openFixture()
    await send(await connect('meter-a'), 'meter-a', { ts: AT, values: { energy: 3, power: 'on' } })
    expect(await readings('meter-a', 'energy')).toHaveLength(1)
    expect(await quarantine()).toEqual({ 'wrong-type': 1 })
  })

  test('F17: 1,001 bad ones in a row, then a good one', async () => {
    const { connect, quarantine, readings } = await openFixture()
    const client = await connect('meter-a')
    await Promise.all(Array.from({ length: 1_001 }, (_, i) => send(client, 'meter-a', `{"bad":${i}`)))
    await send(client, 'meter-a', { ts: AT, values: { energy: 1 } })
    expect(await quarantine()).toEqual({ 'not-json': 1_001 })
    expect(await readings('meter-a', 'energy')).toHaveLength(1)
  })

  test('a credential without a device', async () => {
    const { connect, quarantine } = await openFixture()
    await send(await connect('gateway-a'), 'gateway-a', { ts: AT, values: { energy: 1 } })
    expect(await quarantine()).toEqual({ 'unknown-device': 1 })
  })

  test('is kept with topic, reason and bytes, and can be replayed once its cause is mended', async () => {
    const { connect, records, broker, readings, quarantine } = await openFixture()
    const body = { ts: AT, values: { energy: 7 } }
    await send(await connect('gateway-a'), 'gateway-a', body)
    const { items } = await records.listQuarantine(EVERYTHING, { limit: 10 })
    expect(items).toMatchObject([{ topic: 'samtila/v1/gateway-a/telemetry', credential: 'gateway-a' }])
    const kept = (await records.quarantinedMessages(EVERYTHING, { entry: items[0]?.id ?? 0, limit: 10 })).items
    expect(JSON.parse(Buffer.from(kept[0]?.payload ?? []).toString())).toEqual(body)
    expect(await broker.replay(kept)).toEqual([{ stored: 0, refused: 'unknown-device' }])
    const value = { id: 'gateway-a', premises: 'hall-a', points: [{ key: 'energy', kind: 'counter' }] }
    const actor = { kind: 'system', id: 'test', name: 'test', organisation: null } as const
    await records.change({ objects: [{ kind: 'devices', id: 'gateway-a', value }] }, actor, 'change')
    expect(await broker.replay(kept)).toEqual([{ stored: 1, refused: null }])
    expect((await readings('gateway-a', 'energy')).map(({ at, value }) => [at, value])).toEqual([[AT, 7]])
    expect(await quarantine()).toEqual({ 'unknown-device': 1 })
  })

  test('each message is replayed as it was received, and known from the replay on', async () => {
    let now = AT
    const { connect, records, broker, readings } = await openFixture({ now: () => now })
    const client = await connect('gateway-a')
    for (const energy of [1, 2, 3]) {
      await send(client, 'gateway-a', { energy })
      now += 60_000
    }
    const [row] = (await records.listQuarantine(EVERYTHING, { limit: 10 })).items
    expect(row).toMatchObject({ reason: 'unknown-device', count: 3, kept: 3 })
    const value = { id: 'gateway-a', premises: 'hall-a', points: [{ key: 'energy', kind: 'counter' }] }
    await records.change({ objects: [{ kind: 'devices', id: 'gateway-a', value }] }, ACTOR, 'change')
    const kept = (await records.quarantinedMessages(EVERYTHING, { entry: row?.id ?? 0, limit: 10 })).items
    now = AT + 86_400_000
    expect(await broker.replay(kept)).toEqual(kept.map(() => ({ stored: 1, refused: null })))
    expect((await readings('gateway-a', 'energy')).map(({ at, value, receivedAt }) => [at, value, receivedAt])).toEqual(
      [
        [AT, 1, now],
        [AT + 60_000, 2, now],
        [AT + 120_000, 3, now],
      ],
    )
  })

  test('a payload beyond the limit is kept truncated, told so, and not replayed', async () => {
    const { connect, records, broker } = await openFixture({ limits: { quarantineBytes: 20 } })
    await send(await connect('meter-a'), 'meter-a', `{"values":{"energy":"${'x'.repeat(50)}"}}`)
    const [row] = (await records.listQuarantine(EVERYTHING, { limit: 10 })).items
    expect(row).toMatchObject({ kept: 1, truncated: 1 })
    const kept = (await records.quarantinedMessages(EVERYTHING, { entry: row?.id ?? 0, limit: 10 })).items
    expect(kept).toMatchObject([{ truncated: true }])
    expect(kept[0]?.payload).toHaveLength(20)
    expect(await broker.replay(kept)).toEqual([{ stored: 0, refused: 'too-large' }])
  })

  test('a message as large as a packet may be is kept whole', async () => {
    const { connect, records } = await openFixture()
    const body = { values: { energy: 'x'.repeat(250_000) } }
    await send(await connect('meter-a'), 'meter-a', body)
    const [row] = (await records.listQuarantine(EVERYTHING, { limit: 10 })).items
    const kept = (await records.quarantinedMessages(EVERYTHING, { entry: row?.id ?? 0, limit: 10 })).items
    expect(JSON.parse(Buffer.from(kept[0]?.payload ?? []).toString())).toEqual(body)
  })

  test('a message that the quarantine has no room for is not acknowledged', async () => {
    const { connect, broker } = await openFixture({ limits: { quarantineQueueBytes: 10 } })
    const client = await connect('meter-a')
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()))
    send(client, 'meter-a', 'this is no JSON').catch(() => {})
    await closed
    expect(broker.state().counters).toMatchObject({ messagesAcknowledged: 0, quarantineOverflow: 1 })
  })
})

describe('undeclared keys', () => {
  test('become proposed points, and their readings are stored', async () => {
    const { connect, readings, records } = await openFixture()
    await send(await connect('meter-a'), 'meter-a', { ts: AT, values: { fresh: 1, door: 'open' } })
    expect(await readings('meter-a', 'fresh')).toHaveLength(1)
    expect(await readings('meter-a', 'door')).toHaveLength(1)
    await eventually(
      async () => (await records.listProposedPoints(EVERYTHING, { device: 'meter-a', limit: 9 })).length === 2,
    )
  })

  test('10,000 of one device: 200 are proposed, also over a restart, the rest is quarantined', async () => {
    const { connect, records, quarantine, broker } = await openFixture()
    const client = await connect('meter-a')
    const keys = Array.from({ length: 10_000 }, (_, i) => `key-${i}`)
    for (let from = 0; from < keys.length; from += 2_500) {
      const values = Object.fromEntries(keys.slice(from, from + 2_500).map((key) => [key, 1]))
      await send(client, 'meter-a', { ts: AT, values })
    }
    const proposed = async (): Promise<number> =>
      (await records.listProposedPoints(EVERYTHING, { device: 'meter-a', limit: 500 })).length
    await eventually(async () => (await proposed()) === 200)
    expect(broker.state().counters).toMatchObject({ readingsStored: 200, readingsQuarantined: 9_800 })
    expect(await quarantine()).toEqual({ 'too-many-points': 4 })
    const second = await openFixture({ records })
    await send(await second.connect('meter-a'), 'meter-a', { ts: AT, values: { 'key-9999': 1, 'key-1': 2 } })
    expect(await quarantine()).toEqual({ 'too-many-points': 5 })
    expect(await second.readings('meter-a', 'key-1')).toHaveLength(1)
  })

  test('an accepted one counts from the next message on', async () => {
    const { connect, records, quarantine } = await openFixture()
    const client = await connect('meter-a')
    await send(client, 'meter-a', { ts: AT, values: { fresh: 'text' } })
    const value = { id: 'meter-a', premises: 'hall-a', points: [{ key: 'fresh', kind: 'gauge' }] }
    const actor = { kind: 'system', id: 'test', name: 'test', organisation: null } as const
    await records.change({ objects: [{ kind: 'devices', id: 'meter-a', value }] }, actor, 'change')
    await send(client, 'meter-a', { ts: AT + 1, values: { fresh: 'text' } })
    expect(await quarantine()).toEqual({ 'wrong-type': 1 })
  })
})
