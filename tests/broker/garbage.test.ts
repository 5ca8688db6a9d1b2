// One bad gateway that sends garbage as fast as it can: it is slowed to its own pace, holds little memory, and others are served as before.
import { expect, test } from 'vitest'
import type { Connector } from '#domain/ports/records.ts'
import { eventually, openFixture, send } from './broker-fixture.ts'
import type { Fixture } from './broker-fixture.ts'
import { connectOf, publishOf } from './packets.ts'

const CONNECTOR: Connector = {
  id: 'tasmota',
  name: 'Tasmota',
  topicFilter: 'tele/#',
  codec: 'tasmota',
  credential: 'gateway-a',
  premises: 'hall-a',
  deviceMap: {},
  acceptUnknown: false,
}
const [PER_SECOND, BURST] = [50, 100]
const LIMITS = { quarantinedPerSecond: PER_SECOND, quarantinedBurst: BURST, quarantineQueue: 2_000 }

async function spam(fixture: Fixture, payload: string | Buffer, qos: 0 | 1, count: number) {
  const raw = await fixture.raw()
  raw.write(connectOf('gateway-a', { clientId: 'bad' }))
  await raw.untilBytes(4)
  for (let i = 0; i < count; i++) raw.write(publishOf(`tele/x${i % 50}/SENSOR`, payload, (i % 65_000) + 1, qos))
  return raw
}

test.each([0, 1] as const)('garbage at QoS %d is taken at its pace, and good messages all the while', async (qos) => {
  const fixture = await openFixture({ connectors: [CONNECTOR], limits: LIMITS })
  const good = await fixture.connect('meter-a')
  const { counters } = fixture.broker.state()
  const startedAt = Date.now()
  const bad = await spam(fixture, '{"ENERGY":', qos, 20_000)
  // Each good message waits for its own acknowledgement: behind the garbage of 20,000 it would come to nothing.
  const readings = 300
  for (let i = 0; i < readings; i++) await send(good, 'meter-a', { ts: startedAt - i, values: { power: i } })
  expect(await fixture.readings('meter-a', 'power')).toHaveLength(readings)
  await eventually(() => counters.messagesDelayedByQuarantine > 0)
  const taken = counters.quarantinedByReason['not-json'] ?? 0
  const seconds = (Date.now() - startedAt) / 1_000
  expect(taken).toBeGreaterThanOrEqual(BURST)
  expect(taken).toBeLessThan(BURST + PER_SECOND * (seconds + 1))
  expect(counters.quarantineOverflow).toBe(0)
  expect(bad.closed).toBe(false)
  // Its neighbour's own bad message is set aside at once.
  await send(good, 'meter-a', '{"bad"')
  expect((await fixture.quarantine())['not-json']).toBeGreaterThan(0)
})

test('large garbage does not gather in memory: the rest waits with its sender', async () => {
  const fixture = await openFixture({ connectors: [CONNECTOR], limits: LIMITS })
  const { counters } = fixture.broker.state()
  const payload = Buffer.alloc(65_536, '{"ENERGY":')
  const bad = await spam(fixture, payload, 1, 1_500)
  await eventually(() => counters.messagesDelayedByQuarantine > 0)
  await new Promise((resolve) => setTimeout(resolve, 500))
  // 96 MB were sent; 17 tokens a message leave some six messages before the pace, and one chunk is under way.
  expect((counters.quarantinedByReason['not-json'] ?? 0) * payload.length).toBeLessThan(8 * 1024 * 1024)
  expect(bad.socket.writableLength).toBeGreaterThan(60 * 1024 * 1024)
  expect(fixture.broker.state().waiting).toBeLessThan(50)
  expect(counters.quarantineOverflow).toBe(0)
})
