// The native family: {"ts", "values"}, an array of those, or a bare object of values.
import { POINT_KEY_PATTERN } from '#domain/registry/bundle.ts'
import { ownDeviceOf, problem, refused } from '#broker/codecs/codec.ts'
import type { Codec, DecodeContext, Decoded, DecodedReading } from '#broker/codecs/codec.ts'
import { ExactDecimal, isJsonObject, parseJson } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'
import { parseInstant } from '#broker/codecs/instant.ts'
import type { Value } from '#domain/ports/telemetry.ts'

/** Decodes native JSON. A null value is no reading; a value that is an object or array is a problem of its own, the rest is read. */
export const nativeCodec: Codec = {
  name: 'native',
  recognises(topic, payload) {
    const first = firstByte(payload)
    if (first !== 123 && first !== 91) return false
    if (ownDeviceOf(topic) !== null && first === 123) return true
    const { value } = parseJson(payload)
    const record = Array.isArray(value) ? value[0] : (value ?? undefined)
    return isRecord(record)
  },
  decode(topic, payload, context) {
    const parsed = parseJson(payload)
    if (parsed.problem !== null) return refused('native', parsed.problem, parsed.detail || undefined)
    const device = ownDeviceOf(topic, context)
    const decoded: Decoded = { codec: 'native', readings: [], ignored: [], problems: [] }
    if (Array.isArray(parsed.value)) {
      for (const record of parsed.value) {
        if (isRecord(record)) decodeRecord(record, device, context, decoded)
        else decoded.problems.push(problem('wrong-shape', 'each member of the array has "values"'))
        if (isOver(decoded, context)) break
      }
    } else if (isJsonObject(parsed.value)) {
      if (isRecord(parsed.value)) decodeRecord(parsed.value, device, context, decoded)
      else if (Object.hasOwn(parsed.value, 'ts')) return refused('native', 'wrong-shape', '"ts" without "values"')
      else decodeValues(parsed.value, null, device, context, decoded)
    } else return refused('native', 'wrong-shape', 'an object or an array of objects')
    if (isOver(decoded, context)) return refused('native', 'too-many-readings', `at most ${context.readingsLimit}`)
    return decoded
  },
}

type NativeRecord = { ts?: Json; values: { [key: string]: Json } }

function isRecord(value: Json | undefined): value is NativeRecord {
  return isJsonObject(value) && Object.hasOwn(value, 'values') && isJsonObject(value['values'])
}

function decodeRecord(record: NativeRecord, device: string | null, context: DecodeContext, decoded: Decoded): void {
  for (const key of Object.keys(record)) if (key !== 'ts' && key !== 'values') decoded.ignored.push(key)
  const ts = Object.hasOwn(record, 'ts') ? record.ts : null
  const at = ts === null ? null : parseInstant(ts)
  if (typeof at === 'string') decoded.problems.push(problem(at, JSON.stringify(ts)?.slice(0, 64)))
  else decodeValues(record.values, at, device, context, decoded)
}

function decodeValues(
  values: { [key: string]: Json },
  at: number | null,
  device: string | null,
  context: DecodeContext,
  decoded: Decoded,
): void {
  for (const key of Object.keys(values)) {
    const value = valueOf(values[key] as Json)
    if (values[key] === null) decoded.ignored.push(key)
    else if (!isPointKey(key)) decoded.problems.push(problem('bad-key', JSON.stringify(key.slice(0, 64))))
    else if (value === null) decoded.problems.push(problem('bad-value', `"${key}"`))
    else decoded.readings.push(readingOf(device, key, value, at))
    if (isOver(decoded, context)) return
  }
}

function readingOf(device: string | null, point: string, value: Value, at: number | null): DecodedReading {
  return { device, point, value, unit: null, at }
}

function isOver(decoded: Decoded, context: DecodeContext): boolean {
  return decoded.readings.length + decoded.problems.length > context.readingsLimit
}

/** A key that points may have. `__proto__` is well formed, and refused all the same: no program downstream has to be careful with it. */
export function isPointKey(key: string): boolean {
  return POINT_KEY_PATTERN.test(key) && key !== '__proto__'
}

/** The value as a reading has it, or null for what is none. An object that spells out `decimal` is none. */
export function valueOf(value: Json): Value | null {
  if (value instanceof ExactDecimal) return { decimal: value.decimal }
  return typeof value === 'object' ? null : value
}

function firstByte(payload: Uint8Array): number {
  for (const byte of payload) if (byte !== 32 && byte !== 9 && byte !== 10 && byte !== 13) return byte
  return -1
}
