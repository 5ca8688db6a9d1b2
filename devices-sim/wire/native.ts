// The native form: {"ts": ms, "values": {point: value}}, or an array of those when instants differ.
import type { SimReading, SimValue } from '#sim/fleet.ts'

/**
 * Payload of `samtila/v1/{device}/telemetry`. Readings of one instant share an object; a second value of a point at the same
 * instant gets an object of its own, so that it is sent, and in its order.
 */
export function encodeNative(readings: readonly SimReading[]): string {
  const records: { ts: number; values: Record<string, SimValue> }[] = []
  const newest = new Map<number, Record<string, SimValue>>()
  for (const { at, point, value } of readings) {
    let values = newest.get(at)
    if (values === undefined || Object.hasOwn(values, point)) {
      values = {}
      newest.set(at, values)
      records.push({ ts: at, values })
    }
    values[point] = value
  }
  return JSON.stringify(records.length === 1 ? records[0] : records)
}

export const telemetryTopic = (device: string): string => `samtila/v1/${device}/telemetry`
export const statusTopic = (device: string): string => `samtila/v1/${device}/status`
