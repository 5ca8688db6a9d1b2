// The ChirpStack family: events of version 4 and 3 (up, status, join, ack, txack, log, location, integration) as JSON.
import { refused } from '#broker/codecs/codec.ts'
import type { Codec, Signal } from '#broker/codecs/codec.ts'
import { Gathering, beginningOf, clockInstant } from '#broker/codecs/gathering.ts'
import type { Origin } from '#broker/codecs/gathering.ts'
import { parseInstant } from '#broker/codecs/instant.ts'
import { isJsonObject, parseJson } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'
import { addObject } from '#broker/codecs/lorawan-raw/decoded-object.ts'
import { addFrame, bytesOfBase64, objectOf, textsOf, wholeOf } from '#broker/codecs/lorawan-raw/uplink.ts'

const TOPIC =
  /(?:^|\/)application\/[^/]+\/device\/([0-9A-Fa-f]{16})\/(?:event\/(up|join|ack|txack|log|status|location|integration|error)|(rx|join|ack|error|status|location))$/
const EUI = /^[0-9A-Fa-f]{16}$/
/** Events that tell of the network only. */
const NETWORK_EVENTS = new Set(['join', 'ack', 'txack', 'log', 'error'])

export const chirpstackCodec: Codec = {
  name: 'chirpstack',
  recognises(topic, payload) {
    if (TOPIC.test(topic)) return true
    const beginning = beginningOf(payload, 2_048)
    return /"deviceInfo"\s*:\s*\{/.test(beginning)
      ? /"(?:deduplicationId|tenantId)"/.test(beginning)
      : /"applicationID"\s*:/.test(beginning) && /"devEUI"\s*:/.test(beginning)
  },
  decode(topic, payload, context) {
    const parsed = parseJson(payload)
    if (parsed.problem !== null) return refused('chirpstack', parsed.problem, parsed.detail || undefined)
    if (!isJsonObject(parsed.value)) return refused('chirpstack', 'wrong-shape', 'an object of an event')
    const event = parsed.value
    const [, euiOfTopic, kind4, kind3] = TOPIC.exec(topic) ?? []
    const info = objectOf(event['deviceInfo'])
    const device = euiOf(info['devEui']) ?? euiOf(event['devEUI']) ?? euiOfTopic ?? null
    const kind = kind4 ?? kind3 ?? kindOf(event)
    if (device === null) return refused('chirpstack', 'wrong-shape', 'no device EUI')
    const gathering = new Gathering('chirpstack', context)
    const origin: Origin = { device, at: instantOf(event) }
    if (NETWORK_EVENTS.has(kind)) {
      gathering.ignore(kind)
      const signal = signalOf(kind, event, device)
      return signal === null ? gathering.result() : { ...gathering.result(), signals: [signal] }
    }
    if (kind === 'status') addStatus(event, origin, gathering)
    else if (kind === 'location') addLocation(event, origin, gathering)
    else addUplink(event, info, origin, gathering)
    const decoded = gathering.result()
    const counter = wholeOf(event['fCnt'])
    const isUplink = kind === 'up' || kind === 'rx'
    if (!isUplink || counter === null) return decoded
    const [session] = textsOf(event, 'devAddr')
    return { ...decoded, uplink: session === undefined ? { device, counter } : { device, counter, session } }
  },
}

/** A join begins the counters anew; transmission and acknowledgement answer a downlink by the id of its queue item. */
function signalOf(kind: string, event: { [key: string]: Json }, device: string): Signal | null {
  if (kind === 'join') return { kind: 'joined', device }
  const [command] = [...textsOf(event, 'queueItemId'), ...textsOf(event['context'], 'queue_item_id')]
  if (command === undefined) return null
  if (kind === 'txack') return { kind: 'answer', device, command, state: 'sent', data: null }
  if (kind === 'ack') {
    const isDone = event['acknowledged'] === true
    return {
      kind: 'answer',
      device,
      command,
      state: isDone ? 'done' : 'failed',
      data: isDone ? null : 'not acknowledged',
    }
  }
  const [why] = textsOf(event, 'description')
  return event['level'] === 'ERROR' ? { kind: 'answer', device, command, state: 'failed', data: why ?? null } : null
}

function kindOf(event: { [key: string]: Json }): string {
  if ('margin' in event || 'batteryLevel' in event) return 'status'
  if ('location' in event && !('data' in event)) return 'location'
  if ('integrationName' in event) return 'integration'
  if ('level' in event && 'code' in event) return 'log'
  if ('acknowledged' in event) return 'ack'
  if ('gatewayId' in event && 'downlinkId' in event) return 'txack'
  const hasFrame = 'data' in event || 'object' in event || 'objectJSON' in event
  return hasFrame || 'fCnt' in event ? 'up' : 'join'
}

function addUplink(
  event: { [key: string]: Json },
  info: { [key: string]: Json },
  origin: Origin,
  gathering: Gathering,
): void {
  for (const key of ['rxInfo', 'txInfo', 'fCnt', 'dr', 'adr']) if (Object.hasOwn(event, key)) gathering.ignore(key)
  const object = decodedObject(event)
  if (object !== null && Object.keys(object).length > 0) {
    addObject(object, origin, gathering)
    return
  }
  const data = event['data']
  // MAC commands only, or a downlink's acknowledgement: the device said nothing.
  if (data === undefined || data === null || data === '') {
    gathering.ignore('data')
    return
  }
  const frame = bytesOfBase64(data)
  if (frame === null) {
    gathering.refuse('wrong-shape', '"data" is not base64')
    return
  }
  const tags = [info['tags'], event['tags'], info['deviceTags'], info['deviceProfileTags']].flatMap((all) =>
    textsOf(all, 'model', 'device_model', 'deviceModel', 'codec'),
  )
  const names = [...tags, ...textsOf(info, 'deviceProfileName'), ...textsOf(event, 'deviceProfileName')]
  addFrame(frame, { names, port: wholeOf(event['fPort']), devEui: origin.device }, origin, gathering)
}

/** `object`, or the text `objectJSON` of version 3. */
function decodedObject(event: { [key: string]: Json }): { [key: string]: Json } | null {
  if (isJsonObject(event['object'])) return event['object']
  const text = event['objectJSON']
  if (typeof text !== 'string' || text === '') return null
  const { value } = parseJson(Buffer.from(text))
  return isJsonObject(value ?? undefined) ? (value as { [key: string]: Json }) : null
}

function addStatus(event: { [key: string]: Json }, origin: Origin, gathering: Gathering): void {
  const isUnavailable = event['batteryLevelUnavailable'] === true || event['externalPowerSource'] === true
  if (Object.hasOwn(event, 'batteryLevel') && !isUnavailable) {
    gathering.add(origin, 'batteryLevel', event['batteryLevel'] as Json, '%')
  } else gathering.ignore('batteryLevel')
  if (Object.hasOwn(event, 'externalPowerSource')) {
    gathering.add(origin, 'externalPowerSource', event['externalPowerSource'] as Json, null)
  }
  gathering.ignore('margin')
}

function addLocation(event: { [key: string]: Json }, origin: Origin, gathering: Gathering): void {
  const location = objectOf(event['location'])
  for (const [key, unit] of [
    ['latitude', '°'],
    ['longitude', '°'],
    ['altitude', 'm'],
  ] as const) {
    if (Object.hasOwn(location, key)) gathering.add(origin, key, location[key] as Json, unit)
  }
}

/** `time` of version 4, the gateway's or the publishing instant of version 3. */
function instantOf(event: { [key: string]: Json }): number | null {
  const receptions = Array.isArray(event['rxInfo']) ? event['rxInfo'] : []
  const times = [event['time'], ...receptions.map((one) => objectOf(one)['time']), event['publishedAt']]
  for (const time of times) {
    const at = time === undefined || time === null ? null : clockInstant(parseInstant(time))
    if (at !== null) return at
  }
  return null
}

/** Hex digits, or base64 as version 3's other JSON has it. */
function euiOf(value: Json | undefined): string | null {
  if (typeof value !== 'string') return null
  if (EUI.test(value)) return value
  const bytes = value.length === 12 ? bytesOfBase64(value) : null
  return bytes?.length === 8 ? Buffer.from(bytes).toString('hex') : null
}
