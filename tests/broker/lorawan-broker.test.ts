// LoRaWAN through the broker: copies of a frame are one reading, downlinks go by the network server and their end is read back.
import type { MqttClient } from 'mqtt'
import { describe, expect, test } from 'vitest'
import type { DeviceMessage } from '#broker/publish.ts'
import type { Connector } from '#domain/ports/records.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { ACTOR, eventually, fillRecords, openFixture } from './broker-fixture.ts'
import type { Fixture } from './broker-fixture.ts'

const AT = Date.UTC(2026, 0, 15, 12)
const EUI = 'a81758fffe03aa01'
const CHIRPSTACK: Connector = {
  id: 'chirpstack-a',
  name: 'ChirpStack',
  topicFilter: 'application/7/device/+/event/+',
  codec: 'chirpstack',
  credential: 'gateway-a',
  premises: 'hall-a',
  deviceMap: { [EUI]: 'sensor-a', A81758FFFE03AA01: 'sensor-a' },
  acceptUnknown: false,
}
const TTS: Connector = {
  ...CHIRPSTACK,
  id: 'tts-a',
  topicFilter: 'v3/halls@town/devices/+/#',
  codec: 'tts',
  credential: 'gateway-b',
}
const iso = (at: number): string => new Date(at).toISOString()

function uplink(fCnt: number, temperature: number, at: number, devAddr = '01020304'): object {
  const deviceInfo = { tenantId: 't', applicationId: '7', deviceName: 'Room 7', devEui: EUI }
  return {
    deduplicationId: 'd',
    time: iso(at),
    deviceInfo,
    devAddr,
    fCnt,
    fPort: 5,
    data: 'AQ==',
    object: { temperature },
  }
}
function ttsUplink(f_cnt: number, temperature: number, at: number): object {
  const ids = {
    device_id: 'room-7',
    application_ids: { application_id: 'halls' },
    dev_eui: EUI.toUpperCase(),
    dev_addr: '01020304',
  }
  return {
    end_device_ids: ids,
    uplink_message: { f_cnt, f_port: 5, received_at: iso(at), decoded_payload: { temperature } },
  }
}
const publish = (client: MqttClient, topic: string, body: object): Promise<unknown> =>
  client.publishAsync(topic, JSON.stringify(body), { qos: 1 })
const UP = `application/7/device/${EUI}/event/up`
const stored = async (fixture: Fixture): Promise<unknown[]> =>
  (await fixture.readings('sensor-a', 'temperature')).map(({ at, value }) => [at - AT, value])

describe('copies', () => {
  test('the same frame again, and by another server, is one reading', async () => {
    const fixture = await openFixture({ connectors: [CHIRPSTACK, TTS], now: () => AT + 10_000 })
    const [one, two] = [await fixture.connect('gateway-a'), await fixture.connect('gateway-b')]
    await publish(one, UP, uplink(80, 21.5, AT))
    await publish(one, UP, uplink(80, 21.5, AT + 40))
    await publish(two, 'v3/halls@town/devices/room-7/up', ttsUplink(80, 21.5, AT + 350))
    await publish(one, UP, uplink(81, 21.5, AT + 1_000))
    expect(await stored(fixture)).toEqual([
      [0, 21.5],
      [1_000, 21.5],
    ])
    expect(fixture.broker.state().counters).toMatchObject({ readingsDuplicate: 2, messagesAcknowledged: 4 })
  })

  test('a counter that begins again after a join is no copy, nor is another session or another value', async () => {
    const fixture = await openFixture({ connectors: [CHIRPSTACK], now: () => AT + 10_000 })
    const gateway = await fixture.connect('gateway-a')
    await publish(gateway, UP, uplink(0, 21.5, AT))
    await publish(gateway, `application/7/device/${EUI}/event/join`, {
      deviceInfo: { tenantId: 't', devEui: EUI },
      deduplicationId: 'j',
      devAddr: '01020304',
    })
    await publish(gateway, UP, uplink(0, 21.5, AT + 1_000))
    await publish(gateway, UP, uplink(0, 21.5, AT + 2_000, '0a0b0c0d'))
    await publish(gateway, UP, uplink(0, 22, AT + 3_000, '0a0b0c0d'))
    expect((await stored(fixture)).length).toBe(4)
  })

  test('the same counter and value much later is another frame', async () => {
    let now = AT
    const fixture = await openFixture({ connectors: [CHIRPSTACK], now: () => now })
    const gateway = await fixture.connect('gateway-a')
    await publish(gateway, UP, uplink(5, 21.5, AT))
    now += 601_000
    await publish(gateway, UP, uplink(5, 21.5, now))
    expect((await stored(fixture)).length).toBe(2)
  })
})

