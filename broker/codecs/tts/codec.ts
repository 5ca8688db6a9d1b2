// The Things Stack family (version 3): application messages of uplinks, joins, downlinks and locations as JSON.
import { refused } from '#broker/codecs/codec.ts'
import type { Codec, Signal } from '#broker/codecs/codec.ts'
import { Gathering, beginningOf, clockInstant } from '#broker/codecs/gathering.ts'
import type { Origin } from '#broker/codecs/gathering.ts'
import { parseInstant } from '#broker/codecs/instant.ts'
import { isJsonObject, parseJson } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'
import { addObject } from '#broker/codecs/lorawan-raw/decoded-object.ts'
import { addFrame, bytesOfBase64, objectOf, textsOf, wholeOf } from '#broker/codecs/lorawan-raw/uplink.ts'
import { addNormalized } from './normalized.ts'

const TOPIC = /(?:^|\/)v3\/[^/]+\/devices\/([^/]+)\/(up|join|location|service|down)(?:\/|$)/
/** Messages that tell of the network only. */
const NETWORK_MESSAGES =
  /^(?:join_accept|downlink_(?:ack|nack|sent|failed|queued|queue_invalidated)|service_data|simulated|uplink_normalized)$/

export const ttsCodec: Codec = {
  name: 'tts',
  recognises(topic, payload) {
    if (TOPIC.test(topic)) return true
    const beginning = beginningOf(payload, 1_024)
    return /"end_device_ids"\s*:\s*\{/.test(beginning) && /"application_id"/.test(beginning)
  },
  decode(topic, payload, context) {
    const parsed = parseJson(payload)
    if (parsed.problem !== null) return refused('tts', parsed.problem, parsed.detail || undefined)
    if (!isJsonObject(parsed.value)) return refused('tts', 'wrong-shape', 'an object of a message')
    // Events of the stack's stream wrap the message in `data`.
    const wrapped = parsed.value['data']
    const message = isJsonObject(wrapped) && isJsonObject(wrapped['end_device_ids']) ? wrapped : parsed.value
    const ids = objectOf(message['end_device_ids'])
    const device = textsOf(ids, 'dev_eui', 'device_id')[0] ?? TOPIC.exec(topic)?.[1] ?? null
    if (device === null) return refused('tts', 'wrong-shape', 'no device in "end_device_ids"')
    const gathering = new Gathering('tts', context)
    const uplink = message['uplink_message'] ?? message['uplink_normalized']
    if (isJsonObject(uplink)) {
      const origin = { device, at: instantOf(uplink, message) }
      addUplink(uplink, ids, origin, message, gathering)
      const decoded = gathering.result()
      // A counter of 0 is left out of the message like every empty field.
      const [session] = [...textsOf(uplink, 'session_key_id'), ...textsOf(ids, 'dev_addr')]
      const counter = wholeOf(uplink['f_cnt']) ?? 0
      return { ...decoded, uplink: session === undefined ? { device, counter } : { device, counter, session } }
    }
    if (isJsonObject(message['location_solved'])) addLocation(message, device, gathering)
    else {
      const kind = Object.keys(message).find((key) => NETWORK_MESSAGES.test(key))
      if (kind === undefined) return refused('tts', 'wrong-shape', 'no message that is known')
      gathering.ignore(kind)
      const signals = signalsOf(kind, objectOf(message[kind]), message, device)
      if (signals.length > 0) return { ...gathering.result(), signals }
    }
    return gathering.result()
  },
}

const STATES: Record<string, 'sent' | 'done' | 'failed'> = {
  downlink_sent: 'sent',
  downlink_ack: 'done',
  downlink_nack: 'failed',
  downlink_failed: 'failed',
}

/** A join begins the counters anew; what became of a downlink is told with the correlation ids that it was sent with. */
function signalsOf(
  kind: string,
  body: { [key: string]: Json },
  message: { [key: string]: Json },
  device: string,
): Signal[] {
  if (kind === 'join_accept') return [{ kind: 'joined', device }]
  const state = STATES[kind]
  if (state === undefined) return []
  const error = objectOf(body['error'])
  const data = state === 'failed' ? (textsOf(error, 'message_format', 'name')[0] ?? kind) : null
  const lists = [body, objectOf(body['downlink']), message].map((one) => one['correlation_ids'])
  const commands = new Set(
    lists.flatMap((ids) => (Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [])),
  )
  return [...commands].map((command) => ({ kind: 'answer', device, command, state, data }))
}

function addUplink(
  uplink: { [key: string]: Json },
  ids: { [key: string]: Json },
  origin: Origin,
  message: { [key: string]: Json },
  gathering: Gathering,
): void {
  for (const key of ['rx_metadata', 'settings', 'f_cnt', 'last_battery_percentage']) {
    if (Object.hasOwn(uplink, key)) gathering.ignore(key)
  }
  const object = uplink['decoded_payload']
  const normalized = uplink['normalized_payload']
  if (isJsonObject(object) && Object.keys(object).length > 0) {
    addObject(object, origin, gathering)
    if (normalized !== undefined) gathering.ignore('normalized_payload')
    return
  }
  if (isJsonObject(normalized) || (Array.isArray(normalized) && normalized.length > 0)) {
    addNormalized(normalized, origin, gathering)
    return
  }
  const payload = uplink['frm_payload']
  if (payload === undefined || payload === null || payload === '') {
    gathering.ignore('frm_payload')
    return
  }
  const frame = bytesOfBase64(payload)
  if (frame === null) {
    gathering.refuse('wrong-shape', '"frm_payload" is not base64')
    return
  }
  const version = objectOf(uplink['version_ids'])
  const [brand = ''] = textsOf(version, 'brand_id')
  const [model = ''] = textsOf(version, 'model_id')
  const attributes = textsOf(objectOf(message['attributes']), 'model', 'device_model')
  const names = model === '' ? attributes : [`${brand}-${model}`, model, ...attributes]
  const devEui = textsOf(ids, 'dev_eui')[0] ?? null
  addFrame(frame, { names, port: wholeOf(uplink['f_port']), devEui }, origin, gathering)
}

/** When the network server received the uplink; the gateways' own clocks may be wrong, the application server is later. */
function instantOf(uplink: { [key: string]: Json }, message: { [key: string]: Json }): number | null {
  for (const time of [uplink['received_at'], objectOf(uplink['settings'])['time'], message['received_at']]) {
    const at = clockInstant(parseInstant(time))
    if (at !== null) return at
  }
  return null
}

function addLocation(message: { [key: string]: Json }, device: string, gathering: Gathering): void {
  const location = objectOf(objectOf(message['location_solved'])['location'])
  const origin = { device, at: clockInstant(parseInstant(message['received_at'])) }
  for (const [key, unit] of [
    ['latitude', '°'],
    ['longitude', '°'],
    ['altitude', 'm'],
  ] as const) {
    if (Object.hasOwn(location, key)) gathering.add(origin, key, location[key] as Json, unit)
  }
}
