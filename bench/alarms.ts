// What alarm rules cost: 10,000 rules over 5,000 readings a second, beside an engine that looks through all rules at each reading.
// `npm run bench -- alarms [--small]`. Processor time is that of the whole process less that of the same stream with nobody listening.
import { ALARM, type Alarm } from '#domain/alarms/alarm.ts'
import { ALARM_RULE, type AlarmCondition, type AlarmRule } from '#domain/alarms/rule.ts'
import { createWatcher, freshState, takeReading } from '#domain/alarms/watch.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import type { Actor } from '#domain/ports/records.ts'
import type { LiveReadingEvent } from '#api/parts.ts'
import { createAlarmEngine } from '#server/alarms/engine.ts'
import { alarmLimits } from '#server/alarms/limits.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'

const isSmall = process.argv.includes('--small')
const PREMISES = 10
const DEVICES = 5_000
const RULES = 10_000
const PER_SECOND = 5_000
const SECONDS = isSmall ? 3 : 10
const NAIVE_SECONDS = isSmall ? 1 : 3
const TICK_MS = 50
/** One reading in so many is beyond its limit for a moment. */
const BAD_ONE_IN = 499
const GOAL_CPU_PERCENT = 10
const GOAL_RAISED_MS = 1_000

const SYSTEM: Actor = { kind: 'system', id: 'bench', name: 'Bench', organisation: null }
const POINTS = ['power', 'temperature'] as const
const device = (n: number): Device => ({
  id: `laite-${n}`,
  premises: `talo-${n % PREMISES}`,
  type: 'room-sensor',
  expectedInterval: 'PT1M',
  points: POINTS.map((key) => ({ key, kind: 'gauge' })),
})
/** Each device has two rules, of six kinds in turn; the first has no duration, so that its latency can be seen. */
const conditionOf = (n: number): AlarmCondition => {
  const kinds: AlarmCondition[] = [
    { kind: 'threshold', point: 'power', above: '1000', hysteresis: '10' },
    { kind: 'threshold', point: 'temperature', above: '30', below: '10', for: 'PT5M' },
    { kind: 'threshold', point: 'power', above: '1000', hysteresis: '10' },
    { kind: 'expression', expression: 'temperature > 40 and power > 100' },
    { kind: 'threshold', point: 'power', above: '1000', hysteresis: '10' },
    { kind: 'no-data' },
    { kind: 'threshold', point: 'power', above: '1000', hysteresis: '10' },
    { kind: 'rate', point: 'temperature', by: '25', within: 'PT10M' },
    { kind: 'threshold', point: 'power', above: '1000', hysteresis: '10' },
    { kind: 'stuck', point: 'temperature', for: 'PT1H' },
  ]
  return kinds[n % kinds.length]!
}
const ruleOf = (n: number): AlarmRule => ({
  name: { en: `Rule ${n}` },
  on: true,
  severity: 'warning',
  target: { kind: 'device', device: `laite-${Math.floor(n / 2)}` },
  condition: conditionOf(n),
  flapping: { times: 100, within: 'PT1S' },
})

const devices = Array.from({ length: DEVICES }, (_, n) => device(n))
const rules = Array.from({ length: RULES }, (_, n) => ruleOf(n))
const records = openMemoryRecords({ now: Date.now })
const telemetry = openMemoryTelemetry()
const premises = Array.from({ length: PREMISES }, (_, n) => ({
  id: `talo-${n}`,
  name: { en: `Premises ${n}` },
  timeZone: 'Europe/Helsinki',
  landlord: 'virasto',
}))
const organisations = [{ id: 'virasto', name: { en: 'Office' } }]
const filled = await importBundle(
  { organisations, premises, devices },
  { records, telemetry, now: Date.now(), actor: SYSTEM },
)
if (!filled.ok) throw new Error(JSON.stringify(filled.problems[0]))
for (let n = 0; n < RULES; n += 1_000)
  await records.changePapers(
    {
      papers: rules.slice(n, n + 1_000).map((body, i) => ({
        kind: ALARM_RULE,
        paper: {
          id: `rule-${n + i}`,
          premises: `talo-${Math.floor((n + i) / 2) % PREMISES}`,
          audience: 'premises' as const,
          state: 'on',
          dueAt: null,
          body,
        },
      })),
    },
    SYSTEM,
    'bench',
  )

type Listener = (event: LiveReadingEvent) => void
type Run = { cpuMs: number; elapsedMs: number; readings: number; behindMs: number }

