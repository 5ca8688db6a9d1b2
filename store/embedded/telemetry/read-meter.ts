// The readings of a meter that a settlement needs, as exact millionths, chosen as the port says.
import { LAST_INSTANT } from '#domain/ports/telemetry.ts'
import type { MeterReadings } from '#domain/ports/telemetry.ts'
import { microFromDecimal, microFromNumber } from '#domain/quantity/micro.ts'
import { DECIMAL, NUMBER, isSimulated, kindOf, qualityNumberOf } from './flags.ts'
import type { Reader } from './reader.ts'
import { cut, placeIn } from './run.ts'
import type { Run } from './run.ts'

const TAIL_MS = 28 * 24 * 3_600_000

type Row = { at: number; micro: bigint; flags: number }

/** All of [from, to] and its neighbours; without one at or after `to`, also the 28 days before the last one and at least the last two. */
export function readMeter(reader: Reader, series: number, from: number, to: number): MeterReadings {
  const tail = reader.tailRuns([series], 0, LAST_INSTANT).get(series)
  const source = { reader, series, tail }
  const before = lastAtOrBefore(source, from)
  const after = firstAtOrAfter(source, to)
  let start = before?.at ?? from
  if (after === null) {
    const last = lastAtOrBefore(source, LAST_INSTANT)
    const secondLast = last === null ? null : lastAtOrBefore(source, last.at - 1)
    if (last !== null) start = Math.min(start, last.at - TAIL_MS, secondLast?.at ?? last.at)
  }
  const rows = meterRows(source, start, after?.at ?? LAST_INSTANT)
  return {
    at: Float64Array.from(rows, ({ at }) => at),
    micro: BigInt64Array.from(rows, ({ micro }) => micro),
    simulated: rows.some(({ flags }) => isSimulated(flags)),
    qualities: Uint8Array.from(rows, ({ flags }) => qualityNumberOf(flags)),
  }
}

type Source = { reader: Reader; series: number; tail: Run | undefined }

/** Goes back chunk by chunk until a meter reading is met. */
function lastAtOrBefore(source: Source, at: number): Row | null {
  for (let to = at; to >= 0;) {
    const chunk = source.reader.chunks.atOrBefore(source.series, to)
    const row = meterRows(source, chunk?.from ?? 0, to).at(-1)
    if (row !== undefined) return row
    if (chunk === null) return null
    to = chunk.from - 1
  }
  return null
}

function firstAtOrAfter(source: Source, at: number): Row | null {
  for (let from = at; from <= LAST_INSTANT;) {
    const { chunks } = source.reader
    const here = chunks.atOrBefore(source.series, from)
    const chunk = here !== null && here.to >= from ? here : chunks.after(source.series, from)
    const to = chunk?.to ?? LAST_INSTANT
    const row = meterRows(source, from, to).at(0)
    if (row !== undefined) return row
    from = to + 1
  }
  return null
}

/** Numbers and decimals in [from, to]; booleans, texts and values beyond every meter are left out. */
function meterRows({ reader, series, tail }: Source, from: number, to: number): Row[] {
  const rows: Row[] = []
  const part = tail === undefined ? undefined : cut(tail, placeIn(tail, from), placeIn(tail, to + 1))
  for (const run of reader.runs(series, from, to, part)) {
    for (let row = 0; row < run.count; row++) {
      const flags = run.flags[row] as number
      const micro = microOf(kindOf(flags), run.value[row] as number, run.texts?.[row])
      if (micro !== null) rows.push({ at: run.at[row] as number, micro, flags })
    }
  }
  return rows
}

function microOf(kind: number, value: number, text: string | undefined): bigint | null {
  const micro = kind === NUMBER ? microFromNumber(value) : kind === DECIMAL ? microFromDecimal(text ?? '') : null
  return typeof micro === 'bigint' ? micro : null
}
