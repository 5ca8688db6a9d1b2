// Two nodes on the same stores: the one that leads watches, also what the other one has stored; when it is gone the other takes over, and no alarm is lost or doubled.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ALARM, STANDING_STATES, type Alarm } from '#domain/alarms/alarm.ts'
import { ALARM_RULE, type AlarmRule } from '#domain/alarms/rule.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import { ALL, allPapers } from '#domain/registry/list-all.ts'
import type { LiveReadingEvent } from '#api/parts.ts'
import { alarmLimits } from '#server/alarms/limits.ts'
import { openAlarms, type OpenAlarms } from '#server/alarms/open-alarms.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'
import { SYSTEM } from './start-engine.ts'

const WITHIN_MS = 8_000
const MINUTE_MS = 60_000
const clock = { now: Date.parse('2026-03-02T08:00:00Z') }
type Node = { alarms: OpenAlarms; leads: boolean; hear: ((event: LiveReadingEvent) => void) | null }
let records: Records
let telemetry: Telemetry
let nodes: [Node, Node]

beforeEach(async () => {
  records = openMemoryRecords({ now: () => clock.now })
  // As a store that several nodes write into: nobody counts what comes in.
  const { arrivals: _own, ...shared } = openMemoryTelemetry()
  telemetry = shared
  const filled = await importBundle(
    {
      organisations: [{ id: 'virasto', name: { fi: 'Virasto' } }],
      premises: [{ id: 'talo', name: { fi: 'Talo' }, timeZone: 'Europe/Helsinki', landlord: 'virasto' }],
      devices: ['anturi-1', 'anturi-2', 'anturi-3'].map((id) => ({
        id,
        premises: 'talo',
        expectedInterval: 'PT5M',
        points: [{ key: 'co2', unit: 'ppm', kind: 'gauge' as const }],
      })),
    },
    { records, telemetry, now: clock.now, actor: SYSTEM },
  )
  if (!filled.ok) throw new Error(JSON.stringify(filled.problems))
  const body: AlarmRule = {
    name: { fi: 'Hiilidioksidi' },
    on: true,
    severity: 'major',
    target: { kind: 'premises' },
    condition: { kind: 'threshold', point: 'co2', above: '1200' },
  }
  const paper = { id: 'co2', premises: 'talo', audience: 'premises' as const, state: 'on', dueAt: null, body }
  await records.changePapers({ papers: [{ kind: ALARM_RULE, paper }] }, SYSTEM, 'test')
  const open = (leads: boolean): Node => {
    const node: Node = { leads, hear: null, alarms: null as never }
    node.alarms = openAlarms({
      records,
      telemetry,
      broker: {
        onReading(listener) {
          node.hear = listener
          return () => void (node.hear = null)
        },
        onPresence: () => () => {},
        bridgeStanding: () => null,
      },
      limits: alarmLimits({ alarmFollowMs: 50 }),
      now: () => clock.now,
      log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    })
    node.alarms.follow(() => node.leads)
    return node
  }
  nodes = [open(true), open(false)]
  await until(() => Promise.resolve(nodes[0].alarms.counts().watches === 3))
})
afterEach(async () => {
  for (const { alarms } of nodes) await alarms.stop()
  await records.close()
  await telemetry.close()
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + WITHIN_MS; !(await holds());) {
    if (performance.now() > end) throw new Error('it did not come about')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
/** Becomes durable by a node, which alone hears of it. */
async function comeIn(by: Node | null, device: string, value: number): Promise<void> {
  clock.now += MINUTE_MS
  const at = clock.now
  telemetry.add(telemetry.seriesOf(device, 'co2'), at, value, 'measured', at, false)
  await telemetry.commit()
  by?.hear?.({ device, premises: 'talo', point: 'co2', at, value, quality: 'measured', simulated: false })
}
const all = (): Promise<StoredPaper<Alarm>[]> => Array.fromAsync(allPapers(records, ALL, ALARM, {}))
const standing = async (): Promise<string[]> =>
  (await all())
    .filter(({ state }) => STANDING_STATES.some((one) => one === state))
    .map(({ body }) => body.device ?? '')
    .toSorted()
const isStanding = (wanted: string[]) => async (): Promise<boolean> => (await standing()).join(' ') === wanted.join(' ')

test('the leading node sees what the other one stored; when it is gone, the other takes over without losing or doubling an alarm', async () => {
  const [first, second] = nodes
  await comeIn(first, 'anturi-1', 1_500)
  await until(isStanding(['anturi-1']))
  // It came in at the node that does not lead, which does not watch.
  expect(second.hear).toBeNull()
  await comeIn(second, 'anturi-2', 1_600)
  await until(isStanding(['anturi-1', 'anturi-2']))

  // The lead goes over; meanwhile nobody listens, and what comes is only in the store.
  first.leads = false
  await until(() => Promise.resolve(first.alarms.counts().rules === 0))
  await comeIn(null, 'anturi-3', 1_700)
  await comeIn(null, 'anturi-1', 700)
  second.leads = true
  await until(isStanding(['anturi-2', 'anturi-3']))
  expect(await all()).toHaveLength(3)

  // Back again: what stands is not raised anew, what was raised elsewhere is cleared here.
  second.leads = false
  await until(() => Promise.resolve(second.alarms.counts().rules === 0))
  first.leads = true
  await until(() => Promise.resolve(first.alarms.counts().rules === 1))
  await comeIn(second, 'anturi-3', 600)
  await comeIn(first, 'anturi-2', 650)
  await until(isStanding([]))
  expect(await all()).toHaveLength(3)
}, 30_000)
