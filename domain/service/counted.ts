// What has been counted since an instant: the total of a counter over meter changes and roll-overs, or the hours for which a state was on.
import { lastAtOrBefore } from '#domain/metering/counter-values.ts'
import { counterOf } from '#domain/metering/counter.ts'
import type { MeterReadings, Reading, Value } from '#domain/ports/telemetry.ts'
import type { Decimal, Point } from '#domain/registry/bundle.ts'

const HOUR_MS = 3_600_000
/** A state that nobody has told anew for so long is not known any more: running hours are not made of silence. */
const STATE_HOLDS_MS = 24 * HOUR_MS
const OFF = new Set(['', '0', 'off', 'false', 'no', 'stopped', 'stop', 'idle', 'standby', 'closed', 'fault', 'offline'])
/** What a counter of time counts in an hour, by its unit; any other unit is not time. */
const PER_HOUR: Readonly<Record<string, bigint>> = { h: 1n, min: 60n, s: 3600n }

/** Whether a state or measured value says that something runs. */
export function isOn(value: Value): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return !OFF.has(value.trim().toLowerCase())
  return Number(typeof value === 'number' ? value : value.decimal) > 0
}

/**
 * What a counter counted within [from, to], in its unit; for `hours` in hours. It begins with the last reading at or before `from`,
 * the first one where there is none; steps backwards count nothing, a change of the meter goes on. Null without readings, or when it
 * counts no time where hours are asked for.
 */
export function countedByCounter(
  point: Point,
  readings: MeterReadings,
  by: 'hours' | 'count',
  { from, to }: { from: number; to: number },
): Decimal | null {
  if (readings.at.length === 0) return null
  const perHour = by === 'hours' ? PER_HOUR[point.unit ?? ''] : 1n
  if (perHour === undefined) return null
  const { at, total } = counterOf(point, readings)
  const [begin, end] = [Math.max(0, lastAtOrBefore(at, from)), lastAtOrBefore(at, to)]
  if (end < begin) return '0'
  return decimalOfMicro((BigInt(total[end]!) - BigInt(total[begin]!)) / perHour)
}

/**
 * Hours within [from, to) in which the state was on, of readings by instant; the one before `from` may be among them. A state holds
 * until the next reading, for a day at most. Null without readings.
 */
export function hoursOn(readings: readonly Pick<Reading, 'at' | 'value'>[], from: number, to: number): Decimal | null {
  if (readings.length === 0) return null
  let ms = 0
  for (const [i, { at, value }] of readings.entries()) {
    if (!isOn(value)) continue
    const end = Math.min(readings[i + 1]?.at ?? to, at + STATE_HOLDS_MS, to)
    const begin = Math.max(at, from)
    if (end > begin) ms += end - begin
  }
  return decimalOfMicro((BigInt(ms) * 1_000_000n) / BigInt(HOUR_MS))
}

function decimalOfMicro(micro: bigint): Decimal {
  const whole = micro / 1_000_000n
  const rest = (micro % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '')
  return rest === '' ? whole.toString() : `${whole}.${rest}`
}
