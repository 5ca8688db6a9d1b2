// Shelly generation 2 and later: RPC notifications, status topics per component, and an energy meter's records.
import { refused } from '#broker/codecs/codec.ts'
import type { Decoded } from '#broker/codecs/codec.ts'
import { clockInstant } from '#broker/codecs/gathering.ts'
import type { Gathering, Origin } from '#broker/codecs/gathering.ts'
import { isJsonObject, parseJson } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'
import { addRecords } from './records.ts'
import { ofGeneration2 } from './units.ts'

type Fields = { [key: string]: Json }

const STATUS_TOPIC = /^(.+)\/status\/([a-z0-9_]+(?::\d+)?)$/
const EVENTS_TOPIC = /^(.+?)\/(?:events\/rpc|rpc|online)$/
/** Components that tell of the device itself, its network and its programs. */
const NOT_MEASURED =
  /^(?:sys|wifi|eth|ble|bthome|cloud|mqtt|ws|matter|modbus|knx|ui|schedule|webhook|script|plugs_ui|zigbee|dali|id|ts|serial|group)(?::|$)/
/** Keys of a component that repeat, explain or configure. */
const REPEATED =
  /^(?:id|source|tag|tF|minute_ts|by_minute|errors|flags|calibration|user_calibrated_phase|timer_\w+|move_\w+|transition|\w+_rst_ts|last_updated_ts|rssi|packet_id)$/

export function isGeneration2Topic(topic: string): boolean {
  return (
    topic.endsWith('/events/rpc') ||
    /(?:^|\/)shelly[a-z0-9]+-[0-9a-f]{6,12}\/(?:online$|rpc$|events\/|status\/)/i.test(topic) ||
    /\/status\/(?:switch|cover|light|rgbw?|rgbcct|cct|input|em1?|em1?data|pm1|temperature|humidity|voltmeter|illuminance|devicepower|smoke|flood|presence|thermostat|bthomesensor|bthomedevice|blutrv|trv|number|boolean|text|enum):\d+$/.test(
      topic,
    )
  )
}

/** Decodes a notification, an answer with a status, or the status of the component that the topic names. */
export function decodeGeneration2(topic: string, payload: Uint8Array, gathering: Gathering): Decoded {
  const status = STATUS_TOPIC.exec(topic)
  const events = EVENTS_TOPIC.exec(topic)
  if (/\/(?:online|command(?:\/.*)?)$/.test(topic)) {
    gathering.ignore(topic.slice(topic.lastIndexOf('/') + 1))
    return gathering.result()
  }
  const parsed = parseJson(payload, { sameTwice: true })
  if (parsed.problem !== null) return refused('shelly', parsed.problem, parsed.detail || undefined)
  if (!isJsonObject(parsed.value)) return refused('shelly', 'wrong-shape', 'an object')
  const frame = parsed.value
  // The topic's prefix names the device on every one of its topics; `src` only on those of RPC.
  const device = status?.[1] ?? events?.[1] ?? (typeof frame['src'] === 'string' ? frame['src'] : null)
  if (status !== null) addComponent(status[2] as string, frame, { device, at: null }, gathering)
  else if (typeof frame['method'] === 'string') addNotification(frame['method'], frame['params'], device, gathering)
  else if (isJsonObject(frame['result'])) addStatus(frame['result'], device, gathering)
  else if (frame['src'] === undefined) addComponent(componentOf(frame), frame, { device, at: null }, gathering)
  else gathering.ignore('result')
  return gathering.result()
}

function addNotification(method: string, params: Json | undefined, device: string | null, gathering: Gathering): void {
  if (!isJsonObject(params)) return gathering.refuse('wrong-shape', `${method.slice(0, 32)} without "params"`)
  if (method === 'NotifyStatus' || method === 'NotifyFullStatus') addStatus(params, device, gathering)
  else if (method === 'NotifyEvent' && Array.isArray(params['events'])) {
    for (const event of params['events']) if (isJsonObject(event)) addEvent(event, params['ts'], device, gathering)
  } else gathering.ignore(method)
}

/** What a status of unknown component must be of, by the key that only that component has. */
const COMPONENTS: readonly [string, string][] = [
  ['a_act_power', 'em'],
  ['a_total_act_energy', 'emdata'],
  ['act_power', 'em1'],
  ['total_act_energy', 'em1data'],
  ['current_pos', 'cover'],
  ['brightness', 'light'],
  ['output', 'switch'],
  ['apower', 'pm1'],
  ['tC', 'temperature'],
  ['rh', 'humidity'],
]

/** The component of an answer to `….GetStatus`, which names only its number; without it channels would share a series. */
function componentOf(fields: Fields): string {
  const kind = COMPONENTS.find(([key]) => Object.hasOwn(fields, key))?.[1]
  const { id } = fields
  return kind === undefined || typeof id !== 'number' || !Number.isInteger(id) ? '' : `${kind}:${id}`
}

/** `{"ts": …, "switch:0": {…}, "em:0": {…}}`, or the bare fields of one component. */
function addStatus(params: Fields, device: string | null, gathering: Gathering): void {
  const origin = { device, at: instantOf(params['ts']) }
  if (Array.isArray(params['data']) || Array.isArray(params['keys']))
    return addRecords(kindOfRecords(params['keys']), params, device, gathering)
  const hasComponents = Object.values(params).some(isJsonObject) && !Object.hasOwn(params, 'id')
  if (!hasComponents && Object.hasOwn(params, 'id')) return addComponent(componentOf(params), params, origin, gathering)
  for (const key of Object.keys(params)) {
    const value = params[key] as Json
    if (isJsonObject(value)) addComponent(key, value, origin, gathering)
    else gathering.ignore(key)
  }
}

/** A three-phase meter has one store of records; those of one phase do not say their channel. */
function kindOfRecords(keys: Json | undefined): string {
  return Array.isArray(keys) && keys.some((key) => typeof key === 'string' && key.startsWith('a_'))
    ? 'emdata:0'
    : 'em1data'
}

/** A button's push is a text of the point `input:0.event`; an energy meter's `data` event brings records. */
function addEvent(event: Fields, ts: Json | undefined, device: string | null, gathering: Gathering): void {
  const { component, event: name } = event
  if (typeof component !== 'string' || typeof name !== 'string') return gathering.ignore('event')
  if (NOT_MEASURED.test(component)) gathering.ignore(component)
  else if (isJsonObject(event['data'])) addRecords(component, event['data'], device, gathering)
  else gathering.add({ device, at: instantOf(event['ts'] ?? ts) }, `${component}.event`, name, null)
}

function addComponent(component: string, fields: Fields, origin: Origin, gathering: Gathering): void {
  if (NOT_MEASURED.test(component)) gathering.ignore(component)
  else addFields(component === '' ? '' : `${component}.`, '', fields, origin, gathering)
}

function addFields(component: string, path: string, fields: Fields, origin: Origin, gathering: Gathering): void {
  for (const key of Object.keys(fields)) {
    const value = fields[key] as Json
    const inner = path + key
    if (gathering.isOver()) return
    if (REPEATED.test(key) || Array.isArray(value)) gathering.ignore(component + inner)
    else if (isJsonObject(value)) {
      if (path === '') addFields(component, `${inner}.`, value, origin, gathering)
      else gathering.ignore(component + inner)
    } else gathering.add(origin, component + inner, value, ofGeneration2(inner))
  }
}

/** Seconds since 1970 with fractions; null before the clock was set. */
function instantOf(ts: Json | undefined): number | null {
  return clockInstant(typeof ts === 'number' ? Math.round(ts * 1_000) : null)
}
