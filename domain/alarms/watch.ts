// One rule at one device: what it remembers, and what a reading or the passing of time brings. The engine and the trying of rules go by it.
import { findDeviceType } from '#domain/device-types/library.ts'
import { parseInstant } from '#domain/quantity/instant.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { createLocalClock, isFinnishHoliday, isWithin, whenHolds, type LocalMoment } from './calendar.ts'
import { alarmDurationMs } from './duration.ts'
import type { ExpressionValue } from './expression.ts'
import { DEFAULT_FLAPPING, normalState, see, tick, type Effect, type MachineState, type Timing } from './machine.ts'
import { createProbe, type Look, type Memory, type Probe } from './probes.ts'
import type { AlarmRule } from './rule.ts'

/** A rule made ready for one device. Never changed once made. */
export type Watcher = {
  probe: Probe
  timing: Timing
  /** Readings older than the newest one tell nothing new; for no data the time of receiving counts. */
  byReceived: boolean
  /** Whether the rule watches at an instant: season and maintenance. */
  isWatching: (at: number) => boolean
}
/** A reading as a rule sees it. */
export type SeenReading = { point: string; value: ExpressionValue; at: number }
/** Plain JSON: kept over a restart. */
export type WatchState = {
  machine: MachineState
  memory: Memory
  /** The newest reading that was taken in, by its own time; of several points also that of each. */
  at: number
  ats?: Record<string, number>
  /** What was seen last, for the reason of an alarm that time raises. */
  seen: { point: string | null; value: ExpressionValue | null; limit: string | null; at: number } | null
}

/** Expected intervals after which a silent device is missed, where the rule does not say. */
const SILENT_INTERVALS = 3
const DEFAULT_INTERVAL_MS = 300_000

/** For how long a device may be silent before it is missed. */
export const silentMs = ({ expectedInterval }: Pick<Device, 'expectedInterval'>): number =>
  SILENT_INTERVALS * (alarmDurationMs(expectedInterval ?? '') ?? DEFAULT_INTERVAL_MS)

/** Null for kinds that a job looks at, and where the device has nothing that the rule could read. */
export function createWatcher(rule: AlarmRule, device: Device, timeZone: string): Watcher | null {
  const { condition } = rule
  const clock = createLocalClock(timeZone)
  const probe = createProbe(condition, {
    range: (key) => findDeviceType(device.type)?.points.find((point) => point.key === key)?.range ?? null,
    counter(key) {
      const point = device.points?.find((one) => one.key === key)
      return {
        rollover: point?.rollover === undefined ? null : Number(point.rollover),
        changes: (point?.meterChanges ?? []).flatMap(({ at }) => parseInstant(at) ?? []),
      }
    },
    clock,
    isHoliday: isFinnishHoliday,
  })
  if (probe === null) return null
  const lasting = 'for' in condition && condition.for !== undefined ? alarmDurationMs(condition.for) : null
  return {
    probe,
    timing: timingOf(rule, lasting ?? (condition.kind === 'no-data' ? silentMs(device) : 0)),
    byReceived: condition.kind === 'no-data',
    isWatching: watchingTimes(rule, clock),
  }
}

function watchingTimes({ season, maintenance = [] }: AlarmRule, clock: (at: number) => LocalMoment) {
  if (season === undefined && maintenance.length === 0) return () => true
  return (at: number): boolean => {
    const moment = clock(at)
    return (season === undefined || whenHolds(season, moment)) && !isWithin(maintenance, moment.day)
  }
}

export const freshState = (at: number): WatchState => ({ machine: normalState(at), memory: {}, at: 0, seen: null })

/**
 * Takes in a reading. `at` is its own time; what is older than the newest one, by its own time, is passed over. `now` is when it
 * was received. Changes the state in place.
 */
export function takeReading(
  { probe, timing, byReceived, isWatching }: Watcher,
  state: WatchState,
  reading: SeenReading,
  now: number,
): Effect | null {
  const { point, value } = reading
  const at = byReceived ? now : Math.min(reading.at, now)
  if (isOld(probe, state, point, at)) return null
  const look = probe.look(state.memory, point, value, at)
  if (look === null) return null
  if (byReceived) return heard(state, at, timing)
  state.seen = seenOf(probe, point, look, at)
  // What is not watched now is as if it were right, except that what stands stays until it is right.
  const sight =
    look.sight === 'wrong' && !isWatching(at) ? (state.machine.phase === 'raised' ? 'wrong' : 'right') : look.sight
  return see(state.machine, sight, state.at, timing, look.since ?? state.at)
}

/** Of several points each has its own newest reading. */
function isOld({ points }: Probe, state: WatchState, point: string, at: number): boolean {
  if (at < ((points?.length ?? 0) > 1 ? (state.ats?.[point] ?? 0) : state.at)) return true
  if ((points?.length ?? 0) > 1) state.ats = { ...state.ats, [point]: at }
  state.at = Math.max(state.at, at)
  return false
}

/** Any reading ends a silence and begins the wait for the next. */
function heard(state: WatchState, at: number, timing: Timing): Effect | null {
  const { machine } = state
  if (machine.phase === 'pending') {
    machine.since = at
    return null
  }
  const effect = see(machine, 'right', at, timing)
  if (machine.phase === 'normal') {
    machine.phase = 'pending'
    machine.since = at
  }
  return effect
}

const seenOf = ({ points }: Probe, point: string, { value, limit }: Look, at: number): WatchState['seen'] => ({
  point: points?.length === 1 ? point : null,
  value,
  limit,
  at,
})

/** The value that was seen last, as written. */
export const valueSeen = ({ seen }: WatchState): string | null => (seen?.value == null ? null : String(seen.value))

/** What time alone brings; a reading that has to come again does not count on. */
export function takeTime({ probe, timing, isWatching }: Watcher, state: WatchState, now: number): Effect | null {
  const { machine } = state
  if (machine.phase === 'pending' && (!probe.lasts || !isWatching(now))) return null
  return tick(machine, now, timing)
}

/** The watcher of a rule that a job looks at: what it finds is taken in as it is. */
export function createSlowWatcher(rule: AlarmRule, timeZone: string): Watcher {
  return {
    probe: { points: [], lasts: false, look: () => null },
    timing: timingOf(rule, 0),
    byReceived: false,
    isWatching: watchingTimes(rule, createLocalClock(timeZone)),
  }
}
/** Takes in what a job found. */
export function takeLook(
  { timing, isWatching }: Watcher,
  state: WatchState,
  look: { isWrong: boolean; point: string | null; value: string | null; limit: string | null; at: number },
  now: number,
): Effect | null {
  const { isWrong, ...seen } = look
  state.seen = seen
  if (isWrong && state.machine.phase !== 'raised' && !isWatching(now)) return null
  return see(state.machine, isWrong ? 'wrong' : 'right', now, timing)
}

function timingOf({ flapping = DEFAULT_FLAPPING }: AlarmRule, forMs: number): Timing {
  const flapWithinMs = alarmDurationMs(flapping.within) ?? alarmDurationMs(DEFAULT_FLAPPING.within) ?? 0
  return { forMs, flapTimes: flapping.times, flapWithinMs }
}
