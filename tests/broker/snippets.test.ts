// Configuration snippets at work: Mosquitto runs its own; the others' settings are taken by a client that says what the program says.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { expect, onTestFinished, test } from 'vitest'
import { snippetFor, type SnippetProgram } from '#domain/snippets/snippet.ts'
import type { Connector } from '#domain/ports/records.ts'
import { freePort } from '#tests/free-port.ts'
import { findProgram, notRun } from '#tests/not-run.ts'
import { openFixture, type Fixture } from './broker-fixture.ts'

const GATEWAY = 'gateway-a'
const PASSWORD = `token of ${GATEWAY}`
const MESSAGES_MS = 10_000

/** A broker with the connector that the snippet says it needs, mapping one key to a meter. */
async function openFor(program: SnippetProgram, key: string): Promise<{ fixture: Fixture; text: string }> {
  const sample = snippetFor(program, { host: '127.0.0.1', port: 1, tls: false, username: GATEWAY, password: 'x' })
  const { codec, topicFilter } = sample?.needs ?? { codec: 'zigbee2mqtt', topicFilter: 'unused/#' }
  const connector: Connector = {
    id: 'c-1',
    name: program,
    topicFilter,
    codec,
    credential: GATEWAY,
    premises: 'hall-a',
    deviceMap: { [key]: 'meter-a' },
    acceptUnknown: false,
  }
  const fixture = await openFixture({ connectors: [connector] })
  const facts = { host: '127.0.0.1', port: fixture.port, tls: false, username: GATEWAY, password: PASSWORD }
  return { fixture, text: snippetFor(program, facts)?.text ?? '' }
}
const newest = (fixture: Fixture, point: string) =>
  expect.poll(async () => (await fixture.readings('meter-a', point)).at(-1)?.value, { timeout: MESSAGES_MS })

