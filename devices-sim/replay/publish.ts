// Publishes the series over MQTT: as fast as they are acknowledged, or so many times faster than they were measured.
import type { Batch } from '#sim/backfill.ts'
import type { SimReading } from '#sim/fleet.ts'

const BATCH_READINGS = 2000
const SLICE_MS = 200

/** All readings device by device, in messages below 256 KiB. */
export async function* atFullSpeed(readings: ReadonlyMap<string, SimReading[]>): AsyncGenerator<Batch> {
  for (const [device, list] of readings) {
    for (let i = 0; i < list.length; i += BATCH_READINGS) yield { device, readings: list.slice(i, i + BATCH_READINGS) }
  }
}

/** Every device from its own first reading on, `speed` times as fast as time; all devices side by side. */
export async function* atSpeed(readings: ReadonlyMap<string, SimReading[]>, speed: number): AsyncGenerator<Batch> {
  const begin = performance.now()
  const tracks = [...readings]
    .filter(([, list]) => list.length > 0)
    .map(([device, list]) => ({ device, list, next: 0, first: list[0]?.at ?? 0 }))
  while (tracks.some((track) => track.next < track.list.length)) {
    const passed = (performance.now() - begin) * speed
    for (const track of tracks) {
      const from = track.next
      while (track.next < track.list.length && (track.list[track.next]?.at ?? 0) - track.first <= passed) track.next++
      for (let i = from; i < track.next; i += BATCH_READINGS) {
        yield { device: track.device, readings: track.list.slice(i, Math.min(i + BATCH_READINGS, track.next)) }
      }
    }
    await new Promise((resolve) => setTimeout(resolve, SLICE_MS))
  }
}
