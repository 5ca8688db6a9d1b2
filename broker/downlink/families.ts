// Where each family listens for what is sent to its devices, and how a command becomes a message there.
import type { Json } from '#broker/codecs/json.ts'
import { filterCovers } from '#broker/topic-filter.ts'

/** A command on its way to a device, whatever it speaks. `params` by family: docs/PROTOCOL.md, *Commands*. */
export type DeviceCommand = {
  id: string
  name: string
  params: Json
  /** Milliseconds since 1970, or null. */
  expiresAt: number | null
  /** Only to a connection that listens to commands at this moment: whoever sends keeps it otherwise. */
  onlyNow?: boolean
  /** Awaited right before it goes to a connection: whoever sends writes down there that it went. What it rejects with stops the sending. */
  beforeSending?: () => Promise<void>
}
/** How a device behind a gateway is reached: its key as the family has it, and the topic it was heard under last. */
export type DownlinkRoute = { key: string; topic: string | null }
/** `reference` is what the family's answers carry; `isFinal` when being sent is all that will be heard of it. */
export type DownlinkMessage = { topic: string; payload: Uint8Array | string; reference: string; isFinal: boolean }

type Family = {
  /** Filters of its downlinks, in the family's own words. */
  filters: readonly string[]
  /** Levels of a downlink's topic that a connector's filter must cover too: they say whose it is. */
  ownLevels: readonly number[]
}

export const DOWNLINK_FAMILIES: Record<string, Family> = {
  'sparkplug-b': { filters: ['spBv1.0/+/NCMD/+', 'spBv1.0/+/DCMD/+/+'], ownLevels: [0, 1, 3, 4] },
  chirpstack: { filters: ['application/+/device/+/command/+'], ownLevels: [0, 1, 2, 3] },
  tts: { filters: ['v3/+/devices/+/down/push', 'v3/+/devices/+/down/replace'], ownLevels: [0, 1, 2, 3] },
  thingsboard: {
    filters: ['v1/gateway/rpc', 'v1/gateway/attributes', 'v1/gateway/attributes/response'],
    ownLevels: [0, 1],
  },
}

/** ThingsBoard's gateways answer under the topic of the request, so theirs are none of these. */
const ONLY_TO_DEVICES = ['spBv1.0/STATE/+', ...['sparkplug-b', 'chirpstack', 'tts'].flatMap(filtersOfFamily)]

function filtersOfFamily(family: string): readonly string[] {
  return DOWNLINK_FAMILIES[family]?.filters ?? []
}

/** Whether under this topic only platforms speak, to devices: over a bridge (MQTT 3.1.1) our own come back to us. */
export const isToDevices = (topic: string): boolean => ONLY_TO_DEVICES.some((filter) => filterCovers(filter, topic))

/** Application payload of a LoRaWAN frame at the fastest data rate. */
const FRAME_BYTES = 242
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const HEX = /^(?:[0-9a-f]{2})+$/i

type LoraParams =
  | { fPort: number; isConfirmed: boolean; data: string }
  | { fPort: number; isConfirmed: boolean; object: Json }

/** `{"fPort", "data" (base64) | "hex" | "object", "confirmed"?}`; the text says what is wrong. */
function loraParams(params: Json): LoraParams | string {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return 'params are no object'
  const { fPort, data, hex, object, confirmed = false } = params as { [key: string]: Json }
  if (typeof fPort !== 'number' || !Number.isInteger(fPort) || fPort < 1 || fPort > 223)
    return 'params.fPort is not 1–223'
  if (typeof confirmed !== 'boolean') return 'params.confirmed is not true or false'
  const common = { fPort, isConfirmed: confirmed }
  if (object !== undefined) {
    if (typeof object !== 'object' || object === null || Array.isArray(object)) return 'params.object is no object'
    return { ...common, object }
  }
  const isHex = typeof hex === 'string' && HEX.test(hex)
  if (!isHex && !(typeof data === 'string' && data !== '' && BASE64.test(data)))
    return 'params have neither data (base64) nor hex nor object'
  const bytes = isHex ? Buffer.from(hex, 'hex') : Buffer.from(data as string, 'base64')
  if (bytes.length > FRAME_BYTES) return `params.data has more than ${FRAME_BYTES} bytes`
  return { ...common, data: bytes.toString('base64') }
}

const CHIRPSTACK_TOPIC = /^(.*application\/[^/]+\/device\/[0-9A-Fa-f]{16})\//
const TTS_TOPIC = /^(.*v3\/[^/]+\/devices\/[^/]+)\//

/** ChirpStack's `application/{id}/device/{devEui}/command/down`; its events carry the queue item's id. */
export function chirpstackDownlink(route: DownlinkRoute, params: Json, reference: string): DownlinkMessage | string {
  const place = CHIRPSTACK_TOPIC.exec(route.topic ?? '')?.[1]
  if (place === undefined) return 'its application is not known before its first uplink'
  const wanted = loraParams(params)
  if (typeof wanted === 'string') return wanted
  const { fPort, isConfirmed, ...content } = wanted
  const payload = JSON.stringify({ id: reference, devEui: route.key, confirmed: isConfirmed, fPort, ...content })
  return { topic: `${place}/command/down`, payload, reference, isFinal: !isConfirmed }
}

/** The Things Stack's `v3/{application}@{tenant}/devices/{id}/down/push`; its events carry the correlation id. */
export function ttsDownlink(route: DownlinkRoute, params: Json, reference: string): DownlinkMessage | string {
  const place = TTS_TOPIC.exec(route.topic ?? '')?.[1]
  if (place === undefined) return 'its application is not known before its first uplink'
  const wanted = loraParams(params)
  if (typeof wanted === 'string') return wanted
  const { fPort, isConfirmed } = wanted
  const content = 'data' in wanted ? { frm_payload: wanted.data } : { decoded_payload: wanted.object }
  const downlink = {
    f_port: fPort,
    ...content,
    priority: 'NORMAL',
    confirmed: isConfirmed,
    correlation_ids: [reference],
  }
  const payload = JSON.stringify({ downlinks: [downlink] })
  return { topic: `${place}/down/push`, payload, reference, isFinal: !isConfirmed }
}
