// The zigbee2mqtt family: {base}/{friendly name} with one JSON object of properties.
import { problem, refused } from '#broker/codecs/codec.ts'
import type { Codec, DecodeContext, Decoded } from '#broker/codecs/codec.ts'
import { beginningOf, isNoValue, valueOfText } from '#broker/codecs/gathering.ts'
import { isJsonObject, parseJson } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'
import { parseInstant } from '#broker/codecs/instant.ts'
import { isPointKey, valueOf } from '#broker/codecs/native/codec.ts'
import { wordsOf } from '#broker/codecs/word-table.ts'
import { unitOfProperty } from './units.ts'

const BASE = 'zigbee2mqtt'
/** What tells of the radio link, of the firmware or of the message itself, not of what the device measures. */
const NOT_MEASURED = new Set(['linkquality', 'update', 'update_available', 'last_seen', 'elapsed', 'device'])
/** Topics below a device that carry no properties. */
const OTHER_TOPICS = new Set(['availability', 'set', 'get'])
/** Values by which a valve says that it does not use an input (Danfoss Ally: "-8000 deactivates"; load estimate -8000: none). */
const OFF_VALUES = new Map([
  ['external_measured_room_sensor', -8_000],
  ['load_estimate', -8_000],
  ['load_room_mean', -8_000],
])
const DECIMAL_TEXT = /^-?\d{1,15}(?:\.\d{1,9})?$/
/** A bare value is a number, true, false or one word. */
const ATTRIBUTE_BYTES = 32
/** Properties without unit that have topics of their own; any other last level may be a part of a friendly name. */
const STATES = new Set(
  wordsOf(`
    state contact occupancy presence water_leak smoke tamper vibration battery_low action system_mode running_state
    lock_state window_open power_factor linkquality
  `),
)
/** Properties within properties (a colour's x and y) that are followed. */
const DEPTH = 3

export const zigbee2mqttCodec: Codec = {
  name: 'zigbee2mqtt',
  recognises(topic) {
    const levels = topic.split('/')
    const base = levels.indexOf(BASE)
    return (base === 0 || base === 1) && levels.length > base + 1
  },
  decode(topic, payload, context) {
    const levels = topic.split('/')
    const base = levels.indexOf(BASE)
    const name = levels.slice(base === -1 ? 1 : base + 1)
    const decoded: Decoded = { codec: 'zigbee2mqtt', readings: [], ignored: [], problems: [] }
    const last = name.at(-1) ?? ''
    if (name[0] === 'bridge' || (name.length > 1 && OTHER_TOPICS.has(last))) {
      decoded.ignored.push(name[0] === 'bridge' ? 'bridge' : last)
      return decoded
    }
    const attribute = attributeOf(name, payload)
    if (attribute !== null) {
      addProperties(attribute, '', { device: name.slice(0, -1).join('/'), at: null }, context, decoded)
      return decoded
    }
    const parsed = parseJson(payload)
    if (parsed.problem !== null) return refused('zigbee2mqtt', parsed.problem, parsed.detail || undefined)
    if (!isJsonObject(parsed.value)) return refused('zigbee2mqtt', 'wrong-shape', 'an object of properties')
    const device = name.length === 0 ? null : name.join('/')
    const at = parseInstant(parsed.value['last_seen'])
    addProperties(parsed.value, '', { device, at: typeof at === 'number' ? at : null }, context, decoded)
    return decoded
  },
}

/** With `output: attribute` each property has a topic of its own and a bare value: `{friendly name}/{property}`. */
function attributeOf(name: readonly string[], payload: Uint8Array): { [key: string]: Json } | null {
  const property = name.at(-1) ?? ''
  if (
    name.length < 2 ||
    payload.length > ATTRIBUTE_BYTES ||
    !(STATES.has(property) || unitOfProperty(property, 0) !== null)
  )
    return null
  const text = beginningOf(payload, ATTRIBUTE_BYTES).trim()
  if (text === 'null') return { [property]: null }
  const value = valueOfText(text)
  return typeof value === 'string' && !/^[A-Za-z_]+$/.test(value) ? null : { [property]: value }
}

function addProperties(
  properties: { [key: string]: Json },
  prefix: string,
  of: { device: string | null; at: number | null },
  context: DecodeContext,
  decoded: Decoded,
): void {
  for (const name of Object.keys(properties)) {
    const point = prefix + name
    const value = properties[name] as Json
    if (decoded.readings.length + decoded.problems.length >= context.readingsLimit) return
    if (NOT_MEASURED.has(point) || isNoReading(value)) decoded.ignored.push(point)
    else if (!isPointKey(point)) decoded.problems.push(problem('bad-key', JSON.stringify(point.slice(0, 64))))
    else if (isJsonObject(value)) {
      if (point.split('.').length < DEPTH) addProperties(value, `${point}.`, of, context, decoded)
      else decoded.ignored.push(point)
    } else addProperty(point, value, of, decoded)
  }
}

function addProperty(
  point: string,
  json: Json,
  { device, at }: { device: string | null; at: number | null },
  decoded: Decoded,
): void {
  const unit = unitOfProperty(point, json)
  // Some converters send a measured number as text ("80.00").
  const isNumberText = unit !== null && typeof json === 'string' && DECIMAL_TEXT.test(json)
  const value = isNumberText ? Number(json) : valueOf(json)
  const isOff = OFF_VALUES.get(point) === value
  if (value === null || isOff || isNoValue(value, unit)) decoded.ignored.push(point)
  else decoded.readings.push({ device, point, value, unit: typeof value === 'string' ? null : unit, at })
}

/** null means that the device has not said; lists are of no use as readings. */
function isNoReading(value: Json): boolean {
  return value === null || Array.isArray(value)
}
