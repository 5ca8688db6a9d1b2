// The past at speed: all readings of a fleet between two instants, device by device, month by month.
import type { Device, Point } from '#domain/registry/bundle.ts'
import type { Fleet, SimReading } from './fleet.ts'
import { QUARTER_MS } from './local-clock.ts'

/** Readings in one batch, about: below 256 KiB as native JSON, so that one batch is one message. */
export const BATCH_READINGS = 3000
const HOUR_MS = 4 * QUARTER_MS
const METERS = ['electricity-meter', 'heat-meter', 'water-meter']
const ROOMS = ['room-sensor', 'ventilation-unit', 'pv-inverter', 'ev-charger']

export type Batch = { device: string; readings: SimReading[] }

/** How far apart a point's past readings are: counters of meters by the quarter, rooms and plant by the hour, the rest by three. */
export function backfillStepMs(device: Device, point: Point): number {
  const type = device.type ?? ''
  if (point.kind === 'interval') return point.interval === 'PT1H' ? HOUR_MS : QUARTER_MS
  if (METERS.includes(type)) return point.kind === 'counter' ? QUARTER_MS : HOUR_MS
  return ROOMS.includes(type) ? HOUR_MS : 3 * HOUR_MS
}

/**
 * Readings from ≤ at ≤ to (ms) of every device, at whole quarters, hours or three hours, in ascending order within a device.
 * An interval point's reading carries the start of its interval. Both ends fall on a reading where they are on the step.
 */
export async function* backfill(fleet: Fleet, from: number, to: number): AsyncGenerator<Batch> {
  for (const device of fleet.devices) {
    let readings: SimReading[] = []
    const steps = (device.points ?? []).map((point) => ({ point, stepMs: backfillStepMs(device, point) }))
    if (steps.length === 0) continue
    const finest = Math.min(...steps.map((each) => each.stepMs))
    for (let at = Math.ceil(from / finest) * finest; at <= to; at += finest) {
      for (const { point, stepMs } of steps) {
        if (at % stepMs !== 0) continue
        if (point.kind === 'interval') {
          if (at - stepMs >= from)
            readings.push({ point: point.key, at: at - stepMs, value: fleet.show(device.id, point.key, at - stepMs) })
        } else {
          readings.push({ point: point.key, at, value: fleet.show(device.id, point.key, at) })
        }
      }
      if (readings.length >= BATCH_READINGS) {
        yield { device: device.id, readings }
        readings = []
      }
    }
    if (readings.length > 0) yield { device: device.id, readings }
  }
}
