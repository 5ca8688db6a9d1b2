// The readings of a meter that a settlement needs, chosen as the port says.
import { QUALITIES } from '#domain/ports/telemetry.ts'
import type { MeterReadings, Reading } from '#domain/ports/telemetry.ts'
import { microFromDecimal, microFromNumber } from '#domain/quantity/micro.ts'

/** How far back a meter without a reading at the end is looked at. */
export const TAIL_MS = 28 * 24 * 3_600_000

/** All of [from, to] and its neighbours; without one at or after `to`, also the 28 days before the last one and at least the last two. */
export function meterReadingsOf(readings: readonly Reading[], from: number, to: number): MeterReadings {
  const rows = readings.flatMap((reading) => {
    const micro = microOf(reading.value)
    return micro === null ? [] : [{ ...reading, micro }]
  })
  const before = rows.findLastIndex(({ at }) => at <= from)
  const after = rows.findIndex(({ at }) => at >= to)
  let start = before === -1 ? rows.findIndex(({ at }) => at >= from) : before
  if (start === -1) start = rows.length
  if (after === -1 && rows.length > 0) {
    const last = rows.at(-1) as Reading
    const tail = rows.findIndex(({ at }) => at >= last.at - TAIL_MS)
    start = Math.max(0, Math.min(start, tail, rows.length - 2))
  }
  const chosen = rows.slice(start, after === -1 ? rows.length : after + 1)
  return {
    at: Float64Array.from(chosen, ({ at }) => at),
    micro: BigInt64Array.from(chosen, ({ micro }) => micro),
    simulated: chosen.some(({ simulated }) => simulated),
    qualities: Uint8Array.from(chosen, ({ quality }) => QUALITIES.indexOf(quality)),
  }
}

/** Booleans, texts and values beyond every meter are no meter readings. */
export function microOf(value: Reading['value']): bigint | null {
  const micro =
    typeof value === 'number'
      ? microFromNumber(value)
      : typeof value === 'object'
        ? microFromDecimal(value.decimal)
        : null
  return typeof micro === 'bigint' ? micro : null
}
