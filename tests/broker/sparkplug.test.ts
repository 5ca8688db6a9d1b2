// Sparkplug B 3.0 in the broker: edge nodes on real sockets, payloads encoded here after the specification, section 6.4.
import protobuf from 'protobufjs'
import type { MqttClient } from 'mqtt'
import { describe, expect, test } from 'vitest'
import { decodePayloadBytes } from '#broker/codecs/sparkplug-b/payload.ts'
import type { DeviceMessage } from '#broker/publish.ts'
import type { Connector } from '#domain/ports/records.ts'
import { ACTOR, eventually, openFixture } from './broker-fixture.ts'
import type { Fixture } from './broker-fixture.ts'

/** The schema in the specification's own words, so that the platform's reading of it is not tested against itself. */
const { root } = protobuf.parse(`
  syntax = "proto2"; package org.eclipse.tahu.protobuf;
  message Payload {
    message DataSet { optional uint64 num_of_columns = 1; repeated string columns = 2; repeated uint32 types = 3; }
    message Template { optional string version = 1; repeated Metric metrics = 2; optional string template_ref = 4; optional bool is_definition = 5; }
    message PropertyValue { optional uint32 type = 1; optional bool is_null = 2;
      oneof value { uint32 int_value = 3; uint64 long_value = 4; float float_value = 5; double double_value = 6; bool boolean_value = 7; string string_value = 8; } }
    message PropertySet { repeated string keys = 1; repeated PropertyValue values = 2; }
    message Metric { optional string name = 1; optional uint64 alias = 2; optional uint64 timestamp = 3; optional uint32 datatype = 4;
      optional bool is_historical = 5; optional bool is_transient = 6; optional bool is_null = 7; optional PropertySet properties = 9;
      oneof value { uint32 int_value = 10; uint64 long_value = 11; float float_value = 12; double double_value = 13; bool boolean_value = 14;
        string string_value = 15; bytes bytes_value = 16; DataSet dataset_value = 17; Template template_value = 18; } }
    optional uint64 timestamp = 1; repeated Metric metrics = 2; optional uint64 seq = 3; optional string uuid = 4; optional bytes body = 5;
  }`)
const Payload = root.lookupType('org.eclipse.tahu.protobuf.Payload')
type Members = { [key: string]: unknown }
const bytes = (payload: Members): Buffer => Buffer.from(Payload.encode(Payload.fromObject(payload)).finish())
const [INT16, INT64, DOUBLE, BOOLEAN, DATA_SET, TEMPLATE] = [2, 4, 10, 11, 16, 19]

const CONNECTOR: Connector = {
  id: 'plant',
  name: 'Plant',
  topicFilter: 'spBv1.0/Town/#',
  codec: 'sparkplug-b',
  credential: 'gateway-a',
  premises: 'hall-a',
  deviceMap: { 'Town/plant': 'sensor-a', 'Town/plant/pump': 'meter-a' },
  acceptUnknown: false,
}
const START = Date.UTC(2026, 0, 15, 12)

/** An edge node as the specification describes it: will, subscription, births, then data with sequence numbers. */
class EdgeNode {
  readonly client: MqttClient
  readonly received: [string, Buffer][] = []
  seq = 0
  now = START
  constructor(client: MqttClient) {
    this.client = client
    client.on('message', (topic, payload) => void this.received.push([topic, payload]))
  }
  static death = (bdSeq: number): Buffer =>
    bytes({ timestamp: START, metrics: [{ name: 'bdSeq', datatype: INT64, longValue: bdSeq }] })
  static async connect(fixture: Fixture, bdSeq = 0): Promise<EdgeNode> {
    const will = { topic: 'spBv1.0/Town/NDEATH/plant', payload: EdgeNode.death(bdSeq), qos: 1 as const, retain: false }
    const node = new EdgeNode(await fixture.connect('gateway-a', { clientId: `plant-${bdSeq}`, will }))
    await node.client.subscribeAsync(['spBv1.0/Town/NCMD/plant', 'spBv1.0/Town/DCMD/plant/#', 'spBv1.0/STATE/samtila'])
    return node
  }
  send(type: string, metrics: Members[], device = '', seq = this.seq++ % 256): Promise<unknown> {
    const payload = bytes({ timestamp: this.now++, seq, metrics })
    return this.client.publishAsync(`spBv1.0/Town/${type}/plant${device}`, payload, { qos: 1 })
  }
  async birth(bdSeq = 0): Promise<void> {
    this.seq = 0
    await this.send('NBIRTH', [
      { name: 'bdSeq', datatype: INT64, longValue: bdSeq },
      { name: 'Node Control/Rebirth', datatype: BOOLEAN, booleanValue: false },
      { name: 'temperature', alias: 1, datatype: INT16, intValue: 21 },
    ])
    const properties = { keys: ['engUnit'], values: [{ type: 12, stringValue: 'kWh' }] }
    await this.send(
      'DBIRTH',
      [
        { name: 'energy', alias: 2, datatype: DOUBLE, doubleValue: 100, properties },
        { name: 'setpoint', alias: 3, datatype: INT16, isNull: true },
        { name: 'table', alias: 4, datatype: DATA_SET, datasetValue: { numOfColumns: 1, columns: ['a'], types: [3] } },
        { name: 'motor', alias: 5, datatype: TEMPLATE, templateValue: { version: '1', isDefinition: true } },
      ],
      '/pump',
    )
  }
  commands(): { topic: string; metrics: unknown[] }[] {
    return this.received
      .filter(([topic]) => topic.includes('CMD/'))
      .map(([topic, payload]) => {
        const result = decodePayloadBytes(payload)
        const metrics = 'payload' in result ? result.payload.metrics : []
        return { topic, metrics: metrics.map(({ name, value, datatype }) => [name, value, datatype]) }
      })
  }
}
const values = async (fixture: Fixture, device: string, point: string): Promise<unknown[]> =>
  (await fixture.readings(device, point)).map(({ value }) => value)

