// Tries a rule on readings that are past: the same steps as while it runs, within a limit of work.
import type { AlarmTried, AlarmTryAnswer } from '#contract/alarm-rules.ts'
import { checkRule } from '#domain/alarms/check-rule.ts'
import { createReplay, type PastReading } from '#domain/alarms/replay.ts'
import { waitsBySpacing } from '#domain/alarms/spacing.ts'
import type { AlarmRule } from '#domain/alarms/rule.ts'
import { createWatcher } from '#domain/alarms/watch.ts'
import { SLOW_KINDS, watchedDevices } from '#domain/alarms/watched.ts'
import { Failure } from '#domain/failure.ts'
import { MAX_PAGE_READINGS, type Telemetry } from '#domain/ports/telemetry.ts'
import type { Device } from '#domain/registry/bundle.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, valueShown } from '#api/routes/answers.ts'
import { startOf } from '#api/views/step-edges.ts'
import type { RuleView } from './rules.ts'
import { trySlowRule } from './try-slow-rule.ts'

const DAY_MS = 86_400_000
/** Alarms that an answer holds; the others are counted. */
export const MAX_TRIED_SHOWN = 200

type Parts = Pick<RouteParts, 'telemetry' | 'limits' | 'now' | 'records'>
export type Tried = Omit<AlarmTried, 'raisedAt' | 'clearedAt'> & { raisedAt: number; clearedAt: number | null }
/** `sparse`: devices whose history is kept too sparsely for the silence that the rule means. */
export type Trial = { alarms: Tried[]; devices: number; readings: number; complete: boolean; sparse?: number }

/** @throws Failure 'bad-request' for a time that is none, 'invalid-body' for a rule that could not watch anything. */
export async function tryRule(
  parts: Parts,
  view: RuleView,
  rule: AlarmRule,
  time: { from: string; to: string },
): Promise<AlarmTryAnswer> {
  const { timeZone } = view.premises
  const from = startOf(time.from, 'from', timeZone)
  const to = Math.min(startOf(time.to, 'to', timeZone), parts.now())
  if (to <= from) throw new Failure('bad-request', 'to comes after from, and from is in the past.')
  if (to - from > parts.limits.alarmTryDays * DAY_MS)
    throw new Failure('bad-request', `Try at most ${parts.limits.alarmTryDays} days at once.`)
  const problems = checkRule(rule, view.premises, view.seen)
  if (problems.length > 0)
    throw new Failure('invalid-body', 'The rule could not watch anything.', {
      problems: problems.map((one) => ({ ...one, pointer: `/rule${one.pointer}` })),
    })
  const { kind } = rule.condition
  const answer = (trial: Trial, reason: AlarmTryAnswer['reason']): AlarmTryAnswer => ({
    from: iso(from),
    to: iso(to),
    count: trial.alarms.length,
    alarms: trial.alarms
      .toSorted((a, b) => a.raisedAt - b.raisedAt)
      .slice(0, MAX_TRIED_SHOWN)
      .map((one) => ({
        ...one,
        raisedAt: iso(one.raisedAt),
        clearedAt: one.clearedAt === null ? null : iso(one.clearedAt),
      })),
    devices: trial.devices,
    readings: trial.readings,
    complete: trial.complete,
    sparse: trial.sparse ?? 0,
    reason,
  })
  const nothing: Trial = { alarms: [], devices: 0, readings: 0, complete: true }
  if (kind === 'budget-forecast' || kind === 'missing-price') return answer(nothing, 'needs-today')
  const devices = watchedDevices(rule, view.seen, view.today)
  const trial = SLOW_KINDS.has(kind)
    ? await trySlowRule(parts, view, rule, { from, to })
    : await tryOnDevices(parts, view, rule, devices, { from, to })
  if (trial.devices === 0) return answer(nothing, 'no-devices')
  return answer(trial, trial.readings === 0 && trial.alarms.length === 0 ? 'no-readings' : null)
}

async function tryOnDevices(
  { telemetry, limits }: Parts,
  { premises }: RuleView,
  rule: AlarmRule,
  devices: readonly Device[],
  { from, to }: { from: number; to: number },
): Promise<Trial> {
  const endMs = performance.now() + limits.alarmTryMs
  const trial: Trial = { alarms: [], devices: devices.length, readings: 0, complete: true }
  const isSpent = (): boolean => trial.readings >= limits.alarmTryReadings || performance.now() > endMs
  for (const device of devices) {
    const watcher = createWatcher(rule, device, premises.timeZone)
    if (watcher === null) continue
    const { points } = watcher.probe
    const series = telemetry.seriesOfDevice(device.id).filter(({ point }) => points === null || points.includes(point))
    if (series.length === 0) continue
    const replay = createReplay(watcher, from)
    // What is missed is judged by what comes before and after: all of it is looked at first.
    const heard: PastReading[] = []
    let reached = from
    while (reached < to && !isSpent()) {
      const end = Math.min(reached + DAY_MS, to)
      const page = await readingsOf(telemetry, series, reached, end)
      if (watcher.byReceived) for (const one of page) if (one.at !== heard.at(-1)?.at) heard.push(one)
      if (!watcher.byReceived) replay.take(page)
      trial.readings += page.length
      reached = end
    }
    if (watcher.byReceived) {
      const instants = heard.map(({ at }) => at)
      const { waits, isSparse } = waitsBySpacing(instants, watcher.timing.forMs)
      if (isSparse) trial.sparse = (trial.sparse ?? 0) + 1
      replay.take(heard, waits)
    }
    for (const raised of replay.end(reached))
      trial.alarms.push({
        ...raised,
        device: device.id,
        deviceName: device.name ?? null,
        unit: device.points?.find(({ key }) => key === raised.point)?.unit ?? null,
      })
    if (reached < to) {
      trial.complete = false
      break
    }
  }
  return trial
}

/** Readings of several points of a device, in their order. */
export async function readingsOf(
  telemetry: Pick<Telemetry, 'readings'>,
  series: readonly { series: number; point: string }[],
  from: number,
  to: number,
): Promise<PastReading[]> {
  const all: PastReading[] = []
  for (const { series: number, point } of series)
    for (let at = from; at < to;) {
      const page = await telemetry.readings(number, at, to, MAX_PAGE_READINGS)
      for (const reading of page) all.push({ point, value: valueShown(reading.value), at: reading.at })
      at = page.length < MAX_PAGE_READINGS ? to : (page.at(-1)?.at ?? to) + 1
    }
  return series.length > 1 ? all.sort((a, b) => a.at - b.at) : all
}
