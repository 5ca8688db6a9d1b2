// Reads what has run or been counted at a device since an instant, from the telemetry.
import type { Reading, Telemetry } from '#domain/ports/telemetry.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { countedByCounter, hoursOn } from '#domain/service/counted.ts'
import type { CountedTrigger } from '#domain/service/plan.ts'
import type { Counted } from '#domain/service/schedule.ts'

const DAY_MS = 86_400_000
/** Readings of a state that one question looks through; a plan counts at most two years of minutes. */
const MAX_READINGS = 1_000_000
const PAGE = 100_000

/** Null when the device has no such point, or it has said nothing that counts. */
export async function readCounted(
  telemetry: Telemetry,
  device: Device,
  { by, point: key }: Pick<CountedTrigger, 'by' | 'point'>,
  from: number,
  now: number,
): Promise<Counted | null> {
  const point = device.points?.find((one) => one.key === key)
  const series = telemetry.findSeries(device.id, key)
  if (point === undefined || series === null) return null
  const days = Math.max(0, (now - from) / DAY_MS)
  if (point.kind === 'counter') {
    const readings = await telemetry.meterReadings(series, from, now)
    const value = countedByCounter(point, readings, by, { from, to: now })
    return value === null ? null : { value, days }
  }
  if (by === 'count') return null
  const readings: Reading[] = []
  for (let at = from - DAY_MS; at < now && readings.length < MAX_READINGS;) {
    const page = await telemetry.readings(series, at, now, PAGE)
    readings.push(...page)
    if (page.length < PAGE) break
    at = page[page.length - 1]!.at + 1
  }
  const value = hoursOn(readings, from, now)
  return value === null ? null : { value, days }
}
