// Gathers the readings of one message: says what is no reading, refuses keys that points cannot have, keeps the limit.
import { problem, refused } from './codec.ts'
import type { DecodeContext, Decoded, DecodeProblemCode } from './codec.ts'
import { isPointKey, valueOf } from './native/codec.ts'
import type { Json } from './json.ts'

/** Whose readings they are and when they were taken; `at` null when the payload has no instant. */
export type Origin = { device: string | null; at: number | null }

/** Instants before 2001 come from clocks that were never set, not from a measurement. */
const FIRST_SET_CLOCK = Date.UTC(2001, 0, 1)
const ABSOLUTE_ZERO_C = -273.15
/** What 8- and 16-bit sensors say when they have nothing to say: -127 of a lost 1-wire probe, 0xff in halves; 0x7fff, 0x8000 and 0xffff in ones, tenths and hundredths. */
const SENTINELS: Record<string, readonly number[]> = {
  '°C': [-127, 327.67, 327.68, 3276.7, 3276.8, 655.35, 6553.5, 32_767, 65_535],
  '%': [127.5, 327.67, -327.68, 3276.7, -3276.8, 655.35, 6553.5, 65_535],
  hPa: [3276.7, -3276.8, 6553.5],
  ppm: [-32_768, 65_535],
}
/** Words that firmwares write where a number would stand. */
const NO_VALUE = new Set(['', 'unknown', 'unavailable', 'null', 'none', 'nan', '-nan', 'inf', '-inf', 'n/a'])
/** Longest text that is a state and not a message. */
const TEXT_LENGTH = 256

export class Gathering {
  readonly decoded: Decoded
  readonly #limit: number
  constructor(codec: string, context: DecodeContext) {
    this.decoded = { codec, readings: [], ignored: [], problems: [] }
    this.#limit = context.readingsLimit
  }

  /** Adds a reading, or notes why there is none: null, "unknown" and a sentinel of the unit are ignored; objects and arrays too. */
  add(origin: Origin, point: string, json: Json, unit: string | null): void {
    const value = valueOf(json)
    if (value === null || isNoValue(value, unit)) this.ignore(point)
    else if (!isPointKey(point)) this.refuse('bad-key', JSON.stringify(point.slice(0, 64)))
    else if (typeof value === 'string' && value.length > TEXT_LENGTH) this.ignore(point)
    else {
      const { device, at } = origin
      this.decoded.readings.push({
        device,
        point,
        value,
        unit: typeof value === 'number' || typeof value === 'object' ? unit : null,
        at,
      })
    }
  }

  ignore(key: string): void {
    if (!this.isOver()) this.decoded.ignored.push(key.slice(0, 128))
  }

  refuse(code: DecodeProblemCode, detail?: string): void {
    this.decoded.problems.push(problem(code, detail))
  }

  isOver(): boolean {
    return this.decoded.readings.length + this.decoded.problems.length > this.#limit
  }

  /** What was gathered, or the refusal of a message with more readings than the limit. */
  result(): Decoded {
    return this.isOver() ? refused(this.decoded.codec, 'too-many-readings', `at most ${this.#limit}`) : this.decoded
  }
}

/** Whether a device says by this that it has no value: a word such as "unknown", a number that is none, a sentinel of the unit. */
export function isNoValue(value: number | boolean | string | { decimal: string }, unit: string | null): boolean {
  if (typeof value === 'string') return NO_VALUE.has(value.toLowerCase())
  if (typeof value !== 'number') return false
  if (!Number.isFinite(value)) return true
  if (unit === null) return false
  return (unit === '°C' && value < ABSOLUTE_ZERO_C) || SENTINELS[unit]?.includes(value) === true
}

/** The instant of a device's clock in milliseconds, or null when that clock was never set. */
export function clockInstant(ms: unknown): number | null {
  return typeof ms === 'number' && ms >= FIRST_SET_CLOCK && ms <= 8.64e15 ? Math.trunc(ms) : null
}

const DECIMAL = /^[+-]?(?:\d{1,18}(?:\.\d{0,18})?|\.\d{1,18})(?:[eE][+-]?\d{1,3})?$/

/** A bare value as text on the wire: a decimal is a number, true and false are booleans, all else is a text. */
export function valueOfText(text: string): number | boolean | string {
  const trimmed = text.trim()
  if (DECIMAL.test(trimmed)) return Number(trimmed)
  return trimmed === 'true' ? true : trimmed === 'false' ? false : trimmed
}

/** The first bytes as text, to look for a family's marks; `latin1` because any bytes may come. */
export function beginningOf(payload: Uint8Array, bytes = 512): string {
  const part = payload.subarray(0, bytes)
  return Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1')
}
