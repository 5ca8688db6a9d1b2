// What goes out over a bridge to a real Mosquitto: Sparkplug rebirths, commands and host state, downlinks of LoRaWAN servers.
import { connectAsync, type MqttClient } from 'mqtt'
import { describe, expect, onTestFinished, test, type TestContext } from 'vitest'
import { decodePayloadBytes, encodePayload } from '#broker/codecs/sparkplug-b/payload.ts'
import { brokerLimits } from '#broker/limits.ts'
import { openBroker, type Broker } from '#broker/open-broker.ts'
import type { DeviceMessage } from '#broker/publish.ts'
import { BRIDGE } from '#domain/bridges/bridge.ts'
import type { Connector, Records } from '#domain/ports/records.ts'
import { createSealer } from '#server/sealer.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'
import { notRun } from '#tests/not-run.ts'
import { ACTOR, eventually } from './broker-fixture.ts'
import { SEALING_KEY, bridgeRecords } from './bridge-records.ts'
import { startOther } from './other-broker.ts'

const EUI = 'a81758fffe03aa01'
const common = { credential: 'silta', premises: 'hall-a', acceptUnknown: false }
const CONNECTORS: Connector[] = [
  {
    ...common,
    id: 'plant',
    name: 'Plant',
    topicFilter: 'spBv1.0/Town/#',
    codec: 'sparkplug-b',
    deviceMap: { 'Town/plant': 'meter-a' },
  },
  {
    ...common,
    id: 'lora',
    name: 'LoRa',
    topicFilter: 'application/7/#',
    codec: 'chirpstack',
    deviceMap: { [EUI]: 'sensor-a' },
  },
]
type Outside = {
  broker: Broker
  records: Records
  client: MqttClient
  /** What an outside listener heard, by topic. */
  heard: Map<string, Buffer[]>
  messages: DeviceMessage[]
  halt(): Promise<void>
}

async function openOutside(context: TestContext, version: '3.1.1' | '5'): Promise<Outside> {
  const other = await startOther()
  if (other === null) return notRun(context, 'a Mosquitto', 'apt-get install mosquitto')
  onTestFinished(() => other.stop())
  const records = await bridgeRecords(other, { version, topicFilters: ['spBv1.0/#', 'application/#'] })
  for (const connector of CONNECTORS) await records.putConnector(connector, ACTOR)
  const messages: DeviceMessage[] = []
  const broker = await openBroker({
    settings: { tcp: null, tls: null, allowedOrigins: [], limits: brokerLimits({ bridgePauseMs: 1_000 }) },
    telemetry: openMemoryTelemetry(),
    records,
    sealer: createSealer(SEALING_KEY),
    now: Date.now,
    log: () => {},
    onMessage: (message) => void messages.push(message),
  })
  onTestFinished(() => broker.close())
  const client = await connectAsync(other.url, { ...other.access, reconnectPeriod: 0 })
  client.on('error', () => {})
  onTestFinished(() => client.endAsync(true).then(() => {}))
  const heard = new Map<string, Buffer[]>()
  client.on('message', (topic, payload) => void heard.set(topic, [...(heard.get(topic) ?? []), payload]))
  await client.subscribeAsync(['spBv1.0/+/NCMD/#', 'spBv1.0/STATE/+', 'application/+/device/+/command/+'], { qos: 1 })
  await eventually(() => broker.bridgeStanding('silta')?.state === 'connected', 10_000)
  return { broker, records, client, heard, messages, halt: other.halt }
}
const quarantined = async (records: Records): Promise<number> =>
  (await records.listQuarantine({ organisation: null }, { limit: 10 })).items.length

