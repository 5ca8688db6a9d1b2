// The payload families this platform reads, how one is recognised, and decoding without storing (CLI `decode`, POST /decode).
import { problem, refused } from './codec.ts'
import type { Codec, DeclaredPoint, Decoded, DecodedReading, DecodeProblem } from './codec.ts'
import type { MappingPool } from './mapped/mapping-pool.ts'
import { chirpstackCodec } from './chirpstack/codec.ts'
import { loriotCodec } from './loriot/codec.ts'
import { lorawanRawCodec } from './lorawan-raw/codec.ts'
import { nativeCodec } from './native/codec.ts'
import { senmlCodec } from './senml/codec.ts'
import { tasmotaCodec } from './tasmota/codec.ts'
import { wmbusmetersCodec } from './wmbusmeters/codec.ts'
import { shellyCodec } from './shelly/codec.ts'
import { ruuviCodec } from './ruuvi/codec.ts'
import { dsmrCodec } from './dsmr/codec.ts'
import { homieCodec } from './homie/codec.ts'
import { haDiscoveryCodec } from './ha-discovery/codec.ts'
import { rtlamrCodec } from './rtlamr/codec.ts'
import { sparkplugCodec } from './sparkplug-b/codec.ts'
import { thingparkCodec } from './thingpark/codec.ts'
import { thingsboardCodec } from './thingsboard/codec.ts'
import { ttsCodec } from './tts/codec.ts'
import { zigbee2mqttCodec } from './zigbee2mqtt/codec.ts'

/** In the order in which they are asked whether a payload is theirs: the one with the surest marks first. */
export const CODECS: readonly Codec[] = [
  sparkplugCodec,
  thingsboardCodec,
  lorawanRawCodec,
  zigbee2mqttCodec,
  homieCodec,
  haDiscoveryCodec,
  rtlamrCodec,
  tasmotaCodec,
  shellyCodec,
  wmbusmetersCodec,
  dsmrCodec,
  ruuviCodec,
  chirpstackCodec,
  ttsCodec,
  thingparkCodec,
  loriotCodec,
  senmlCodec,
  nativeCodec,
]

/** Every family, also the one that only a connector's own expression reads. */
export const CODEC_NAMES: readonly string[] = [...CODECS.map(({ name }) => name), 'mapped']

/** Largest payload that is decoded without storing. */
export const DECODE_BYTES = 1_048_576
export const DECODE_READINGS = 10_000

export type PayloadEncoding = 'text' | 'json' | 'hex' | 'base64'
export type DecodeRequest = { topic?: string; payload: unknown; encoding?: PayloadEncoding; codec?: string }
export type MappedRequest = DecodeRequest & { mapping: string }
/** The form of telemetry.md: `at` is an ISO 8601 instant with Z, or null when the receive time will count. */
export type DecodeAnswer = {
  codec: string | null
  readings: (Omit<DecodedReading, 'at' | 'value'> & { value: number | boolean | string; at: string | null })[]
  ignored: string[]
  problems: Decoded['problems']
  declares?: DeclaredPoint[]
}

export function codecOf(name: string): Codec | null {
  return CODECS.find((codec) => codec.name === name) ?? null
}

/** The family whose marks topic and bytes bear, or null. */
export function recognise(topic: string, payload: Uint8Array): Codec | null {
  return CODECS.find((codec) => codec.recognises(topic, payload)) ?? null
}

/**
 * What a payload would be read as; never throws. `encoding` tells how the bytes are written: `text` (default) as they are,
 * `json` a text or an already parsed value, `hex`, `base64`. `receivedAt` (ms) is what relative instants count from.
 */
