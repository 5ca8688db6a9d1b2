// SenML JSON (RFC 8428): base name = the device, base time of the first reading, one record for each reading.
import type { SimReading } from '#sim/fleet.ts'

/** `units` gives the SenML unit of a point where it has one. Times are seconds, to the millisecond. */
export function encodeSenml(
  device: string,
  readings: readonly SimReading[],
  units: ReadonlyMap<string, string> = new Map(),
): string {
  const first = readings[0]?.at ?? 0
  return JSON.stringify(
    readings.map(({ point, at, value }, index) => ({
      ...(index === 0 ? { bn: `${device}/`, bt: first / 1000 } : {}),
      n: point,
      ...(at === first ? {} : { t: (at - first) / 1000 }),
      ...(units.has(point) ? { u: units.get(point) } : {}),
      ...(typeof value === 'number' ? { v: value } : typeof value === 'boolean' ? { vb: value } : { vs: value }),
    })),
  )
}
