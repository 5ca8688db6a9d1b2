// What each kind of condition sees in a reading: one probe per rule, a memory of plain JSON per device.
import { significant } from '#domain/quantity/significant.ts'
import { parseExpression, type ExpressionValue } from './expression.ts'
import { alarmDurationMs } from './duration.ts'
import type { Sight } from './machine.ts'
import type { AlarmCondition } from './rule.ts'
import { whenHolds, type LocalMoment } from './calendar.ts'

export type Look = {
  sight: Sight
  /** What was seen beside the limit, as it came: texts are made only of what becomes a reason. */
  value: ExpressionValue | null
  limit: string | null
  /** From when on it was wrong, where that is before this reading. */
  since?: number
}
/** What a probe remembers of a device, by its own names. */
export type Memory = {
  /** The newest value of each point (expression), or the one that is held against (stuck, counter). */
  values?: Record<string, ExpressionValue>
  at?: number
  /** rate: least and most by part of the window. */
  window?: [from: number, least: number, most: number][]
}
export type ProbeContext = {
  /** The range that the device type declares for a point; null where it declares none. */
  range: (point: string) => readonly [number, number] | null
  /** Where a counter starts anew, and instants at which its meter was changed. */
  counter: (point: string) => { rollover: number | null; changes: readonly number[] }
  /** The wall clock of the premises. */
  clock: (at: number) => LocalMoment
  isHoliday: (day: number) => boolean
}
export type Probe = {
  /** The points that it reads; null: any of the device (no data). */
  points: readonly string[] | null
  /** Null when the reading tells nothing. */
  look: (memory: Memory, point: string, value: ExpressionValue, at: number) => Look | null
  /** Time alone may raise it: what was wrong at the last reading counts as wrong until the next. */
  lasts: boolean
}

/** What no data makes of any reading. */
const HEARD: Look = { sight: 'right', value: null, limit: null }
/** Parts of the window of a rate that are kept. */
const RATE_PARTS = 60

/** The probe of a condition that readings decide; null for those that a look at many readings decides (domain/alarms/slow.ts), or that cannot be read. */
export function createProbe(condition: AlarmCondition, context: ProbeContext): Probe | null {
  switch (condition.kind) {
    case 'threshold':
      return threshold(condition)
    case 'rate':
      return rate(condition)
    case 'no-data':
      return { points: null, lasts: true, look: () => HEARD }
    case 'stuck':
      return stuck(condition.point)
    case 'out-of-range': {
      const range = context.range(condition.point)
      return range === null ? null : between(condition.point, range[0], range[1], 0)
    }
    case 'off-hours':
      return offHours(condition, context)
    case 'counter-back':
      return counterBack(condition.point, context)
    case 'expression':
      return expression(condition.expression)
    default:
      return null
  }
}

type Of<K extends AlarmCondition['kind']> = Extract<AlarmCondition, { kind: K }>

const threshold = ({ point, above, below, hysteresis }: Of<'threshold'>): Probe =>
  between(
    point,
    below === undefined ? -Infinity : Number(below),
    above === undefined ? Infinity : Number(above),
    Number(hysteresis ?? 0),
  )

function between(point: string, least: number, most: number, band: number): Probe {
  const [above, below] = [String(most), String(least)]
  const limitOf = (value: number): string => (value > most || least === -Infinity ? above : below)
  return {
    points: [point],
    lasts: true,
    look(_memory, _point, given, at) {
      const value = numberOf(given)
      if (value === null) return null
      if (value > most || value < least) return { sight: 'wrong', value: given, limit: limitOf(value), since: at }
      const isBack = value <= most - band && value >= least + band
      return { sight: isBack ? 'right' : 'between', value: given, limit: limitOf(value) }
    },
  }
}

