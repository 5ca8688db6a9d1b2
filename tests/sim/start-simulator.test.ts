// The live drive and the back-fill over a real broker: what arrives is what the fleet counted.
import mqtt from 'mqtt'
import { afterAll, beforeAll, expect, it, type TestContext } from 'vitest'
import { backfill } from '#sim/backfill.ts'
import { demoBundle, demoFleet, DEMO_SEED } from '#sim/demo/demo-bundle.ts'
import { publishBatches } from '#sim/live/publish-batches.ts'
import { startSimulator } from '#sim/live/start-simulator.ts'
import { notRun } from '#tests/not-run.ts'
import { type Mosquitto, startMosquitto } from './mosquitto.ts'

let mosquitto: Mosquitto | null = null
beforeAll(async () => {
  mosquitto = await startMosquitto()
})
afterAll(() => mosquitto?.stop())
const urlOf = (context: TestContext): string =>
  mosquitto?.url ?? notRun(context, 'mosquitto', 'apt-get install mosquitto')

const NOW = Date.parse('2026-11-18T10:00:00Z')
const bundle = demoBundle(new Date(NOW))
const credentials = (bundle.devices ?? []).map((device) => ({ device: device.id, username: device.id, password: 'x' }))
type Arrived = { topic: string; payload: string; retain: boolean }

async function subscriber(url: string): Promise<{ messages: Arrived[]; close(): Promise<void> }> {
  const client = await mqtt.connectAsync(url)
  const messages: Arrived[] = []
  client.on('message', (topic, payload, packet) =>
    messages.push({ topic, payload: payload.toString(), retain: packet.retain }),
  )
  await client.subscribeAsync('samtila/v1/+/+', { qos: 1 })
  return { messages, close: () => client.endAsync() }
}
/** point → [instant, value] rows of one device, in the order in which they came. */
function rowsOf(messages: Arrived[], device: string): Map<string, [number, unknown][]> {
  const rows = new Map<string, [number, unknown][]>()
  for (const { topic, payload } of messages) {
    if (topic !== `samtila/v1/${device}/telemetry`) continue
    for (const { ts, values } of [JSON.parse(payload) as { ts: number; values: Record<string, unknown> }].flat()) {
      for (const [point, value] of Object.entries(values)) rows.set(point, [...(rows.get(point) ?? []), [ts, value]])
    }
  }
  return rows
}
async function until(condition: () => boolean, ms: number): Promise<void> {
  const end = Date.now() + ms
  while (!condition() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50))
}

it('drives all devices, faster than the clock, and says good-bye', async (context) => {
  const url = urlOf(context)
  const listener = await subscriber(url)
  const realStart = Date.now()
  // Simulated time starts at NOW and runs 120 times as fast: four seconds are eight minutes.
  const simulator = startSimulator({
    url,
    bundle,
    credentials,
    seed: DEMO_SEED,
    now: () => NOW + (Date.now() - realStart),
    speed: 120,
  })
  await until(() => simulator.state().connected === credentials.length, 10_000)
  expect(simulator.state().connected).toBe(credentials.length)
  const wholeMinutes = (): number =>
    (rowsOf(listener.messages, 'em-main').get('energy') ?? []).filter(([at]) => at % 60_000 === 0).length
  await until(() => simulator.now() > NOW + 8 * 60_000 && wholeMinutes() >= 5, 20_000)
  expect(simulator.state().errors).toBe(0)
  const said = (word: string): number =>
    new Set(listener.messages.filter((each) => each.payload === word).map((each) => each.topic)).size
  await until(() => said('online') === credentials.length, 10_000)
  const online = said('online')
  await simulator.stop()
  await until(() => said('offline') === credentials.length, 10_000)
  expect(online).toBe(credentials.length)
  await listener.close()

  const energy = rowsOf(listener.messages, 'em-main').get('energy') ?? []
  expect(wholeMinutes()).toBeGreaterThanOrEqual(5)
  for (const [at, value] of energy) expect(value).toBe(simulator.fleet.show('em-main', 'energy', at))
  expect(listener.messages.filter((each) => each.payload === 'offline').length).toBeGreaterThanOrEqual(
    credentials.length,
  )
  const { published, acknowledged } = simulator.state()
  expect(acknowledged).toBe(published)
  const first = rowsOf(listener.messages, 'em-heating-posts').get('energy-hour')
  expect(first === undefined || first.every(([at]) => at % 3_600_000 === 0)).toBe(true)
})

it('a herd breaks every connection and all come back', async (context) => {
  const url = urlOf(context)
  const some = credentials.slice(0, 20)
  const simulator = startSimulator({ url, bundle, credentials: some, seed: DEMO_SEED })
  await until(() => simulator.state().connected === 20, 10_000)
  simulator.herd(300)
  await until(() => simulator.state().connected === 0, 2000)
  expect(simulator.state().connected).toBe(0)
  await until(() => simulator.state().connected === 20, 10_000)
  expect(simulator.state().connected).toBe(20)
  await simulator.stop()
})

it('the past goes out in whole, each reading once, equal to the fleet', async (context) => {
  const url = urlOf(context)
  const listener = await subscriber(url)
  const fleet = demoFleet(bundle)
  const from = NOW - 2 * 86_400_000
  let expected = 0
  for await (const batch of backfill(fleet, from, NOW)) expected += batch.readings.length
  const sent = await publishBatches(backfill(fleet, from, NOW), {
    url,
    credentials: new Map(credentials.map((each) => [each.device, each])),
  })
  expect(sent.readings).toBe(expected)
  await until(
    () => listener.messages.filter((each) => each.topic.endsWith('telemetry') && !each.retain).length >= sent.messages,
    5000,
  )
  await listener.close()
  const energy = rowsOf(listener.messages, 'em-poliisi').get('energy') ?? []
  expect(energy.map(([at]) => at)).toEqual(Array.from({ length: 193 }, (_, i) => from + i * 900_000))
  const used = Math.round(Number(energy.at(-1)?.[1]) * 1000) - Math.round(Number(energy[0]?.[1]) * 1000)
  expect(used).toBe(fleet.truth('em-poliisi', 'energy', from, NOW))
})

it('says which device it could not publish for', async (context) => {
  const url = urlOf(context)
  await expect(
    publishBatches(backfill(demoFleet(bundle), NOW - 3_600_000, NOW), { url, credentials: new Map() }),
  ).rejects.toThrow(/no credential for device em-main/)
})
