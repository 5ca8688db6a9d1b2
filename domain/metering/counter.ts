// A counter's readings as one running total: meter changes merged in, roll-overs unrolled, falls marked.
import type { Point } from '#domain/registry/bundle.ts'
import type { MeterReadings } from '#domain/ports/telemetry.ts'
import { parseInstant } from '#domain/quantity/instant.ts'
import { microFrom } from '#domain/quantity/micro.ts'

/** The span before the last reading whose mean rate stands for what comes after it. */
export const RATE_WINDOW_MS = 28 * 86_400_000

/**
 * Readings by instant. `total` goes on over meter changes and roll-overs and equals the first reading's value at the
 * first; floats when every value and total is a safe integer not below zero. `shown` is what the (new) meter showed.
 */
export type Counter = {
  at: Float64Array
  total: Float64Array | bigint[]
  shown: (index: number) => bigint
  /** Indices of readings that are lower than the one before without being a roll-over, ascending. */
  wentBack: number[]
  /** How many meter changes are among the readings. */
  changes: CounterChange[]
}
/** A meter change at its instant: what the old meter showed last and the new one first, in micro. */
export type CounterChange = { at: number; final: bigint; initial: bigint }

/** One running total of a counter point; null readings are none. */
export function counterOf(point: Point, readings: MeterReadings | null): Counter {
  const changes = changesOf(point)
  const rollover = point.rollover === undefined ? null : microValue(point.rollover)
  const at = changes.length === 0 && readings !== null ? readings.at : mergedInstants(readings, changes)
  const micro = readings?.micro ?? new BigInt64Array(0)
  if (changes.length === 0) {
    const plain = plainTotals(at.length, micro, rollover)
    if (plain !== null) return { at, ...plain, shown: (index) => micro[index]!, changes }
  }
  const { before, after } = merged(at, readings, changes)
  const total: bigint[] = []
  const wentBack: number[] = []
  for (let i = 0; i < at.length; i += 1) {
    const step = i === 0 ? after[i]! : stepOf(after[i - 1]!, before[i]!, rollover)
    if (step === null) wentBack.push(i)
    total.push((total[i - 1] ?? 0n) + (step ?? 0n))
  }
  const plain = asPlain(total, before, after)
  return { at, total: plain ?? total, shown: (index) => after[index]!, wentBack, changes }
}

/** What is counted from one reading to the next; null when the counter went back. */
export function stepOf(before: bigint, now: bigint, rollover: bigint | null): bigint | null {
  if (now >= before) return now - before
  if (rollover !== null && before * 10n >= rollover * 9n && now * 10n <= rollover) return now + rollover - before
  return null
}

/** The usual case without meter changes, in floats; null when a value does not fit. */
function plainTotals(
  length: number,
  micro: BigInt64Array,
  rollover: bigint | null,
): { total: Float64Array; wentBack: number[] } | null {
  const total = new Float64Array(length)
  const wentBack: number[] = []
  const safe = safeReader(micro)
  let before = 0
  let running = 0
  for (let i = 0; i < length; i += 1) {
    const now = safe(i)
    if (now < 0) return null
    if (i === 0) running = now
    else if (now >= before) running += now - before
    else {
      const step = stepOf(BigInt(before), BigInt(now), rollover)
      if (step === null) wentBack.push(i)
      else running += Number(step)
    }
    if (running > Number.MAX_SAFE_INTEGER) return null
    total[i] = running
    before = now
  }
  return { total, wentBack }
}

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1
/** Reads values that are safe integers not below zero; −1 for any other. Halves of 32 bits spare a bigint for each of millions. */
function safeReader(micro: BigInt64Array): (index: number) => number {
  const words = new Uint32Array(micro.buffer, micro.byteOffset, micro.length * 2)
  const low = LITTLE_ENDIAN ? 0 : 1
  const high = 1 - low
  return (index) => {
    const highWord = words[2 * index + high]!
    return highWord > 0x1f_ffff ? -1 : highWord * 0x1_0000_0000 + words[2 * index + low]!
  }
}

function asPlain(total: bigint[], before: bigint[], after: bigint[]): Float64Array | null {
  const limit = BigInt(Number.MAX_SAFE_INTEGER)
  for (let i = 0; i < total.length; i += 1) {
    if (total[i]! > limit || total[i]! < 0n || before[i]! < 0n || after[i]! < 0n) return null
  }
  return Float64Array.from(total, Number)
}

function changesOf(point: Point): CounterChange[] {
  const byInstant = new Map<number, CounterChange>()
  for (const change of point.meterChanges ?? []) {
    const at = parseInstant(change.at)
    if (at === null) throw new Error(`meter change at ${change.at} has no instant`)
    byInstant.set(at, { at, final: microValue(change.final), initial: microValue(change.initial) })
  }
  return [...byInstant.values()].sort((a, b) => a.at - b.at)
}

function mergedInstants(readings: MeterReadings | null, changes: CounterChange[]): Float64Array {
  const all = new Set<number>(readings?.at ?? [])
  for (const change of changes) all.add(change.at)
  return Float64Array.from(all).sort()
}

/** What each reading shows at the end of the step before it and at the start of the one after it. */
function merged(
  at: Float64Array,
  readings: MeterReadings | null,
  changes: CounterChange[],
): { before: bigint[]; after: bigint[] } {
  const changeAt = new Map(changes.map((change) => [change.at, change]))
  const before: bigint[] = []
  const after: bigint[] = []
  let reading = 0
  for (const instant of at) {
    const change = changeAt.get(instant)
    const isReading = readings !== null && readings.at[reading] === instant
    const value = isReading ? readings.micro[reading]! : 0n
    if (isReading) reading += 1
    before.push(change?.final ?? value)
    after.push(change?.initial ?? value)
  }
  return { before, after }
}

/** A value that was checked when it came in. */
function microValue(value: string | number): bigint {
  const micro = microFrom(value)
  if (typeof micro !== 'bigint') throw new Error(`${value} is no meter value: ${micro}`)
  return micro
}