function rate({ point, by, within }: Of<'rate'>): Probe {
  const most = Number(by)
  const windowMs = alarmDurationMs(within) ?? 1
  const partMs = Math.max(1, windowMs / RATE_PARTS)
  return {
    points: [point],
    lasts: false,
    look(memory, _point, given, at) {
      const value = numberOf(given)
      if (value === null) return null
      const window = (memory.window ?? []).filter(([from]) => at - from <= windowMs)
      const [least, greatest] = [
        Math.min(value, ...window.map((part) => part[1])),
        Math.max(value, ...window.map((part) => part[2])),
      ]
      const last = window.at(-1)
      if (last !== undefined && at - last[0] < partMs)
        window[window.length - 1] = [last[0], Math.min(last[1], value), Math.max(last[2], value)]
      else window.push([at, value, value])
      memory.window = window
      const change = Math.max(value - least, greatest - value)
      return { sight: change > most ? 'wrong' : 'right', value: significant(change, 12), limit: by }
    },
  }
}

function stuck(point: string): Probe {
  return {
    points: [point],
    lasts: false,
    look(memory, _point, given, at) {
      const isSame = memory.at !== undefined && memory.values?.[point] === given
      if (!isSame) {
        memory.values = { [point]: given }
        memory.at = at
        return { sight: 'right', value: given, limit: null }
      }
      return { sight: 'wrong', value: given, limit: null, since: memory.at ?? at }
    },
  }
}

function offHours({ point, above, hours }: Of<'off-hours'>, { clock, isHoliday }: ProbeContext): Probe {
  const most = Number(above)
  return {
    points: [point],
    lasts: false,
    look(_memory, _point, given, at) {
      const value = numberOf(given)
      if (value === null) return null
      const moment = clock(at)
      const isOpen = !isHoliday(moment.day) && hours.some((when) => whenHolds(when, moment))
      return { sight: value > most && !isOpen ? 'wrong' : 'right', value: given, limit: above }
    },
  }
}

/** A counter that lost its count: wrong until it is beyond where it was, a person clears it, or a meter change is recorded. */
function counterBack(point: string, { counter }: ProbeContext): Probe {
  const { rollover, changes } = counter(point)
  return {
    points: [point],
    lasts: false,
    look(memory, _point, given, at) {
      const value = numberOf(given)
      if (value === null) return null
      const most = memory.values?.[point]
      const seenAt = memory.at ?? at
      const isNew = typeof most !== 'number' || changes.some((change) => seenAt < change && change <= at)
      // A counter that starts anew at its rollover goes from its last tenth to its first.
      const isOver = !isNew && rollover !== null && most > rollover * 0.9 && value < rollover * 0.1
      if (isNew || isOver || value >= most) {
        memory.values = { [point]: value }
        memory.at = at
        return { sight: 'right', value: given, limit: typeof most === 'number' ? String(most) : null }
      }
      return { sight: 'wrong', value: given, limit: String(most) }
    },
  }
}

function expression(text: string): Probe | null {
  const read = parseExpression(text)
  if (!read.ok) return null
  const { points, evaluate } = read.expression
  return {
    points,
    lasts: true,
    look(memory, point, given) {
      memory.values = { ...memory.values, [point]: given }
      const { values } = memory
      const answer = evaluate((key) => values[key])
      if (answer === null || typeof answer === 'string') return null
      const value = points.map((key) => `${key} ${String(values[key] ?? '–')}`).join(', ')
      return {
        sight: answer === true || (typeof answer === 'number' && answer !== 0) ? 'wrong' : 'right',
        value,
        limit: null,
      }
    },
  }
}

/** A boolean counts as 1 or 0, and so do the words by which devices say on and off; other texts tell nothing. */
export function numberOf(value: ExpressionValue): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'boolean') return Number(value)
  return SWITCHES.get(value.toLowerCase()) ?? null
}
const SWITCHES: ReadonlyMap<string, number> = new Map([
  ...['true', 'on', 'open', 'yes', 'alarm', 'wet', 'leak', 'detected', '1'].map((word) => [word, 1] as const),
  ...['false', 'off', 'closed', 'no', 'ok', 'normal', 'dry', 'clear', '0'].map((word) => [word, 0] as const),
])
