// Reads JSON from strangers: valid UTF-8, bounded depth, no key twice, and numbers whose digits a double cannot carry are noticed.
import { isUtf8 } from 'node:buffer'
import type { DecodeProblemCode } from './codec.ts'

/** Objects and arrays within each other; no payload family needs more. */
export const JSON_DEPTH = 24

export type Json = null | boolean | number | string | ExactDecimal | Json[] | { [key: string]: Json }
/** A number that has more digits than a double; only made where they would change the sixth decimal. */
export class ExactDecimal {
  readonly decimal: string
  constructor(decimal: string) {
    this.decimal = decimal
  }
  /** Where it is passed on as JSON it is a number again. */
  toJSON(): number {
    return Number(this.decimal)
  }
}
export type JsonResult = { value: Json; problem: null } | { value: null; problem: DecodeProblemCode; detail: string }

/** Digits and points in a row from which a number may have more than a double carries. */
const LONG_NUMBER = 16
const PLAIN_DECIMAL = /^-?\d{1,15}\.\d{1,18}$/
/** Below this a double carries six decimals exactly enough. */
const DIGITS_OF_A_DOUBLE = 15

/**
 * Parses a payload; never throws. `__proto__` is an own key like any other: read objects by Object.keys and Object.hasOwn.
 * `sameTwice` lets a key be repeated with the very same scalar, as some gateways do: it says nothing different.
 */
export function parseJson(payload: Uint8Array, { sameTwice = false } = {}): JsonResult {
  if (payload.length === 0) return { value: null, problem: 'empty', detail: '' }
  if (!isUtf8(payload)) return { value: null, problem: 'invalid-utf8', detail: '' }
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
  const text = bytes.toString('utf8')
  const { deepest, members, hasLongNumber } = outlineOf(text)
  if (deepest > JSON_DEPTH) return { value: null, problem: 'too-deep', detail: `at most ${JSON_DEPTH} levels` }
  let value: Json
  try {
    value = hasLongNumber ? parseWithDigits(text) : (JSON.parse(text) as Json)
  } catch (error) {
    return { value: null, problem: 'not-json', detail: error instanceof Error ? error.message.slice(0, 120) : '' }
  }
  // Where an object named a key twice, the text has more members than what was parsed.
  const twice = countMembers(value) === members ? null : duplicateKey(text, sameTwice)
  if (twice !== null) return { value: null, problem: 'duplicate-key', detail: twice.slice(0, 64) }
  return { value, problem: null }
}

/** Outside texts: deepest nesting of brackets, the number of colons (in valid JSON of members), whether a number is long. */
function outlineOf(text: string): { deepest: number; members: number; hasLongNumber: boolean } {
  let depth = 0
  let deepest = 0
  let members = 0
  let digits = 0
  let hasLongNumber = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if ((code >= 48 && code <= 57) || code === 46) {
      if (++digits === LONG_NUMBER) hasLongNumber = true
      continue
    }
    digits = 0
    if (code === 34) i = endOfString(text, i)
    else if (code === 58) members++
    else if (code === 123 || code === 91) {
      if (++depth > deepest) deepest = depth
    } else if (code === 125 || code === 93) depth--
  }
  return { deepest, members, hasLongNumber }
}

/** Members of all objects within each other; the depth is bounded before. */
function countMembers(value: Json): number {
  if (typeof value !== 'object' || value === null || value instanceof ExactDecimal) return 0
  let members = 0
  if (Array.isArray(value)) {
    for (const member of value) members += countMembers(member)
    return members
  }
  const keys = Object.keys(value)
  for (const key of keys) members += countMembers(value[key] as Json)
  return members + keys.length
}

/** Index of the quote that closes the text which opens at `start`. */
function endOfString(text: string, start: number): number {
  const quote = text.indexOf('"', start + 1)
  if (quote === -1) return text.length
  if (text.charCodeAt(quote - 1) !== 92) return quote
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 92) i++
    else if (code === 34) return i
  }
  return text.length
}

/** The first key that one object of a valid JSON text names twice (and, with `sameTwice`, differently), or null. */
function duplicateKey(text: string, sameTwice: boolean): string | null {
  /** Of each open object the keys and where their values begin; null for an open array. */
  const open: (Map<string, number> | null)[] = []
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 123) open.push(new Map())
    else if (code === 91) open.push(null)
    else if (code === 125 || code === 93) open.pop()
    else if (code === 34) {
      const end = endOfString(text, i)
      const keys = open.at(-1)
      if (keys != null && isFollowedByColon(text, end + 1)) {
        const raw = text.slice(i + 1, end)
        const key = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw
        const before = keys.get(key)
        const here = text.indexOf(':', end) + 1
        if (before !== undefined && !(sameTwice && isSameScalar(text, before, here))) return key
        keys.set(key, here)
      }
      i = end
    }
  }
  return null
}

const SCALAR = /\s*("(?:[^"\\]|\\.)*"|[^\s,}[{"]+)/y
function isSameScalar(text: string, a: number, b: number): boolean {
  const scalarAt = (index: number): string | undefined => {
    SCALAR.lastIndex = index
    return SCALAR.exec(text)?.[1]
  }
  const first = scalarAt(a)
  return first !== undefined && first === scalarAt(b)
}

function isFollowedByColon(text: string, from: number): boolean {
  let i = from
  while (i < text.length && ' \t\n\r'.includes(text[i] as string)) i++
  return text[i] === ':'
}

type SourceReviver = (this: unknown, key: string, value: Json, context: { source?: string }) => Json

/** Keeps the digits of decimals that a double would round within six decimals (large meters of small units). */
function parseWithDigits(text: string): Json {
  const keepDigits: SourceReviver = (_key, value, context) => {
    if (typeof value !== 'number' || context.source === undefined || !PLAIN_DECIMAL.test(context.source)) return value
    const [whole = '', decimals = ''] = context.source.split('.')
    const digits = whole.replace('-', '').length + Math.min(6, decimals.length)
    return digits > DIGITS_OF_A_DOUBLE ? new ExactDecimal(context.source) : value
  }
  return JSON.parse(text, keepDigits as (this: unknown, key: string, value: unknown) => unknown) as Json
}

/** Whether the parsed value is an object of keys and values. */
export function isJsonObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactDecimal)
}