describe('edge nodes', () => {
  test('births name the aliases of later data and declare points; sets and templates are left out by name', async () => {
    const fixture = await openFixture({ connectors: [CONNECTOR], now: () => START + 60_000 })
    const node = await EdgeNode.connect(fixture)
    await node.birth()
    await node.send('NDATA', [{ alias: 1, intValue: 0xffffffff }])
    await node.send('DDATA', [{ alias: 2, doubleValue: 101.5 }], '/pump')
    expect(await values(fixture, 'sensor-a', 'temperature')).toEqual([21, -1])
    expect(await values(fixture, 'meter-a', 'energy')).toEqual([100, 101.5])
    expect(await fixture.quarantine()).toEqual({})
    const proposed = async (): Promise<string[]> =>
      (await fixture.records.listProposedPoints({ organisation: null }, { device: 'meter-a', limit: 10 })).map(
        ({ key }) => key,
      )
    // A metric that has no value yet is a point all the same.
    await eventually(async () => (await proposed()).join() === 'setpoint')
    expect(node.commands()).toEqual([])
  })

  test('data before a birth, a gap and an unknown alias: the node is asked for its births, once in a while', async () => {
    let now = START
    const fixture = await openFixture({
      connectors: [CONNECTOR],
      now: () => now,
      limits: { sparkplugRebirthMs: 5_000 },
    })
    const node = await EdgeNode.connect(fixture)
    const rebirth = { topic: 'spBv1.0/Town/NCMD/plant', metrics: [['Node Control/Rebirth', true, BOOLEAN]] }
    await node.send('NDATA', [{ alias: 1, intValue: 5 }])
    await node.send('NDATA', [{ alias: 1, intValue: 6 }])
    await eventually(() => node.commands().length > 0)
    expect(node.commands()).toEqual([rebirth])
    expect(await fixture.quarantine()).toEqual({ 'unknown-alias': 2 })
    await node.birth()
    await node.send('NDATA', [{ alias: 1, intValue: 7 }], '', 9)
    await eventually(() => node.commands().length === 2)
    now += 5_001
    await node.send('NDATA', [{ alias: 77, intValue: 7 }], '', 10)
    await eventually(() => node.commands().length === 3)
    expect(await values(fixture, 'sensor-a', 'temperature')).toEqual([21, 7])
  })

  test('after a restart nothing is known: the node is asked, and its aliases count again', async () => {
    const first = await openFixture({ connectors: [CONNECTOR] })
    const before = await EdgeNode.connect(first)
    await before.birth()
    await first.broker.close()
    const second = await openFixture({ records: first.records, now: () => START + 60_000 })
    const after = await EdgeNode.connect(second)
    await after.send('NDATA', [{ alias: 1, intValue: 30 }], '', 2)
    await eventually(() => after.commands().length === 1)
    expect(await values(second, 'sensor-a', 'temperature')).toEqual([])
    await after.birth()
    await after.send('NDATA', [{ alias: 1, intValue: 31 }])
    expect(await values(second, 'sensor-a', 'temperature')).toEqual([21, 31])
  })

  test('a broken connection publishes the death: node and devices are stale; a late will of the session before is not believed', async () => {
    const fixture = await openFixture({ connectors: [CONNECTOR] })
    const state = (device: string): string => fixture.broker.presenceOf(device).state
    const first = await EdgeNode.connect(fixture, 4)
    first.now = Date.now()
    await first.birth(4)
    expect([state('sensor-a'), state('meter-a')]).toEqual(['works', 'works'])
    first.client.stream.destroy()
    await eventually(() => state('sensor-a') === 'stale' && state('meter-a') === 'stale')
    const second = await EdgeNode.connect(fixture, 5)
    second.now = Date.now()
    await second.birth(5)
    expect([state('sensor-a'), state('meter-a')]).toEqual(['works', 'works'])
    await second.client.publishAsync('spBv1.0/Town/NDEATH/plant', EdgeNode.death(4), { qos: 1 })
    expect(state('sensor-a')).toBe('works')
    await second.send('DDEATH', [], '/pump')
    expect([state('sensor-a'), state('meter-a')]).toEqual(['works', 'stale'])
  })
})

