// A gateway publishes what its connectors let it, and only for devices of their premises.
import { expect, test } from 'vitest'
import type { Connector } from '#domain/ports/records.ts'
import { ACTOR, openFixture } from './broker-fixture.ts'
import { connectOf, publishOf } from './packets.ts'

const ZIGBEE: Connector = {
  id: 'zigbee-a',
  name: 'Zigbee',
  topicFilter: 'zigbee2mqtt/#',
  codec: 'zigbee2mqtt',
  credential: 'gateway-a',
  premises: 'hall-a',
  deviceMap: { 'lobby plug': 'meter-a', 'storey 2/room': 'sensor-a', thief: 'meter-b' },
  acceptUnknown: false,
}

test('zigbee2mqtt through a gateway, by the device map and by device ids', async () => {
  const fixture = await openFixture({ connectors: [ZIGBEE] })
  const gateway = await fixture.connect('gateway-a')
  const at = Date.UTC(2026, 0, 15)
  const publish = (topic: string, body: object): Promise<unknown> =>
    gateway.publishAsync(topic, JSON.stringify({ ...body, last_seen: at }), { qos: 1 })
  await publish('zigbee2mqtt/lobby plug', { energy: 12.5, power: 40, linkquality: 99, state: 'ON' })
  await publish('zigbee2mqtt/storey 2/room', { temperature: 21.5, battery: '88.00' })
  await publish('zigbee2mqtt/sensor-a', { temperature: 22 })
  const values = async (device: string, point: string): Promise<unknown[]> =>
    (await fixture.readings(device, point)).map(({ value }) => value)
  expect(await values('meter-a', 'energy')).toEqual([12.5])
  expect(await values('meter-a', 'state')).toEqual(['ON'])
  expect(await values('sensor-a', 'battery')).toEqual([88])
  // The same instant again, with another value: the later one stands.
  expect(await values('sensor-a', 'temperature')).toEqual([22])
  expect(fixture.broker.state().counters.messagesAcknowledged).toBe(3)
})

test('devices of other premises and unknown keys are quarantined alike', async () => {
  const fixture = await openFixture({ connectors: [ZIGBEE] })
  const gateway = await fixture.connect('gateway-a')
  for (const name of ['thief', 'meter-b', 'nobody', '__proto__', 'constructor', 'toString', '..']) {
    await gateway.publishAsync(`zigbee2mqtt/${name}`, '{"energy":1}', { qos: 1 })
  }
  expect(await fixture.readings('meter-b', 'energy')).toEqual([])
  expect(await fixture.quarantine()).toEqual({ 'unknown-device': 7 })
})

test('a meter that does not name itself is told apart by its topic', async () => {
  const deviceMap = { 'p1/lobby': 'meter-a' }
  const fixture = await openFixture({
    connectors: [{ ...ZIGBEE, id: 'p1', topicFilter: 'p1/#', codec: 'dsmr', deviceMap }],
  })
  const gateway = await fixture.connect('gateway-a')
  const telegram = '/XYZ5 METER\r\n\r\n1-0:1.8.0(001234.567*kWh)\r\n!\r\n'
  for (const place of ['lobby', 'attic']) await gateway.publishAsync(`p1/${place}`, telegram, { qos: 1 })
  expect((await fixture.readings('meter-a', '1-0:1.8.0')).map(({ value }) => value)).toEqual([1234.567])
  const { items } = await fixture.records.listQuarantine({ organisation: null }, { limit: 5 })
  expect(items.map(({ reason, detail }) => [reason, detail])).toEqual([['unknown-device', 'p1/attic']])
})

test('another gateway, another topic and a plain device are refused', async () => {
  const everything: Connector = { ...ZIGBEE, id: 'all', topicFilter: '#', credential: 'gateway-b', premises: 'hall-b' }
  const fixture = await openFixture({ connectors: [ZIGBEE, everything] })
  const attempts: [string, string][] = [
    ['gateway-a', 'tele/plug/SENSOR'],
    ['gateway-a', 'samtila/v1/meter-a/telemetry'],
    ['gateway-b', 'samtila/v1/meter-b/telemetry'],
    ['gateway-b', '$SYS/x/new/clients'],
    ['meter-a', 'zigbee2mqtt/lobby plug'],
  ]
  for (const [id, topic] of attempts) {
    const raw = await fixture.raw()
    raw.write(connectOf(id), publishOf(topic, '{"energy":1}'))
    expect([id, topic, await raw.untilClosed()]).toEqual([id, topic, true])
  }
  expect(fixture.broker.state().counters.readingsStored).toBe(0)
  expect(fixture.broker.state().counters.refusedByReason).toEqual({ 'publish-not-allowed': attempts.length })
})

test('a changed connector counts at once when the broker is told, and an unknown codec is said', async () => {
  const fixture = await openFixture({ connectors: [ZIGBEE] })
  const gateway = await fixture.connect('gateway-a')
  await gateway.publishAsync('zigbee2mqtt/lobby plug', '{"energy":1}', { qos: 1 })
  await fixture.records.putConnector({ ...ZIGBEE, codec: 'morse' }, ACTOR)
  fixture.broker.refreshConnectors()
  await gateway.publishAsync('zigbee2mqtt/lobby plug', '{"energy":2}', { qos: 1 })
  expect(await fixture.quarantine()).toEqual({ 'unknown-codec': 1 })
  await fixture.records.deleteConnector('zigbee-a', ACTOR)
  fixture.broker.refreshConnectors()
  const raw = await fixture.raw()
  raw.write(connectOf('gateway-a', { clientId: 'again' }), publishOf('zigbee2mqtt/lobby plug', '{"energy":3}'))
  expect(await raw.untilClosed()).toBe(true)
})

test('a quarantined payload of an unknown device is replayed after it was mapped', async () => {
  const fixture = await openFixture({ connectors: [ZIGBEE] })
  const gateway = await fixture.connect('gateway-a')
  await gateway.publishAsync('zigbee2mqtt/new plug', '{"energy":1,"last_seen":1790000000000}', { qos: 1 })
  const { items } = await fixture.records.listQuarantine({ organisation: null }, { limit: 5 })
  await fixture.records.putConnector({ ...ZIGBEE, deviceMap: { 'new plug': 'meter-a' } }, ACTOR)
  fixture.broker.refreshConnectors()
  const query = { entry: items[0]?.id ?? 0, limit: 5 }
  const kept = await fixture.records.quarantinedMessages({ organisation: null }, query)
  expect(await fixture.broker.replay(kept.items)).toEqual([{ stored: 1, refused: null }])
  expect((await fixture.readings('meter-a', 'energy')).map(({ at }) => at)).toEqual([1_790_000_000_000])
})
