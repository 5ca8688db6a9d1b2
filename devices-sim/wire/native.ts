// The native form: {"ts": ms, "values": {point: value}}, or an array of those when instants differ.
import type { SimReading, SimValue } from '#sim/fleet.ts'

/** Payload of `samtila/v1/{device}/telemetry`; readings of one instant share an object. */
export function encodeNative(readings: readonly SimReading[]): string {
  const byInstant = new Map<number, Record<string, SimValue>>()
  for (const { at, point, value } of readings) {
    const values = byInstant.get(at)
    if (values === undefined) byInstant.set(at, { [point]: value })
    else values[point] = value
  }
  const records = [...byInstant].map(([ts, values]) => ({ ts, values }))
  return JSON.stringify(records.length === 1 ? records[0] : records)
}

export const telemetryTopic = (device: string): string => `samtila/v1/${device}/telemetry`
export const statusTopic = (device: string): string => `samtila/v1/${device}/status`