describe('downlinks', () => {
  const command = (params: object) => ({ id: 'c-1', name: 'set', params: params as never, expiresAt: null })

  test('what the first uplink told is kept: after a restart the device is reached before it speaks, while its connector is there', async () => {
    const records = openMemoryRecords()
    await fillRecords(records)
    await records.putConnector(CHIRPSTACK, ACTOR)
    const before = await openFixture({ records })
    await publish(await before.connect('gateway-a'), UP, uplink(1, 20, Date.now()))
    await before.broker.close()
    const fixture = await openFixture({ records })
    const gateway = await fixture.connect('gateway-a', { clientId: 'gateway-a-2' })
    await gateway.subscribeAsync('application/7/device/+/command/down', { qos: 1 })
    const send = () => fixture.broker.publishToDevice('sensor-a', command({ fPort: 10, hex: '0a' }))
    expect(await send()).toMatchObject({ sent: true, topic: `application/7/device/${EUI}/command/down` })
    await records.deleteConnector(CHIRPSTACK.id, ACTOR)
    fixture.broker.refreshConnectors()
    expect(await send()).toMatchObject({ sent: false })
  })

  test('ChirpStack: refused before the first uplink, sent then, and answered by txack and ack', async () => {
    const messages: DeviceMessage[] = []
    const fixture = await openFixture({ connectors: [CHIRPSTACK], onMessage: (message) => void messages.push(message) })
    const gateway = await fixture.connect('gateway-a')
    const heard: [string, { [key: string]: unknown }][] = []
    gateway.on('message', (topic, payload) => heard.push([topic, JSON.parse(payload.toString()) as never]))
    await gateway.subscribeAsync('application/7/device/+/command/down', { qos: 1 })
    const send = (params: object) => fixture.broker.publishToDevice('sensor-a', command(params))
    expect(await send({ fPort: 10, hex: '0a0b' })).toMatchObject({ sent: false, reason: 'bad-params' })
    await publish(gateway, UP, uplink(1, 20, Date.now()))
    for (const wrong of [
      { fPort: 0, hex: '0a' },
      { fPort: 10 },
      { fPort: 10, data: '*' },
      { fPort: 10, hex: 'ab'.repeat(243) },
    ]) {
      expect(await send(wrong)).toMatchObject({ sent: false, reason: 'bad-params' })
    }
    expect(await send({ fPort: 10, hex: '0a0b', confirmed: true })).toEqual({
      sent: true,
      via: 'chirpstack',
      topic: `application/7/device/${EUI}/command/down`,
    })
    await eventually(() => heard.length === 1)
    const { id, ...sent } = heard[0]?.[1] ?? {}
    expect(sent).toEqual({ devEui: EUI, confirmed: true, fPort: 10, data: 'Cgs=' })
    const event = { deviceInfo: { tenantId: 't', devEui: EUI }, deduplicationId: 'x', queueItemId: id }
    await publish(gateway, `application/7/device/${EUI}/event/txack`, { ...event, gatewayId: 'g', downlinkId: 4 })
    await publish(gateway, `application/7/device/${EUI}/event/ack`, { ...event, acknowledged: true, fCntDown: 4 })
    expect(messages.map(({ use, topic, payload }) => [use, topic, payload.toString()])).toEqual([
      ['sent', 'samtila/v1/sensor-a/commands/c-1/sent', '{}'],
      ['result', 'samtila/v1/sensor-a/commands/c-1/result', '{"ok":true,"data":null}'],
    ])
    // Unconfirmed: being on the air is all that will be heard.
    await send({ fPort: 11, data: 'AQ==' })
    await eventually(() => heard.length === 2)
    await publish(gateway, `application/7/device/${EUI}/event/txack`, { ...event, queueItemId: heard[1]?.[1]['id'] })
    expect(messages.at(-1)?.use).toBe('result')
    expect(await fixture.quarantine()).toEqual({})
  })

  test('The Things Stack: pushed with a correlation id, its failure read back', async () => {
    const messages: DeviceMessage[] = []
    const mine = { ...TTS, credential: 'gateway-a' }
    const fixture = await openFixture({ connectors: [mine], onMessage: (message) => void messages.push(message) })
    const gateway = await fixture.connect('gateway-a')
    const heard: [string, { downlinks: { [key: string]: unknown }[] }][] = []
    gateway.on('message', (topic, payload) => heard.push([topic, JSON.parse(payload.toString()) as never]))
    await gateway.subscribeAsync('v3/halls@town/devices/+/down/push', { qos: 1 })
    await publish(gateway, 'v3/halls@town/devices/room-7/up', ttsUplink(1, 20, Date.now()))
    await fixture.broker.publishToDevice('sensor-a', command({ fPort: 10, data: 'AQID' }))
    await eventually(() => heard.length === 1)
    const [topic, { downlinks }] = heard[0] as (typeof heard)[0]
    const { correlation_ids, ...downlink } = downlinks[0] ?? {}
    expect(topic).toBe('v3/halls@town/devices/room-7/down/push')
    expect(downlink).toEqual({ f_port: 10, frm_payload: 'AQID', priority: 'NORMAL', confirmed: false })
    const ids = { device_id: 'room-7', dev_eui: EUI.toUpperCase(), application_ids: { application_id: 'halls' } }
    const failed = { downlink: { correlation_ids }, error: { message_format: 'no gateway' } }
    await publish(gateway, 'v3/halls@town/devices/room-7/down/failed', { end_device_ids: ids, downlink_failed: failed })
    expect(messages.map(({ use, payload }) => [use, payload.toString()])).toEqual([
      ['result', '{"ok":false,"error":"no gateway"}'],
    ])
  })

  test('a carrier takes them where the gateway is no connection here', async () => {
    const carried: string[] = []
    const fixture = await openFixture({ connectors: [CHIRPSTACK] })
    const gateway = await fixture.connect('gateway-a')
    await publish(gateway, UP, uplink(1, 20, Date.now()))
    const send = () => fixture.broker.publishToDevice('sensor-a', command({ fPort: 10, hex: '01' }))
    expect(await send()).toMatchObject({ sent: false, reason: 'not-connected' })
    const stop = fixture.broker.carry('gateway-a', async (topic) => carried.push(topic) > 0)
    expect(await send()).toMatchObject({ sent: true })
    stop()
    expect(await send()).toMatchObject({ sent: false, reason: 'not-connected' })
    expect(carried).toEqual([`application/7/device/${EUI}/command/down`])
  })
})