describe('host', () => {
  test('its state is retained, and offline when it goes, with the same instant', async () => {
    const fixture = await openFixture({ connectors: [CONNECTOR], now: () => START })
    const node = await EdgeNode.connect(fixture)
    await eventually(() => node.received.length === 1)
    await fixture.broker.close()
    await eventually(() => node.received.length === 2)
    expect(node.received.map(([topic, payload]) => [topic, JSON.parse(payload.toString()) as unknown])).toEqual([
      ['spBv1.0/STATE/samtila', { online: true, timestamp: START }],
      ['spBv1.0/STATE/samtila', { online: false, timestamp: START }],
    ])
  })

  test('commands go by the datatype of the birth, and only for metrics that it named', async () => {
    const messages: DeviceMessage[] = []
    const fixture = await openFixture({ connectors: [CONNECTOR], onMessage: (message) => void messages.push(message) })
    const send = (device: string, name: string, params: number | string | boolean | null) =>
      fixture.broker.publishToDevice(device, { id: 'c-1', name, params, expiresAt: null })
    expect(await send('meter-a', 'setpoint', 5)).toMatchObject({ sent: false, reason: 'bad-params' })
    const node = await EdgeNode.connect(fixture)
    await node.birth()
    expect(await send('meter-a', 'setpoint', -5)).toEqual({
      sent: true,
      via: 'sparkplug-b',
      topic: 'spBv1.0/Town/DCMD/plant/pump',
    })
    expect(await send('sensor-a', 'rebirth', null)).toMatchObject({ sent: true, topic: 'spBv1.0/Town/NCMD/plant' })
    expect(await send('meter-a', 'nothing', 5)).toMatchObject({ sent: false, reason: 'bad-params' })
    expect(await send('meter-a', 'setpoint', 40_000)).toMatchObject({ sent: false, reason: 'bad-params' })
    expect(await send('nobody', 'setpoint', 5)).toMatchObject({ sent: false, reason: 'unknown-device' })
    await eventually(() => node.commands().length === 2)
    expect(node.commands()).toEqual([
      { topic: 'spBv1.0/Town/DCMD/plant/pump', metrics: [['setpoint', 2 ** 32 - 5, INT16]] },
      { topic: 'spBv1.0/Town/NCMD/plant', metrics: [['Node Control/Rebirth', true, BOOLEAN]] },
    ])
    expect(messages.map(({ use, topic }) => [use, topic])).toContainEqual([
      'sent',
      'samtila/v1/meter-a/commands/c-1/sent',
    ])
    await node.client.endAsync()
    await eventually(() => fixture.broker.presenceOf('gateway-a').state !== 'works')
    expect(await send('sensor-a', 'rebirth', null)).toMatchObject({ sent: false, reason: 'not-connected' })
  })
})

describe('rights', () => {
  const OTHER: Connector = { ...CONNECTOR, id: 'other', credential: 'gateway-b', premises: 'hall-b', deviceMap: {} }
  test.each([
    ['spBv1.0/Town/NCMD/plant', true],
    ['spBv1.0/Town/NCMD/+', true],
    ['spBv1.0/Town/DCMD/plant/+', true],
    ['spBv1.0/Town/NCMD/plant/#', true],
    ['spBv1.0/STATE/samtila', true],
    ['spBv1.0/STATE/+', false],
    ['spBv1.0/Village/NCMD/plant', false],
    ['spBv1.0/+/NCMD/plant', false],
    ['spBv1.0/Town/#', false],
    ['spBv1.0/Town/NDATA/plant', false],
    ['spBv1.0/#', false],
    ['#', false],
  ])('%s: %s', async (filter, isGranted) => {
    const fixture = await openFixture({ connectors: [CONNECTOR] })
    const gateway = await fixture.connect('gateway-a')
    const granted = await gateway.subscribeAsync(filter).then(
      (grants) => grants.every(({ qos }) => qos < 128),
      () => false,
    )
    expect(granted).toBe(isGranted)
  })

  test("another gateway with the same filter gets nothing of this one's", async () => {
    const fixture = await openFixture({ connectors: [CONNECTOR, OTHER] })
    const spy = new EdgeNode(await fixture.connect('gateway-b'))
    await spy.client.subscribeAsync('spBv1.0/Town/NCMD/plant')
    const node = await EdgeNode.connect(fixture)
    await node.send('NDATA', [{ alias: 1, intValue: 5 }])
    await eventually(() => node.commands().length === 1)
    expect(spy.received).toEqual([])
    await expect(spy.client.subscribeAsync('spBv1.0/Town/NCMD/plant')).resolves.toBeDefined()
    await fixture.records.deleteConnector('other', ACTOR)
    fixture.broker.refreshConnectors()
    await expect(spy.client.subscribeAsync('spBv1.0/Town/NCMD/else')).rejects.toThrow(/./)
  })
})
