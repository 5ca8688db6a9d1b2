// What a codec is: it turns the bytes of one payload family into readings, and says what it left out and why.
import type { Value } from '#domain/ports/telemetry.ts'
import type { Json } from './json.ts'

/** One reading as the payload has it. `at` is milliseconds since 1970, or null when the payload has no instant. */
export type DecodedReading = {
  /** The device key as the family names it; null when neither topic nor payload names one. */
  device: string | null
  point: string
  value: Value
  /** Unit symbol (°C, %, W, kWh, m3, V, A, Hz, Pa, ppm, lx, V·A, var …) or null when the payload does not say. */
  unit: string | null
  at: number | null
}

/** Why a payload, or a part of it, gives no reading: `code` is the quarantine reason. */
export type DecodeProblem = { code: DecodeProblemCode; message: string }

/** Each reason that a codec can give; docs/PROTOCOL.md lists them. */
export const DECODE_PROBLEMS = {
  empty: 'the payload is empty',
  'too-large': 'the payload is larger than the limit',
  'too-deep': 'the payload is nested too deeply',
  'too-many-readings': 'the message has more readings than the limit',
  'invalid-utf8': 'the bytes are not UTF-8',
  'not-json': 'the bytes are not JSON',
  'not-cbor': 'the bytes are not CBOR',
  'duplicate-key': 'an object names the same key twice',
  'wrong-shape': 'the payload has not the shape of its family',
  'bad-key': 'a point key is empty, too long or has characters that keys cannot have',
  'bad-checksum': 'the check sum does not fit the bytes',
  truncated: 'the payload ends before its end mark',
  'bad-value': 'a value is neither number, boolean, text nor null',
  'not-finite': 'the number is not finite, or too large for any number format',
  'number-too-large': 'the number is larger than 2^53, so its last digits are not certain',
  'bad-instant': 'an instant is neither milliseconds since 1970 nor ISO 8601',
  'instant-without-offset': 'an instant has no offset from UTC',
  'unknown-model': 'no model of this device is told, or its bytes would mean different things by different models',
  encrypted: 'the payload is encrypted with a key that is not here',
  'unknown-alias': 'a metric has an alias that no birth has told the name of',
  'unknown-codec': 'no payload family of this name',
  'wrong-mapping': 'the mapping is no expression that can be run',
  'mapping-failed': 'the mapping ended with an error',
  'mapping-too-slow': 'the mapping took too long',
  'mapping-too-large': 'the mapping used more memory, depth or output than it may',
  'not-recognised': 'topic and bytes fit no known payload family',
} as const
export type DecodeProblemCode = keyof typeof DECODE_PROBLEMS

/** What a message says about a point without giving a reading of it (discovery configurations, Homie attributes). */
export type DeclaredPoint = {
  /** The device as the message names it; readings come under the device key of the family that `stateTopic` belongs to. */
  device: string | null
  point: string
  name: string | null
  unit: string | null
  /** Home Assistant's device class or Homie's datatype. */
  deviceClass: string | null
  /** Where the readings come, and how they are taken out of the payload. */
  stateTopic: string | null
  valueTemplate: string | null
  /** The device's own name and make, where the message tells them. */
  deviceName?: string | null
  manufacturer?: string | null
  model?: string | null
}

export type Decoded = {
  codec: string | null
  readings: DecodedReading[]
  /** Keys that carry no reading of the device (link quality, null values …). */
  ignored: string[]
  problems: DecodeProblem[]
  /** Only there when the message declares points. */
  declares?: DeclaredPoint[]
  /** The counter of a LoRaWAN uplink: the same device and counter within a session is the same uplink, through whichever gateway. */
  uplink?: Uplink
  /** What it tells besides readings; only there when it does. */
  signals?: Signal[]
}

/** `session` is the device address or session key of the join, where the message tells it. */
export type Uplink = { device: string; counter: number; session?: string }

/** What a message tells of a device besides readings. `device` is its key as the family has it. */
export type Signal = { device: string | null } & (
  | { kind: 'alive' | 'gone' }
  /** A LoRaWAN device joined anew: its uplink counter begins again. */
  | { kind: 'joined' }
  /** Its configuration or attributes, as it says them. */
  | { kind: 'reported'; values: { [key: string]: Json } }
  /** What became of a command: on the air, done, or failed. `command` is the reference under which it was sent. */
  | { kind: 'answer'; command: string; state: 'sent' | 'done' | 'failed'; data: Json }
  /** It asks for its configuration: `reported` and `desired` keys, all of them when null. */
  | { kind: 'question'; request: string; reported: string[] | null; desired: string[] | null; isSingle: boolean }
)

export type DecodeContext = {
  /** Milliseconds since 1970 when the payload arrived: relative instants count from it. */
  receivedAt: number
  /** The device whose own topic this is, or null. */
  device: string | null
  readingsLimit: number
}

export type Codec = {
  /** The family's name, as in connectors and `--codec`. */
  name: string
  /** Whether topic and bytes look like this family; no false alarm on another one's. */
  recognises(topic: string, payload: Uint8Array): boolean
  /** Never throws: what cannot be read is a problem. */
  decode(topic: string, payload: Uint8Array, context: DecodeContext): Decoded
}

export function problem(code: DecodeProblemCode, detail?: string): DecodeProblem {
  return { code, message: detail === undefined ? DECODE_PROBLEMS[code] : `${DECODE_PROBLEMS[code]}: ${detail}` }
}

/** A payload of a family that gave nothing but a problem. */
export function refused(codec: string | null, code: DecodeProblemCode, detail?: string): Decoded {
  return { codec, readings: [], ignored: [], problems: [problem(code, detail)] }
}

const OWN_TOPIC = /^samtila\/v1\/([^/]+)\/telemetry$/

/** The device whose own telemetry topic this is, or null. */
export function ownDeviceOf(topic: string, context?: DecodeContext): string | null {
  return context?.device ?? OWN_TOPIC.exec(topic)?.[1] ?? null
}
