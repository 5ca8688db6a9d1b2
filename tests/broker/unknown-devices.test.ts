// The inbox under bad gateways: however many keys they make up, neither memory nor store grows beyond the limits.
import { expect, test } from 'vitest'
import { brokerLimits } from '#broker/limits.ts'
import { createCounters } from '#broker/counters.ts'
import { createUnknownDevices, type Heard } from '#broker/unknown-devices.ts'
import { UNKNOWN_DEVICE, type UnknownPaper } from '#domain/inbox/unknown-device.ts'
import type { Connector, Records } from '#domain/ports/records.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { ACTOR, EVERYTHING, fillRecords, openFixture } from './broker-fixture.ts'

const connectorOf = (gateway: string): Connector => ({
  id: `c-${gateway}`,
  name: gateway,
  topicFilter: `${gateway}/#`,
  codec: 'senml',
  credential: gateway,
  premises: 'hall-a',
  deviceMap: {},
  acceptUnknown: false,
})
async function papers(records: Records): Promise<UnknownPaper[]> {
  const all: UnknownPaper[] = []
  for (let after: string | null | undefined; after !== null;) {
    const query = { limit: 1_000, ...(after === undefined ? {} : { after }) }
    const page: { items: UnknownPaper[]; next: string | null } = await records.listPapers(
      EVERYTHING,
      UNKNOWN_DEVICE,
      query,
    )
    all.push(...page.items)
    after = page.next
  }
  return all
}
async function openInbox(limits: Parameters<typeof brokerLimits>[0] = {}, clock = { now: Date.UTC(2026, 0, 1) }) {
  const records = openMemoryRecords({ now: () => clock.now })
  await fillRecords(records)
  const counters = createCounters()
  const open = (): ReturnType<typeof createUnknownDevices> =>
    createUnknownDevices({ records, limits: brokerLimits(limits), counters, now: () => clock.now, log: () => {} })
  return { records, counters, open, clock }
}
const heard = (gateway: string, key: string, changes: Partial<Heard> = {}): Heard => ({
  connector: connectorOf(gateway),
  gateway,
  key,
  topic: `${gateway}/x`,
  at: Date.UTC(2026, 0, 1),
  readings: [{ device: key, point: 'energy', value: 1, unit: 'kWh', at: null }],
  declared: [],
  ...changes,
})

test(
  'a gateway that makes up 100,000 keys fills its own share of the inbox and no more',
  { timeout: 60_000 },
  async () => {
    const fixture = await openFixture({ connectors: [connectorOf('gateway-a'), connectorOf('gateway-b')] })
    const gateway = await fixture.connect('gateway-a')
    const publish = (from: number, count: number): Promise<unknown> =>
      gateway.publishAsync(
        'gateway-a/x',
        JSON.stringify(Array.from({ length: count }, (_, i) => ({ n: `k${from + i}:energy`, u: 'kWh', v: 1 }))),
        { qos: 1 },
      )
    await publish(0, 2_000)
    await fixture.broker.settled()
    globalThis.gc?.()
    const before = process.memoryUsage().heapUsed
    for (let from = 2_000; from < 100_000; from += 2_000) await publish(from, 2_000)
    await fixture.broker.settled()
    globalThis.gc?.()
    expect((await papers(fixture.records)).length).toBe(1_000)
    expect(fixture.broker.state().counters.unknownDevicesNotKept).toBe(99_000)
    expect((process.memoryUsage().heapUsed - before) / 1e6).toBeLessThan(100)
    // Everything is in quarantine, in one row: nothing was dropped silently, and another gateway still has room.
    expect(await fixture.quarantine()).toEqual({ 'unknown-device': 50 })
    const other = await fixture.connect('gateway-b')
    await other.publishAsync('gateway-b/x', '[{"n":"uusi:energy","u":"kWh","v":1}]', { qos: 1 })
    await fixture.broker.settled()
    expect((await papers(fixture.records)).filter(({ body }) => body.gateway === 'gateway-b')).toHaveLength(1)
  },
)

test('200 gateways together stay within the limit of all; one device within that of its points', async () => {
  const { records, counters, open } = await openInbox({ unknownDevices: 1_500, unknownDevicesPerGateway: 10 })
  const inbox = open()
  for (let g = 0; g < 200; g++) for (let k = 0; k < 12; k++) await inbox.heard(heard(`g-${g}`, `k-${k}`))
  const readings = Array.from({ length: 500 }, (_, i) => ({
    device: 'k-0',
    point: `p${i}`,
    value: i,
    unit: null,
    at: null,
  }))
  await inbox.heard(heard('g-0', 'k-0', { readings }))
  await inbox.idle()
  const all = await papers(records)
  expect(all.length).toBe(1_500)
  expect(counters.unknownDevicesNotKept).toBe(200 * 12 - 1_500)
  const [first] = all.filter(({ body }) => body.gateway === 'g-0' && body.key === 'k-0')
  expect([first?.body.points.length, first?.body.morePoints]).toEqual([64, true])
  inbox.close()
})

test('a device that sends for ever makes few versions, and its count is right after a restart', async () => {
  const { records, open, clock } = await openInbox()
  const inbox = open()
  for (let i = 0; i < 3_000; i++) await inbox.heard(heard('g-0', 'k-0', { at: clock.now + i }))
  await inbox.idle()
  inbox.close()
  const again = open()
  await again.heard(heard('g-0', 'k-0'))
  await again.idle()
  again.close()
  const [paper] = await papers(records)
  expect(paper?.body.messages).toBe(3_001)
  expect(paper?.version).toBeLessThan(5)
})

test('ignored by a person while it sends; restored; and gone when it has not been heard for long', async () => {
  const { records, open, clock } = await openInbox()
  const inbox = open()
  expect(await inbox.heard(heard('g-0', 'k-0'))).toBe(true)
  await inbox.idle()
  const setState = async (state: string): Promise<void> => {
    const [paper] = await papers(records)
    if (paper === undefined) throw new Error('no paper')
    const { id, premises, audience, dueAt, body, version } = paper
    await records.changePapers(
      {
        papers: [
          { kind: UNKNOWN_DEVICE, paper: { id, premises, audience, dueAt, body, state }, expectedVersion: version },
        ],
      },
      ACTOR,
      'test',
    )
  }
  await setState('ignored')
  expect(await inbox.heard(heard('g-0', 'k-0'))).toBe(false)
  await setState('waiting')
  expect(await inbox.heard(heard('g-0', 'k-0'))).toBe(true)
  // Accepted, and unknown again because its device went: it waits anew.
  await setState('accepted')
  clock.now += 3_600_000
  expect(await inbox.heard(heard('g-0', 'k-0', { at: clock.now }))).toBe(true)
  await inbox.idle()
  expect((await papers(records)).map(({ state }) => state)).toEqual(['waiting'])
  inbox.close()
  clock.now += 91 * 86_400_000
  const later = open()
  await later.heard(heard('g-0', 'k-1', { at: clock.now }))
  await later.idle()
  later.close()
  expect((await papers(records)).map(({ body }) => body.key)).toEqual(['k-1'])
})
