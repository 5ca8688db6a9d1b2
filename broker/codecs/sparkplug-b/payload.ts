// Sparkplug B's payload on the wire: protobuf messages after the specification 3.0, section 6.4 (payload and metric).
import protobuf from 'protobufjs/light.js'
import type { DecodeProblemCode } from '#broker/codecs/codec.ts'

export type Metric = {
  name: string | null
  alias: bigint | null
  /** Milliseconds since 1970, or null. */
  timestamp: number | null
  /** Number of the datatype, or null when the message leaves it out. */
  datatype: number | null
  isHistorical: boolean
  isNull: boolean
  unit: string | null
  /** As it stands in the message: integers are unsigned. */
  value: number | bigint | boolean | string | null
  /** A data set, a template or bytes. */
  isOther: boolean
}
export type SparkplugPayload = { timestamp: number | null; seq: number | null; metrics: Metric[] }
export type PayloadResult = { payload: SparkplugPayload } | { problem: DecodeProblemCode; detail: string }

/** Metrics of one message. */
const METRICS = 20_000

/** The specification's own edition: a field that is sent is there, 0 or not. */
const PROTO2 = { edition: 'proto2' }
const optional = (type: string, id: number): { type: string; id: number } => ({ type, id })
/** Sets, templates and nested property sets are bytes here: they are not looked into. */
const ROOT = protobuf.Root.fromJSON({
  nested: {
    Payload: {
      ...PROTO2,
      fields: {
        timestamp: optional('uint64', 1),
        metrics: { rule: 'repeated', type: 'Metric', id: 2 },
        seq: optional('uint64', 3),
        uuid: optional('string', 4),
        body: optional('bytes', 5),
      },
    },
    Metric: {
      ...PROTO2,
      fields: {
        name: optional('string', 1),
        alias: optional('uint64', 2),
        timestamp: optional('uint64', 3),
        datatype: optional('uint32', 4),
        isHistorical: optional('bool', 5),
        isTransient: optional('bool', 6),
        isNull: optional('bool', 7),
        metadata: optional('bytes', 8),
        properties: optional('PropertySet', 9),
        intValue: optional('uint32', 10),
        longValue: optional('uint64', 11),
        floatValue: optional('float', 12),
        doubleValue: optional('double', 13),
        booleanValue: optional('bool', 14),
        stringValue: optional('string', 15),
        bytesValue: optional('bytes', 16),
        datasetValue: optional('bytes', 17),
        templateValue: optional('bytes', 18),
        extensionValue: optional('bytes', 19),
      },
    },
    PropertySet: {
      ...PROTO2,
      fields: {
        keys: { rule: 'repeated', type: 'string', id: 1 },
        values: { rule: 'repeated', type: 'PropertyValue', id: 2 },
      },
    },
    PropertyValue: {
      ...PROTO2,
      fields: {
        type: optional('uint32', 1),
        isNull: optional('bool', 2),
        stringValue: optional('string', 8),
      },
    },
  },
})
const PAYLOAD = ROOT.lookupType('Payload')
const OTHER_VALUES = ['bytesValue', 'datasetValue', 'templateValue', 'extensionValue']
const UNIT_KEYS = ['engUnit', 'engineeringUnits', 'unit', 'units']

type Wire = { [key: string]: unknown }

/** Reads a payload; never throws. */
export function decodePayloadBytes(bytes: Uint8Array): PayloadResult {
  if (bytes.length === 0) return { problem: 'empty', detail: '' }
  let wire: Wire
  try {
    wire = PAYLOAD.decode(bytes)
  } catch (error) {
    const isShort = error instanceof RangeError
    return {
      problem: isShort ? 'truncated' : 'wrong-shape',
      detail: error instanceof Error ? error.message.slice(0, 120) : '',
    }
  }
  const metrics = wire['metrics'] as Wire[]
  if (metrics.length > METRICS) return { problem: 'too-many-readings', detail: `at most ${METRICS} metrics` }
  return {
    payload: {
      timestamp: millisecondsOf(own(wire, 'timestamp')),
      seq: millisecondsOf(own(wire, 'seq')),
      metrics: metrics.map(metricOf),
    },
  }
}

/** The bytes of a payload; for commands to edge nodes and for tests. */
export function encodePayload(payload: { [key: string]: unknown }): Uint8Array {
  return PAYLOAD.encode(PAYLOAD.fromObject(payload)).finish()
}

function metricOf(wire: Wire): Metric {
  const isOther = OTHER_VALUES.some((key) => Object.hasOwn(wire, key))
  return {
    name: (own(wire, 'name') as string | undefined) ?? null,
    alias: bigintOf(own(wire, 'alias')),
    timestamp: millisecondsOf(own(wire, 'timestamp')),
    datatype: (own(wire, 'datatype') as number | undefined) ?? null,
    isHistorical: own(wire, 'isHistorical') === true,
    isNull: own(wire, 'isNull') === true,
    unit: unitOf(own(wire, 'properties') as Wire | undefined),
    value: valueOf(wire),
    isOther,
  }
}

function valueOf(wire: Wire): Metric['value'] {
  const long = own(wire, 'longValue')
  if (long !== undefined) return bigintOf(long)
  const float = own(wire, 'floatValue')
  // Seven digits are all that a float carries.
  if (typeof float === 'number') return Number.isFinite(float) ? Number(float.toPrecision(7)) : float
  for (const key of ['intValue', 'doubleValue', 'booleanValue', 'stringValue']) {
    const value = own(wire, key)
    if (value !== undefined) return value as number | boolean | string
  }
  return null
}

function unitOf(properties: Wire | undefined): string | null {
  if (properties === undefined) return null
  const keys = properties['keys'] as string[]
  const values = properties['values'] as Wire[]
  for (const key of UNIT_KEYS) {
    const value = values[keys.indexOf(key)]
    const text = value === undefined ? undefined : own(value, 'stringValue')
    if (typeof text === 'string' && text !== '') return text.slice(0, 16)
  }
  return null
}

function own(wire: Wire, key: string): unknown {
  return Object.hasOwn(wire, key) ? wire[key] : undefined
}

type Long = { low: number; high: number }

/** A 64-bit field, without sign. */
function bigintOf(value: unknown): bigint | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : null
  if (typeof value !== 'object' || value === null) return null
  const { low, high } = value as Long
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)
}

function millisecondsOf(value: unknown): number | null {
  const ms = bigintOf(value)
  return ms === null || ms > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(ms)
}
