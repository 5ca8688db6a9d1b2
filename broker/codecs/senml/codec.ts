// The SenML family (RFC 8428) in JSON and CBOR.
import { decode as decodeCbor } from 'cborg'
import { ownDeviceOf, problem, refused } from '#broker/codecs/codec.ts'
import type { Codec, Decoded, DecodedReading } from '#broker/codecs/codec.ts'
import { ExactDecimal, isJsonObject, parseJson } from '#broker/codecs/json.ts'
import { isPointKey } from '#broker/codecs/native/codec.ts'
import type { Value } from '#domain/ports/telemetry.ts'
import { LABELS, keyOfUnit, unitSymbol } from './labels.ts'
import { keyOfRest, splitName } from './names.ts'
import { resolvePack } from './pack.ts'
import type { ResolvedRecord, SenmlRecord } from './pack.ts'

/** How a SenML pack begins in JSON: an array whose first object begins with one of the labels. */
const JSON_PACK = /^\s*\[\s*\{\s*"(?:bn|bt|bu|bv|bs|bver|n|u|v|vs|vb|vd|s|t|ut|l)"\s*:/
/** Bytes looked at for it. */
const BEGINNING = 128
const FIELD_TYPES = { v: 'number', s: 'number', vs: 'string', vb: 'boolean' } as const

export const senmlCodec: Codec = {
  name: 'senml',
  recognises(_topic, payload) {
    if (isCborArray(payload)) return payload.length > 1 && isCborMap(payload[1] as number)
    const beginning = payload.subarray(0, BEGINNING)
    return JSON_PACK.test(Buffer.from(beginning.buffer, beginning.byteOffset, beginning.byteLength).toString('latin1'))
  },
  decode(topic, payload, context) {
    const records = isCborArray(payload) ? cborRecords(payload) : jsonRecords(payload)
    if (!Array.isArray(records)) return records
    if (records.length > context.readingsLimit) {
      return refused('senml', 'too-many-readings', `at most ${context.readingsLimit}`)
    }
    const resolved = resolvePack(records, context.receivedAt)
    if (!Array.isArray(resolved)) return refused('senml', 'wrong-shape', resolved.problem)
    const decoded: Decoded = { codec: 'senml', readings: [], ignored: [], problems: [] }
    for (const record of resolved) {
      if ('problem' in record) decoded.problems.push(problem('wrong-shape', record.problem))
      else addReadings(record, ownDeviceOf(topic, context), decoded)
    }
    const says = decoded.readings.length + decoded.ignored.length + decoded.problems.length
    return says === 0 ? refused('senml', 'wrong-shape', 'no record has a value') : decoded
  },
}

function addReadings(record: ResolvedRecord, own: string | null, decoded: Decoded): void {
  const { device, rest } = splitName(record.base, record.name, own)
  const key = rest === '' ? keyOfUnit(record.unit) : keyOfRest(rest)
  if (record.hasData) decoded.ignored.push(`${key} (data)`)
  for (const { field, value } of record.values) {
    if (value === null) decoded.ignored.push(key)
    else if (!isFieldValue(field, value)) decoded.problems.push(problem('bad-value', `"${field}" of "${key}"`))
    else {
      const point = field === 's' ? `${key}_sum` : key
      if (isPointKey(point)) decoded.readings.push(readingOf(record, field, device, point, value))
      else decoded.problems.push(problem('bad-key', JSON.stringify(point.slice(0, 64))))
    }
  }
}

function readingOf(
  record: ResolvedRecord,
  field: ResolvedRecord['values'][number]['field'],
  device: string | null,
  point: string,
  value: Value,
): DecodedReading {
  const unit = record.unit === null || field === 'vs' || field === 'vb' ? null : unitSymbol(record.unit)
  // A sum is the value integrated over time (RFC 8428, 4.2).
  return { device, point, value, unit: unit !== null && field === 's' ? `${unit}·s` : unit, at: record.at }
}

function isFieldValue(field: keyof typeof FIELD_TYPES, value: unknown): value is Value {
  if (FIELD_TYPES[field] === 'number' && value instanceof ExactDecimal) return true
  return typeof value === FIELD_TYPES[field]
}

function jsonRecords(payload: Uint8Array): SenmlRecord[] | Decoded {
  const parsed = parseJson(payload)
  if (parsed.problem !== null) return refused('senml', parsed.problem, parsed.detail || undefined)
  if (!Array.isArray(parsed.value) || !parsed.value.every(isJsonObject)) {
    return refused('senml', 'wrong-shape', 'a pack is an array of objects')
  }
  return parsed.value.map((record) => new Map(Object.entries(record)))
}

function cborRecords(payload: Uint8Array): SenmlRecord[] | Decoded {
  let pack: unknown
  try {
    pack = decodeCbor(payload, { useMaps: true, rejectDuplicateMapKeys: true })
  } catch (error) {
    if (error instanceof RangeError) return refused('senml', 'too-deep')
    return refused('senml', 'not-cbor', error instanceof Error ? error.message.slice(0, 120) : undefined)
  }
  if (!Array.isArray(pack) || !pack.every((record) => record instanceof Map)) {
    return refused('senml', 'wrong-shape', 'a pack is an array of maps')
  }
  return pack.map((record: Map<unknown, unknown>) => {
    const fields = [...record].map(([label, value]): [string, unknown] => [
      typeof label === 'number' ? (LABELS.get(label) ?? `label ${label}`) : String(label),
      typeof value === 'bigint' ? Number(value) : value,
    ])
    return new Map(fields)
  })
}

function isCborArray(payload: Uint8Array): boolean {
  const first = payload[0] ?? 0
  return first >= 0x80 && first <= 0x9f
}
function isCborMap(byte: number): boolean {
  return byte >= 0xa0 && byte <= 0xbf
}