test('mosquitto: its own program reads the bridge and brings what is published there', async (context) => {
  const program = findProgram('mosquitto')
  if (program === null)
    return notRun(context, 'Mosquitto runs the bridge that is written for it', 'apt-get install mosquitto')
  const { fixture, text } = await openFor('mosquitto', 'plug')
  const folder = mkdtempSync(join(tmpdir(), 'samtila-snippet-'))
  const port = await freePort()
  const file = join(folder, 'mosquitto.conf')
  writeFileSync(file, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n${text}`)
  const child = spawn(program, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()))
  onTestFinished(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  })
  await expect.poll(() => fixture.broker.state().counters.connections, { timeout: MESSAGES_MS }).toBe(1)
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 4 })
  onTestFinished(async () => client.endAsync(true))
  await client.publishAsync('zigbee2mqtt/plug', '{"energy":139.15,"linkquality":255}', { qos: 1 })
  await newest(fixture, 'energy').toBe(139.15)
  // What is not passed on does not cost the connection.
  await client.publishAsync('elsewhere/x', '1', { qos: 1 })
  await client.publishAsync('zigbee2mqtt/plug', '{"energy":139.16}', { qos: 1 })
  await newest(fixture, 'energy').toBe(139.16)
  expect(fixture.broker.state().counters.connections).toBe(1)
  expect(said).not.toMatch(/error/i)
})

/** What each program does when it comes: its will, where it listens, and what it says first (their documentation of MQTT). */
type Habits = {
  program: SnippetProgram
  key: string
  clientId: string
  will?: string
  listens: string[]
  says: [topic: string, payload: string][]
  reading: [point: string, value: number]
}
const HABITS: Habits[] = [
  {
    program: 'zigbee2mqtt',
    key: 'plug',
    clientId: GATEWAY,
    will: 'zigbee2mqtt/bridge/state',
    listens: ['zigbee2mqtt/#'],
    says: [
      ['zigbee2mqtt/bridge/state', '{"state":"online"}'],
      ['zigbee2mqtt/bridge/info', '{"version":"2.1.0","config":{}}'],
      ['zigbee2mqtt/bridge/devices', '[]'],
      ['zigbee2mqtt/plug/availability', '{"state":"online"}'],
      ['zigbee2mqtt/plug', '{"energy":12.5,"power":3,"state":"ON"}'],
    ],
    reading: ['energy', 12.5],
  },
  {
    program: 'tasmota',
    key: GATEWAY,
    clientId: GATEWAY,
    will: `${GATEWAY}/tele/LWT`,
    listens: [`${GATEWAY}/cmnd/#`],
    says: [
      [`${GATEWAY}/tele/LWT`, 'Online'],
      [`${GATEWAY}/tele/INFO1`, '{"Info1":{"Module":"Generic","Version":"14.4.1"}}'],
      [`${GATEWAY}/stat/RESULT`, '{"POWER":"ON"}'],
      [`${GATEWAY}/stat/POWER`, 'ON'],
      [`${GATEWAY}/tele/STATE`, '{"Time":"2026-06-01T12:00:00","Uptime":"0T00:00:10","POWER":"ON"}'],
      [`${GATEWAY}/tele/SENSOR`, '{"Time":"2026-06-01T12:00:00","ENERGY":{"Total":31.25,"Power":5}}'],
    ],
    reading: ['ENERGY.Total', 31.25],
  },
  {
    program: 'shelly',
    key: GATEWAY,
    clientId: GATEWAY,
    will: `${GATEWAY}/online`,
    listens: [`${GATEWAY}/rpc`, `${GATEWAY}/command`],
    says: [
      [`${GATEWAY}/online`, 'true'],
      [
        `${GATEWAY}/events/rpc`,
        '{"src":"shellypmmini-a1","dst":"x","method":"NotifyStatus","params":{"ts":1790000000.5,"pm1:0":{"apower":77.5}}}',
      ],
      [`${GATEWAY}/status/pm1:0`, '{"id":0,"voltage":231.5,"aenergy":{"total":1503.5}}'],
    ],
    reading: ['pm1:0.aenergy.total', 1503.5],
  },
  {
    program: 'chirpstack',
    key: '24e124136b100000',
    clientId: GATEWAY,
    listens: ['application/+/device/+/command/+'],
    says: [
      [
        'application/7d809e33-d2ad-4ef1-aac8-2be67501c4d3/device/24e124136b100000/event/up',
        '{"deduplicationId":"x","time":"2026-06-01T12:00:00+00:00","deviceInfo":{"devEui":"24e124136b100000"},"fCnt":1,"fPort":85,"object":{"temperature":27.25}}',
      ],
    ],
    reading: ['temperature', 27.25],
  },
]

test.each(HABITS)(
  '$program: what it sends with these settings is read, and nothing that it does costs it the connection',
  async ({ program, key, clientId, will, listens, says, reading: [point, value] }) => {
    const { fixture, text } = await openFor(program, key)
    // Tasmota's console cannot carry the spaces of this fixture's passwords, only such as are made for devices.
    if (program !== 'tasmota') expect(text).toContain(PASSWORD)
    const client = await fixture.connect(GATEWAY, {
      clientId,
      ...(will === undefined ? {} : { will: { topic: will, payload: Buffer.from('offline'), qos: 1, retain: true } }),
    })
    const granted = await client.subscribeAsync(listens, { qos: 1 })
    expect(granted.map(({ qos }) => qos)).toEqual(listens.map(() => 1))
    for (const [topic, payload] of says) await client.publishAsync(topic, payload, { qos: 1, retain: true })
    await newest(fixture, point).toBe(value)
    expect(client.connected).toBe(true)
    expect(await fixture.quarantine()).toEqual({})
  },
  30_000,
)

test('a gateway that listens below its own topics hears nothing of what it or another publishes there', async () => {
  const { fixture } = await openFor('zigbee2mqtt', 'plug')
  const client = await fixture.connect(GATEWAY)
  const heard: string[] = []
  client.on('message', (topic) => heard.push(topic))
  await client.subscribeAsync('zigbee2mqtt/#', { qos: 1 })
  await client.publishAsync('zigbee2mqtt/plug', '{"energy":1}', { qos: 1, retain: true })
  await client.publishAsync('zigbee2mqtt/plug/set', '{"state":"ON"}', { qos: 1 })
  await newest(fixture, 'energy').toBe(1)
  expect(heard).toEqual([])
  for (const filter of ['#', '+/#', 'zigbee2mqtt2/#', '$share/g/zigbee2mqtt/#'])
    await expect(client.subscribeAsync(filter)).rejects.toThrow('Subscribe error')
})

test('telegraf and node-red: what their settings make of values is our own form', async () => {
  const fixture = await openFixture()
  const client = await fixture.connect('meter-a')
  // Telegraf's json_transformation '{"ts": timestamp, "values": fields}' with timestamps in milliseconds; Node-RED's {"ts": $millis(), "values": payload}.
  for (const [ts, energy] of [
    [1_790_000_000_000, 4.5],
    [1_790_000_060_000, 4.75],
  ])
    await client.publishAsync('samtila/v1/meter-a/telemetry', JSON.stringify({ ts, values: { energy } }), { qos: 1 })
  await newest(fixture, 'energy').toBe(4.75)
})