export function decodePayload(request: DecodeRequest, receivedAt: number): DecodeAnswer {
  const topic = request.topic ?? ''
  const bytes = bytesOf(request)
  if (bytes === null) return answerOf(refused(null, 'wrong-shape', `the payload is not ${request.encoding ?? 'text'}`))
  if (bytes.length > DECODE_BYTES) return answerOf(refused(null, 'too-large', `at most ${DECODE_BYTES} bytes`))
  if (request.codec === 'mapped') return answerOf(refused('mapped', 'wrong-mapping', 'no expression is given'))
  const codec = request.codec === undefined ? recognise(topic, bytes) : codecOf(request.codec)
  if (codec === null) {
    const names = CODEC_NAMES.join(', ')
    return answerOf(
      request.codec === undefined
        ? refused(null, bytes.length === 0 ? 'empty' : 'not-recognised', `known families are ${names}`)
        : refused(null, 'unknown-codec', `known families are ${names}`),
    )
  }
  return answerOf(codec.decode(topic, bytes, { receivedAt, device: null, readingsLimit: DECODE_READINGS }))
}

/** What a payload would be read as by a JSONata expression; never throws. `run` is a pool's. */
export async function decodeMapped(
  request: MappedRequest,
  receivedAt: number,
  run: MappingPool['run'],
): Promise<DecodeAnswer> {
  const { topic = '', codec = 'mapped', mapping: expression } = request
  const bytes = bytesOf(request)
  if (codec !== 'mapped') return answerOf(refused(codec, 'wrong-mapping', 'only the codec mapped has one'))
  if (bytes === null) return answerOf(refused(codec, 'wrong-shape', `the payload is not ${request.encoding ?? 'text'}`))
  if (bytes.length > DECODE_BYTES) return answerOf(refused(codec, 'too-large', `at most ${DECODE_BYTES} bytes`))
  const context = { receivedAt, device: null, readingsLimit: DECODE_READINGS }
  const decoded = await run(`decode ${expression}`, { expression, topic, payload: bytes, context })
  return answerOf(decoded ?? refused(codec, 'mapping-too-slow', 'too many messages wait for their mapping'))
}

function bytesOf({ payload, encoding }: DecodeRequest): Uint8Array | null {
  if (encoding === 'json' && typeof payload !== 'string') return Buffer.from(JSON.stringify(payload) ?? '')
  if (typeof payload !== 'string') return null
  if (encoding === 'hex') {
    const digits = payload.replace(/\s/g, '')
    return /^(?:[0-9a-f]{2})*$/i.test(digits) ? Buffer.from(digits, 'hex') : null
  }
  if (encoding === 'base64') {
    const digits = payload.replace(/\s/g, '')
    return /^[A-Za-z0-9+/_-]*={0,2}$/.test(digits) ? Buffer.from(digits, 'base64') : null
  }
  return Buffer.from(payload)
}

function answerOf(decoded: Decoded): DecodeAnswer {
  // Numbers that no store takes, whatever the point is: a person who tries a payload is told as the quarantine will tell.
  const taken = decoded.readings.filter(({ value }) => numberProblem(value) === null)
  const notTaken = decoded.readings.flatMap(({ point, value }) => numberProblem(value, point) ?? [])
  return {
    codec: decoded.codec,
    readings: taken.map(({ device, point, value, unit, at }) => ({
      device,
      point,
      value: typeof value === 'object' ? value.decimal : value,
      unit,
      at: at === null ? null : instantText(at),
    })),
    ignored: decoded.ignored,
    problems: [...decoded.problems, ...notTaken],
    ...(decoded.declares === undefined ? {} : { declares: decoded.declares }),
  }
}

function numberProblem(value: DecodedReading['value'], point = ''): DecodeProblem | null {
  if (typeof value !== 'number') return null
  if (!Number.isFinite(value)) return problem('not-finite', point)
  return Math.abs(value) > Number.MAX_SAFE_INTEGER ? problem('number-too-large', point) : null
}

/** Years beyond 9999 have a sign in ISO 8601; both stand as they are. */
function instantText(at: number): string {
  return new Date(at).toISOString()
}
