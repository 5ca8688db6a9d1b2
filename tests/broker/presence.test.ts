// Presence: connected or heard within three expected intervals; then stale, then offline; old readings do not count.
import { expect, test } from 'vitest'
import { durationMs } from '#broker/duration.ts'
import type { PresenceChange } from '#broker/presence.ts'
import { eventually, openFixture, send } from './broker-fixture.ts'

const MINUTE = 60_000

test('an expected interval is an ISO 8601 duration of fixed length', () => {
  expect(durationMs('PT15M')).toBe(15 * MINUTE)
  expect(durationMs('P1DT2H')).toBe(26 * 60 * MINUTE)
  expect(durationMs('PT0.5S')).toBe(500)
  for (const text of ['P1M', 'PT', 'P', 'PT0S', '15 min', undefined])
    expect([text, durationMs(text)]).toEqual([text, null])
})

test('never, works while connected, then stale after three and offline after twelve intervals', async () => {
  let now = Date.UTC(2026, 0, 15)
  const changes: PresenceChange[] = []
  const fixture = await openFixture({ now: () => now, onPresence: (change) => void changes.push(change) })
  const state = (): string => fixture.broker.presenceOf('meter-a').state
  expect(fixture.broker.presenceOf('meter-a')).toEqual({ state: 'never', lastHeardAt: null, connected: false })
  const client = await fixture.connect('meter-a')
  await eventually(() => state() === 'works')
  expect(fixture.broker.presenceOf('meter-a').connected).toBe(true)
  now += 60 * MINUTE
  expect(state()).toBe('works')
  await client.endAsync()
  await eventually(() => !fixture.broker.presenceOf('meter-a').connected)
  now += 3 * MINUTE
  expect(state()).toBe('works')
  now += 1
  expect(state()).toBe('stale')
  now += 9 * MINUTE
  expect(state()).toBe('offline')
  await eventually(() => changes.length === 2)
  expect(changes.map((change) => change.state)).toEqual(['works', 'offline'])
  expect(changes[0]).toMatchObject({ device: 'meter-a', premises: 'hall-a' })
  const { lastHeardAt } = fixture.broker.presenceOf('meter-a')
  expect(fixture.broker.presenceAt('hall-a')).toEqual({ changes: 2, lastHeardAt })
  expect(fixture.broker.presenceAt('hall-b')).toEqual({ changes: 0, lastHeardAt: null })
})

test('behind a gateway a fresh reading counts, an old one does not', async () => {
  const now = Date.UTC(2026, 0, 15)
  const fixture = await openFixture({
    now: () => now,
    connectors: [
      {
        id: 'zigbee-a',
        name: 'Zigbee',
        topicFilter: 'zigbee2mqtt/#',
        codec: 'zigbee2mqtt',
        credential: 'gateway-a',
        premises: 'hall-a',
        deviceMap: { plug: 'meter-a', room: 'sensor-a' },
        acceptUnknown: false,
      },
    ],
  })
  const gateway = await fixture.connect('gateway-a')
  const old = JSON.stringify({ energy: 1, last_seen: now - 4 * MINUTE })
  await gateway.publishAsync('zigbee2mqtt/plug', old, { qos: 1 })
  expect(fixture.broker.presenceOf('meter-a').state).toBe('never')
  expect(await fixture.readings('meter-a', 'energy')).toHaveLength(1)
  await gateway.publishAsync('zigbee2mqtt/plug', JSON.stringify({ energy: 2, last_seen: now - MINUTE }), { qos: 1 })
  expect(fixture.broker.presenceOf('meter-a')).toEqual({ state: 'works', lastHeardAt: now, connected: false })
})

test('its own word counts: offline, then online again', async () => {
  const fixture = await openFixture()
  const topic = 'samtila/v1/meter-a/status'
  const first = await fixture.connect('meter-a')
  await first.publishAsync(topic, 'offline', { qos: 1, retain: true })
  // Still connected, so it is there.
  expect(fixture.broker.presenceOf('meter-a').state).toBe('works')
  await first.endAsync()
  await eventually(() => !fixture.broker.presenceOf('meter-a').connected)
  expect(fixture.broker.presenceOf('meter-a').state).toBe('offline')
  const second = await fixture.connect('meter-a')
  await second.publishAsync(topic, 'online', { qos: 1, retain: true })
  await second.publishAsync(topic, 'perhaps', { qos: 1, retain: true })
  expect(fixture.broker.presenceOf('meter-a').state).toBe('works')
  expect(await fixture.quarantine()).toEqual({ 'bad-status': 1 })
})

test('after a restart it is what the stored readings tell, back-filled ones left out', async () => {
  const now = Date.UTC(2026, 0, 15)
  const first = await openFixture({ now: () => now })
  await send(await first.connect('meter-a'), 'meter-a', { ts: now, values: { energy: 1 } })
  await send(await first.connect('meter-b'), 'meter-b', { ts: now - 300 * 86_400_000, values: { energy: 1 } })
  const { telemetry, records } = first
  const later = await openFixture({ now: () => now + 5 * MINUTE, telemetry, records })
  await eventually(() => later.broker.presenceOf('meter-a').state === 'stale')
  expect(later.broker.presenceOf('meter-a').lastHeardAt).toBe(now)
  expect(later.broker.presenceOf('meter-b').state).toBe('never')
  expect(later.broker.state().presence).toEqual({ works: 0, stale: 1, offline: 0, never: 2 })
})