let sent = 0
/** The stream: each device and point in turn, a few beyond their limit for one reading. */
function next(): LiveReadingEvent {
  const n = sent % (DEVICES * POINTS.length)
  const id = n % DEVICES
  const point = POINTS[Math.floor(n / DEVICES)]!
  const isBad = point === 'power' && sent % BAD_ONE_IN === 0
  sent++
  const value = isBad ? 2_000 : point === 'power' ? 500 + (sent % 7) : 20 + (sent % 5) / 10
  return {
    device: `laite-${id}`,
    premises: `talo-${id % PREMISES}`,
    point,
    at: Date.now(),
    value,
    quality: 'measured',
    simulated: false,
  }
}
async function stream(listener: Listener, seconds: number, perSecond = PER_SECOND): Promise<Run> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  let readings = 0
  let behindMs = 0
  while (performance.now() - start < seconds * 1_000) {
    const due = Math.floor(((performance.now() - start) / 1_000) * perSecond)
    const from = performance.now()
    for (; readings < due && performance.now() - from < 1_000; readings++) listener(next())
    behindMs = ((due - readings) / perSecond) * 1_000
    await new Promise((resolve) => setTimeout(resolve, TICK_MS))
  }
  const { user, system } = process.cpuUsage(cpu)
  return { cpuMs: (user + system) / 1_000, elapsedMs: performance.now() - start, readings, behindMs }
}
const percent = ({ cpuMs, elapsedMs }: Run): number => (cpuMs / elapsedMs) * 100

// The stream by itself.
const nobody: Listener = () => {}
await stream(nobody, 1)
const idle = await stream(nobody, isSmall ? 1 : 3)

// The engine, with what it writes.
const told = new Map<string, number>()
const latencies: number[] = []
const unfollow = records.onPapers((changed) => {
  const at = performance.now()
  for (const { kind, id } of changed)
    if (kind === ALARM)
      void records.getPaper<Alarm>({ organisation: null }, ALARM, id).then((paper) => note(paper?.body, at))
})
function note(alarm: Alarm | undefined, at: number): void {
  const key = `${alarm?.device} ${alarm?.reason.at}`
  const sentAt = told.get(key)
  if (alarm === undefined || sentAt === undefined) return
  told.delete(key)
  latencies.push(at - sentAt)
}
let listener: Listener = nobody
const engine = createAlarmEngine({
  records,
  telemetry,
  broker: {
    onReading(one) {
      listener = one
      return () => void (listener = nobody)
    },
    onPresence: () => () => {},
    bridgeStanding: () => null,
  },
  // Each alarm by itself: what a storm gathers has no latency of its own.
  limits: alarmLimits({ alarmStormCount: 1_000_000 }),
  now: Date.now,
  log: { debug: () => {}, info: () => {}, warn: console.error, error: console.error },
})
const startedAt = performance.now()
await engine.start()
const startMs = performance.now() - startedAt
const heard: Listener = (event) => {
  if (event.value === 2_000) told.set(`${event.device} ${event.at}`, performance.now())
  listener(event)
}
await stream(heard, 2)
latencies.length = 0
const ours = await stream(heard, SECONDS)
await engine.settled()
await new Promise((resolve) => setTimeout(resolve, 200))
const { watches, raised, cleared } = engine.counts()
unfollow()
await engine.stop()

// Without an index: every reading is held against every rule.
const all = rules.map((rule) => {
  const one = devices[Number((rule.target as { device: string }).device.slice(6))]!
  const watcher = createWatcher(rule, one, 'Europe/Helsinki')
  if (watcher === null) throw new Error('no watcher')
  return { device: one.id, points: watcher.probe.points, watcher, state: freshState(0) }
})
const naive = await stream(({ device: id, point, value, at }) => {
  for (const { device: own, points, watcher, state } of all)
    if (own === id && (points === null || points.includes(point)))
      takeReading(watcher, state, { point, value: value as number, at }, at)
}, NAIVE_SECONDS)

await records.close()
await telemetry.close()
latencies.sort((a, b) => a - b)
const at = (part: number): number =>
  latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))] ?? Number.NaN
const own = percent(ours) - percent(idle)
console.log(`${RULES} rules, ${watches} watches, ${DEVICES} devices; start ${startMs.toFixed(0)} ms`)
console.log('| engine | readings/s | % of a core | behind at the end |')
console.log('|---|---|---|---|')
const row = (name: string, run: Run, cost: number): void =>
  console.log(
    `| ${name} | ${Math.round((run.readings / run.elapsedMs) * 1_000)} | ${cost.toFixed(1)} | ${Math.round(run.behindMs)} ms |`,
  )
row('nobody listens', idle, percent(idle))
row('Samtila, writing included', ours, own)
row('looks through all rules, writes nothing', naive, percent(naive) - percent(idle))
console.log(
  `raised ${raised}, cleared ${cleared}; from reading to written alarm: p50 ${at(0.5).toFixed(0)} ms, p99 ${at(0.99).toFixed(0)} ms, most ${at(1).toFixed(0)} ms (${latencies.length} seen)`,
)
const isGood = own < GOAL_CPU_PERCENT && at(1) < GOAL_RAISED_MS && latencies.length > 0
if (!isGood) console.log(`over the goal of ${GOAL_CPU_PERCENT} % and ${GOAL_RAISED_MS} ms`)
process.exit(isGood ? 0 : 1)