describe.each(['3.1.1', '5'] as const)('MQTT %s', (version) => {
  test('data of an unknown edge node asks for its births over the bridge; a command goes the same way', async (context) => {
    const { broker, records, client, heard } = await openOutside(context, version)
    const energy = { name: 'energy', datatype: 10, doubleValue: 5 }
    const data = encodePayload({ timestamp: Date.now(), seq: 3, metrics: [energy] })
    await client.publishAsync('spBv1.0/Town/NDATA/plant', Buffer.from(data), { qos: 1 })
    await eventually(() => heard.has('spBv1.0/Town/NCMD/plant'))
    const asked = decodePayloadBytes(heard.get('spBv1.0/Town/NCMD/plant')?.[0] ?? Buffer.alloc(0))
    expect(asked).toMatchObject({ payload: { metrics: [{ name: 'Node Control/Rebirth', value: true }] } })

    const metrics = [
      { name: 'bdSeq', datatype: 4, longValue: 0 },
      { name: 'setpoint', datatype: 10, doubleValue: 20 },
    ]
    const birth = encodePayload({ timestamp: Date.now(), seq: 0, metrics })
    await client.publishAsync('spBv1.0/Town/NBIRTH/plant', Buffer.from(birth), { qos: 1 })
    const command = { id: 'c-1', name: 'setpoint', params: { value: 21.5 }, expiresAt: null }
    await eventually(async () => (await broker.publishToDevice('meter-a', command)).sent)
    await eventually(() => (heard.get('spBv1.0/Town/NCMD/plant')?.length ?? 0) > 1)
    const told = decodePayloadBytes(heard.get('spBv1.0/Town/NCMD/plant')?.at(-1) ?? Buffer.alloc(0))
    expect(told).toMatchObject({ payload: { metrics: [{ name: 'setpoint', value: 21.5 }] } })
    // What comes back of our own is no reading and no riddle.
    await broker.settled()
    expect(await quarantined(records)).toBe(0)
  })

  test('a downlink for ChirpStack goes out and its end is read back; while the bridge is away it is not sent', async (context) => {
    const { broker, client, heard, messages, records, halt } = await openOutside(context, version)
    const up = {
      time: new Date().toISOString(),
      deviceInfo: { applicationId: '7', deviceName: 'Room', devEui: EUI },
      devAddr: '01020304',
      fCnt: 1,
      fPort: 5,
      data: 'AQ==',
      object: { temperature: 21 },
    }
    await client.publishAsync(`application/7/device/${EUI}/event/up`, JSON.stringify(up), { qos: 1 })
    await eventually(() => broker.presenceOf('sensor-a').lastHeardAt !== null)
    const command = { id: 'c-2', name: 'set', params: { fPort: 10, hex: '0102' }, expiresAt: null }
    const topic = `application/7/device/${EUI}/command/down`
    expect(await broker.publishToDevice('sensor-a', command)).toEqual({ sent: true, via: 'chirpstack', topic })
    await eventually(() => heard.has(topic))
    const sent = JSON.parse(String(heard.get(topic)?.[0])) as { id: string }
    expect(sent).toMatchObject({ devEui: EUI, fPort: 10, data: 'AQI=' })
    const acknowledged = { time: up.time, deviceInfo: up.deviceInfo, queueItemId: sent.id }
    await client.publishAsync(`application/7/device/${EUI}/event/txack`, JSON.stringify(acknowledged), { qos: 1 })
    await eventually(() => messages.some(({ use }) => use === 'result'))
    expect(messages.at(-1)).toMatchObject({ device: 'sensor-a', topic: 'samtila/v1/sensor-a/commands/c-2/result' })
    await broker.settled()
    expect(await quarantined(records)).toBe(0)
    await halt()
    await eventually(() => broker.bridgeStanding('silta')?.state !== 'connected')
    expect(await broker.publishToDevice('sensor-a', command)).toMatchObject({ sent: false, reason: 'not-connected' })
  })

  test('edge nodes of the other broker see the state of this host, also when the bridge is switched off', async (context) => {
    const { records, heard } = await openOutside(context, version)
    const states = (): boolean[] =>
      (heard.get('spBv1.0/STATE/samtila') ?? []).map(
        (payload) => (JSON.parse(String(payload)) as { online: boolean }).online,
      )
    await eventually(() => states().at(-1) === true)
    const paper = await records.getPaper({ organisation: null }, BRIDGE, 'silta')
    if (paper === null) throw new Error('no bridge')
    const { id, premises, audience, dueAt, body } = paper
    const off = { id, premises, audience, dueAt, body, state: 'off' }
    await records.changePapers({ papers: [{ kind: BRIDGE, paper: off }] }, ACTOR, 'test')
    await eventually(() => states().at(-1) === false)
  })
})
