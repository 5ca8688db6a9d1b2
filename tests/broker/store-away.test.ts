// The store goes away: messages wait, are bounded, end unacknowledged, and go on when it is back.
import { expect, test } from 'vitest'
import type { BrokerTelemetry } from '#broker/broker-telemetry.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { eventually, fillRecords, openFixture } from './broker-fixture.ts'
import { connectOf, publishOf } from './packets.ts'

const AT = Date.UTC(2026, 0, 1)
const body = (number: number): string => `{"ts":${AT + number},"values":{"energy":${number}}}`

/** Stands for a store that can be exchanged under the broker: what is closed refuses, as a store that lost its disk does. */
function exchangeable(): {
  telemetry: BrokerTelemetry
  away(): Promise<void>
  back(): Promise<void>
  count(): Promise<number>
} {
  let store = openMemoryTelemetry()
  return {
    telemetry: {
      seriesOf: (device, point) => store.seriesOf(device, point),
      seriesOfDevice: (device) => store.seriesOfDevice(device),
      latest: (series) => store.latest(series),
      add: (...reading) => store.add(...reading),
      commit: () => store.commit(),
    },
    away: () => store.close(),
    async back() {
      store = openMemoryTelemetry()
      // The same numbers as before.
      store.seriesOf('meter-a', 'energy')
    },
    async count() {
      const series = store.findSeries('meter-a', 'energy')
      return series === null ? 0 : (await store.readings(series, 0, 7e12, 100_000)).length
    },
  }
}

test('messages wait without PUBACK, and are acknowledged when the store is back', async () => {
  const { telemetry, away, back, count } = exchangeable()
  const fixture = await openFixture({ telemetry })
  const raw = await fixture.raw()
  raw.write(connectOf('meter-a'), publishOf('samtila/v1/meter-a/telemetry', body(0), 1))
  await raw.untilBytes(8)
  await away()
  raw.write(...[1, 2, 3].map((number) => publishOf('samtila/v1/meter-a/telemetry', body(number), number + 1)))
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(raw.received).toHaveLength(8)
  expect(raw.closed).toBe(false)
  expect(fixture.broker.state().waiting).toBe(3)
  await back()
  expect(await raw.untilBytes(8 + 3 * 4)).toBe(true)
  expect([10, 14, 18].map((at) => raw.received.readUInt16BE(at))).toEqual([2, 3, 4])
  expect(await count()).toBe(3)
  expect(fixture.broker.state().waiting).toBe(0)
  expect(fixture.logged.filter((line) => line.includes('readings wait'))).toHaveLength(1)
})

test('too long: the connection is closed unacknowledged; one of QoS 0 goes on, and what is lost of it is counted', async () => {
  const { telemetry, away, back, count } = exchangeable()
  const fixture = await openFixture({ telemetry, limits: { holdMs: 600 } })
  await away()
  const acknowledged = await fixture.raw()
  acknowledged.write(connectOf('meter-a', { clientId: 'one' }), publishOf('samtila/v1/meter-a/telemetry', body(1), 1))
  const careless = await fixture.raw()
  careless.write(connectOf('meter-a', { clientId: 'two' }), publishOf('samtila/v1/meter-a/telemetry', body(2), 0, 0))
  expect(await acknowledged.untilClosed(5_000)).toBe(true)
  expect(acknowledged.received).toHaveLength(4)
  const lost = (): object => fixture.broker.state().counters
  await eventually(() => (lost() as { messagesLostQos0: number }).messagesLostQos0 === 1)
  expect(lost()).toMatchObject({ readingsLostQos0: 1, messagesAcknowledged: 0 })
  await back()
  careless.write(publishOf('samtila/v1/meter-a/telemetry', body(3), 0, 0))
  await eventually(async () => (await count()) === 1)
  expect(careless.closed).toBe(false)
  // The device comes again and sends again.
  const again = await fixture.raw()
  again.write(connectOf('meter-a', { clientId: 'one' }), publishOf('samtila/v1/meter-a/telemetry', body(1), 1, 1, 0x08))
  expect(await again.untilBytes(8)).toBe(true)
  expect(await count()).toBe(2)
})

test('what waits is bounded', async () => {
  const { telemetry, away } = exchangeable()
  const fixture = await openFixture({ telemetry, limits: { heldMessages: 10 } })
  await away()
  const raw = await fixture.raw()
  raw.write(connectOf('meter-a'))
  await raw.untilBytes(4)
  raw.write(
    ...Array.from({ length: 50 }, (_, number) => publishOf('samtila/v1/meter-a/telemetry', body(number), number + 1)),
  )
  expect(await raw.untilClosed()).toBe(true)
  expect(fixture.broker.state().waiting).toBeLessThanOrEqual(11)
  expect(raw.received).toHaveLength(4)
})

test('the records are away: known devices go on, what needs the records is not acknowledged', async () => {
  const records = openMemoryRecords()
  await fillRecords(records)
  const fixture = await openFixture({ records, limits: { holdMs: 600 } })
  const known = await fixture.raw()
  known.write(connectOf('meter-a'), publishOf('samtila/v1/meter-a/telemetry', body(1), 1))
  await known.untilBytes(8)
  await records.close()
  known.write(publishOf('samtila/v1/meter-a/telemetry', body(2), 2))
  expect(await known.untilBytes(12)).toBe(true)
  // A bad one would have to be set aside durably.
  known.write(publishOf('samtila/v1/meter-a/telemetry', 'no JSON', 3))
  expect(await known.untilClosed()).toBe(true)
  expect(known.received).toHaveLength(12)
  await eventually(() => fixture.broker.state().counters.connections === 0)
})
