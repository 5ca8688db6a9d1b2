// An alarm engine for tests: real records and readings in memory, a clock that is set, readings told as the broker tells them once they are durable.
import { ALARM, STANDING_STATES, type Alarm } from '#domain/alarms/alarm.ts'
import { ALARM_RULE, type AlarmRule } from '#domain/alarms/rule.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Actor, Records } from '#domain/ports/records.ts'
import type { Telemetry, Value } from '#domain/ports/telemetry.ts'
import { ALL, allPapers } from '#domain/registry/list-all.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import type { LiveReadingEvent } from '#api/parts.ts'
import { createAlarmEngine, type AlarmEngine } from '#server/alarms/engine.ts'
import { alarmLimits, type AlarmLimits } from '#server/alarms/limits.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'

export const SYSTEM: Actor = { kind: 'system', id: 'system', name: 'Test', organisation: null }
export type TestEngine = {
  engine: AlarmEngine
  records: Records
  telemetry: Telemetry
  clock: { now: number }
  log: string[]
  /** A reading becomes durable, and the engine hears of it. */
  hear(device: string, point: string, value: Value, at?: number): Promise<void>
  /** The same for many, with one commit. */
  hearAll(readings: readonly { device: string; point: string; value: Value; at?: number }[]): Promise<void>
  /** Time passes in steps, and the engine looks at what is due. */
  pass(ms: number, stepMs?: number): Promise<void>
  rule(id: string, rule: Partial<AlarmRule> & Pick<AlarmRule, 'condition'>, premises?: string): Promise<void>
  alarms(): Promise<StoredPaper<Alarm>[]>
  standing(): Promise<StoredPaper<Alarm>[]>
  /** Ends as by kill -9: nothing more is written. A new one takes up where the records are. */
  restart(options?: { awayMs?: number; gently?: boolean }): Promise<void>
  close(): Promise<void>
}

export async function startEngine(
  bundle: Bundle,
  options: {
    now?: number
    limits?: Partial<AlarmLimits>
    rules?: Record<string, Partial<AlarmRule> & Pick<AlarmRule, 'condition'>>
    premises?: string
  } = {},
): Promise<TestEngine> {
  const clock = { now: options.now ?? Date.parse('2026-03-02T08:00:00Z') }
  const records = openMemoryRecords({ now: () => clock.now })
  const telemetry = openMemoryTelemetry()
  const log: string[] = []
  const say = (message: string, details?: Record<string, unknown>): void =>
    void log.push(`${message} ${JSON.stringify(details)}`)
  const filled = await importBundle(bundle, { records, telemetry, now: clock.now, actor: SYSTEM })
  if (!filled.ok) throw new Error(JSON.stringify(filled.problems))
  const premises = options.premises ?? bundle.premises?.[0]?.id ?? ''

  /** What the engine of now follows; one that was killed hears and writes nothing more. */
  let listeners: { reading: ((event: LiveReadingEvent) => void) | null } = { reading: null }
  const open = (): {
    engine: AlarmEngine
    heard: { reading: ((event: LiveReadingEvent) => void) | null }
    kill: () => void
  } => {
    const heard: { reading: ((event: LiveReadingEvent) => void) | null } = { reading: null }
    let isDead = false
    const living = new Proxy(records, {
      get(target, key: keyof Records) {
        const value = target[key]
        if (typeof value !== 'function') return value
        if (key !== 'changePapers' && key !== 'putMeta') return value.bind(target)
        return (...given: never[]) =>
          isDead ? new Promise(() => {}) : (value as (...given: never[]) => unknown).apply(target, given)
      },
    })
    const engine = createAlarmEngine({
      records: living,
      telemetry,
      broker: {
        onReading(listener) {
          heard.reading = listener
          return () => void (heard.reading = null)
        },
        onPresence: () => () => {},
        bridgeStanding: () => null,
      },
      limits: alarmLimits(options.limits as Record<string, number>),
      now: () => clock.now,
      log: { debug: say, info: say, warn: say, error: say },
    })
    return { engine, heard, kill: () => void (isDead = true) }
  }
  const putRule = async (
    id: string,
    rule: Partial<AlarmRule> & Pick<AlarmRule, 'condition'>,
    place = premises,
  ): Promise<void> => {
    const body: AlarmRule = { name: { fi: id }, on: true, severity: 'warning', target: { kind: 'premises' }, ...rule }
    await records.changePapers(
      {
        papers: [
          {
            kind: ALARM_RULE,
            paper: { id, premises: place, audience: 'premises', state: body.on ? 'on' : 'off', dueAt: null, body },
          },
        ],
      },
      SYSTEM,
      'test',
    )
  }
  for (const [id, rule] of Object.entries(options.rules ?? {})) await putRule(id, rule)
  let running = open()
  listeners = running.heard
  await running.engine.start()

  const list = async (states?: readonly string[]): Promise<StoredPaper<Alarm>[]> => {
    await test.engine.settled()
    return Array.fromAsync(allPapers(records, ALL, ALARM, states === undefined ? {} : { states }))
  }
  const test: TestEngine = {
    get engine() {
      return running.engine
    },
    records,
    telemetry,
    clock,
    log,
    hear: (device, point, value, at) => test.hearAll([{ device, point, value, ...(at === undefined ? {} : { at }) }]),
    async hearAll(readings) {
      for (const { device, point, value, at = clock.now } of readings)
        telemetry.add(telemetry.seriesOf(device, point), at, value, 'measured', clock.now, false)
      await telemetry.commit()
      for (const { device, point, value, at = clock.now } of readings)
        listeners.reading?.({ device, premises, point, at, value, quality: 'measured', simulated: false })
    },
    async pass(ms, stepMs = 1_000) {
      for (const end = clock.now + ms; clock.now < end;) {
        clock.now = Math.min(end, clock.now + stepMs)
        running.engine.beat()
      }
      await Promise.resolve()
    },
    rule: async (id, rule, place) => {
      await putRule(id, rule, place)
      // Changes of facts are gathered for a moment before they count.
      await new Promise((resolve) => setTimeout(resolve, 350))
      await running.engine.settled()
    },
    alarms: () => list(),
    standing: () => list(STANDING_STATES),
    async restart({ awayMs = 0, gently = false } = {}) {
      if (!gently) running.kill()
      await (gently ? running.engine.stop() : Promise.resolve())
      clock.now += awayMs
      running = open()
      listeners = running.heard
      await running.engine.start()
    },
    async close() {
      await running.engine.stop()
      await records.close()
      await telemetry.close()
    },
  }
  return test
}
