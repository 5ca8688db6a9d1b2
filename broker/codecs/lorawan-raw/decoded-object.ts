// Readings of an object that the network server's own decoder made: nested keys become dotted points, units follow the keys.
import type { Gathering, Origin } from '#broker/codecs/gathering.ts'
import { clockInstant } from '#broker/codecs/gathering.ts'
import { parseInstant } from '#broker/codecs/instant.ts'
import { isJsonObject } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'

/** Objects within each other that are followed. */
const DEPTH = 4
/** Members of a list (history) that are followed. */
const MEMBERS = 256
const DECIMAL_TEXT = /^-?\d{1,15}(?:\.\d{1,9})?$/
const INSTANT_KEYS = ['timestamp', 'time', 'ts']
/** What decoders say about the frame and the device, not of a measurement. */
const NOT_MEASURED =
  /^(?:fport|f_port|bytes|raw|payload|hexstring|protocol_version|device_id|sn|(?:ipso|hardware|firmware|tsl|fw|hw)_?version|valid|err|errors?|warnings?|historyseqnr|prevhistseqnr|node_type)$/i

const UNITS: readonly [RegExp, string][] = [
  [/(?:^|_|\b)rssi$|(?:^|_|\b)snr$/, ''],
  [/temperature(?:\d*|_(?:\d+|target|min|max|chn\d))$|^temp(?:c|_c)?(?:_[a-z0-9]+|\d*)$/, '°C'],
  [/humidity(?:_?\d*)$|^hum(?:_[a-z0-9]+|i)?$|^rh$/, '%'],
  [/^(?:battery|battery_level|batterylevel|battery_percent)$/, '%'],
  [/^(?:co2|co2_ppm|eco2|co2_concentration)$/, 'ppm'],
  [/^(?:light|lux|illuminance|illumination|ill_lx|lux2|luminosity)$/, 'lx'],
  [/^(?:bat_?v|bat_v|battery_volt(?:age)?|batteryvoltage|voltage)$/, 'V'],
  [/^vdd$/, 'mV'],
  [/(?:^|_)energy_kwh$|_kwh$/, 'kWh'],
  [/(?:^|_)wh$/, 'Wh'],
  [/_m3$/, 'm3'],
]

/** Adds the readings of a decoded object. `{ value, unit }` (Decentlab) and lists with instants (history) are understood. */
export function addObject(
  object: { [key: string]: Json },
  origin: Origin,
  gathering: Gathering,
  prefix = '',
  depth = 0,
): void {
  for (const key of Object.keys(object)) {
    if (gathering.isOver()) return
    const value = object[key] as Json
    const point = prefix + safeKey(key)
    if (NOT_MEASURED.test(key)) gathering.ignore(point)
    else if (Array.isArray(value)) addList(value, point, origin, gathering, depth)
    else if (!isJsonObject(value)) addScalar(key, point, value, origin, gathering)
    else if (Object.hasOwn(value, 'value') && !isJsonObject(value['value']) && !Array.isArray(value['value'])) {
      const unit = value['unit']
      gathering.add(origin, point, value['value'] as Json, typeof unit === 'string' ? symbolOf(unit) : unitOfKey(key))
    } else if (depth < DEPTH) addObject(value, origin, gathering, `${point}.`, depth + 1)
    else gathering.ignore(point)
  }
}

/** Many decoders round by writing a text ("21.50"): where the key names a unit, it is the number. */
function addScalar(key: string, point: string, value: Json, origin: Origin, gathering: Gathering): void {
  const unit = unitOfKey(key)
  const isNumberText = unit !== null && typeof value === 'string' && DECIMAL_TEXT.test(value)
  gathering.add(origin, point, isNumberText ? Number(value) : value, unit)
}

/** A list of objects with instants is history of the same points; any other list is of no use as readings. */
function addList(list: Json[], point: string, origin: Origin, gathering: Gathering, depth: number): void {
  const isHistory = list.length > 0 && list.every((member) => isJsonObject(member) && instantOf(member) !== null)
  if (!isHistory || depth >= DEPTH) {
    gathering.ignore(point)
    return
  }
  for (const member of list.slice(0, MEMBERS) as { [key: string]: Json }[]) {
    const values = Object.fromEntries(Object.entries(member).filter(([key]) => !INSTANT_KEYS.includes(key)))
    addObject(values, { device: origin.device, at: instantOf(member) }, gathering, '', depth + 1)
  }
}

function instantOf(member: { [key: string]: Json }): number | null {
  const key = INSTANT_KEYS.find((one) => Object.hasOwn(member, one))
  const value = key === undefined ? undefined : member[key]
  if (typeof value === 'number') return clockInstant(value < 1e11 ? value * 1_000 : value)
  return clockInstant(parseInstant(value))
}

/** Blanks and other characters that points cannot have become underscores. */
function safeKey(key: string): string {
  return key.replaceAll(/[^A-Za-z0-9_.:-]+/g, '_')
}

/** Keys whose units are remembered: devices repeat theirs. */
const KEYS = 2_000
const remembered = new Map<string, string | null>()

/** The unit by the key's name, or null when it does not tell. */
export function unitOfKey(key: string): string | null {
  const known = remembered.get(key)
  if (known !== undefined) return known
  const plain = key.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
  const unit = UNITS.find(([pattern]) => pattern.test(plain) || pattern.test(key.toLowerCase()))?.[1] || null
  if (remembered.size < KEYS && key.length <= 64) remembered.set(key, unit)
  return unit
}

const SYMBOLS: Record<string, string> = {
  C: '°C',
  '℃': '°C',
  Cel: '°C',
  'm³': 'm3',
  '%RH': '%',
  lux: 'lx',
  VA: 'V·A',
  'µS⋅cm⁻¹': 'µS/cm',
}

/** Our symbol for a unit that the payload names. */
export function symbolOf(unit: string): string | null {
  if (unit === '') return null
  return Object.hasOwn(SYMBOLS, unit) ? (SYMBOLS[unit] as string) : unit.slice(0, 16)
}
