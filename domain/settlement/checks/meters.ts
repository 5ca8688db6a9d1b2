// Meters without a reading near the ends of the month, and stretches within it that are interpolated over more than a day.
import type { DamagedSpan, MeterReadings } from '#domain/ports/telemetry.ts'
import { formatInstant } from '#domain/quantity/instant.ts'
import type { Period } from '#domain/quantity/period.ts'
import type { PointRef } from '#domain/registry/bundle.ts'
import type { Finding } from './finding.ts'

/** A reading within this of an end is near it. */
export const NEAR_MS = 24 * 3_600_000
/** A longer stretch between two readings is interpolated over days; the longest local day has 25 hours. */
const STRETCH_MS = 25 * 3_600_000

export type MeterRead = PointRef & {
  readings: MeterReadings | null
  /** What of its readings was damaged in the store and set aside. */
  damaged: readonly DamagedSpan[]
  items: readonly string[]
}

/** One finding for all that is damaged within the month. */
export function damageFindings({ device, point, damaged, items }: MeterRead): Finding[] {
  if (damaged.length === 0) return []
  const readings = damaged.reduce((sum, span) => sum + span.readings, 0)
  const from = formatInstant(Math.min(...damaged.map((span) => span.from)))
  const to = formatInstant(Math.max(...damaged.map((span) => span.to)))
  const figures = { device, point, readings: String(readings), from, to }
  return [{ code: 'readings-damaged', severity: 'warn', items, figures }]
}

/** One finding for each end without a reading near it, one for the longest stretch; a meter without readings is blocked already. */
export function meterFindings(meter: MeterRead, { from, to }: Pick<Period, 'from' | 'to'>): Finding[] {
  const at = meter.readings?.at
  if (at === undefined || at.length === 0) return []
  const { device, point, items } = meter
  const found: Finding[] = []
  for (const [end, instant] of [
    ['start', from],
    ['end', to],
  ] as const) {
    const nearest = at.reduce((best, one) => (Math.abs(one - instant) < Math.abs(best - instant) ? one : best))
    if (Math.abs(nearest - instant) <= NEAR_MS) continue
    const figures = { device, point, end, boundary: formatInstant(instant), nearest: formatInstant(nearest) }
    found.push({ code: 'no-reading-near-end', severity: 'warn', items, figures })
  }
  let longest: { from: number; to: number } | null = null
  let stretches = 0
  for (let i = 1; i < at.length; i += 1) {
    const [start, end] = [at[i - 1]!, at[i]!]
    if (end <= from || start >= to || end - start <= STRETCH_MS) continue
    stretches += 1
    if (longest === null || end - start > longest.to - longest.from) longest = { from: start, to: end }
  }
  if (longest !== null) {
    const hours = String(Math.floor((longest.to - longest.from) / 3_600_000))
    const span = { from: formatInstant(longest.from), to: formatInstant(longest.to) }
    const figures = { device, point, hours, stretches: String(stretches), ...span }
    found.push({ code: 'interpolated', severity: 'note', items, figures })
  }
  return found
}
