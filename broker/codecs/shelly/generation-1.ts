// Shelly generation 1: one bare value per topic, shellies/{device}/{what}/{channel}/{key}.
import { isUtf8 } from 'node:buffer'
import { refused } from '#broker/codecs/codec.ts'
import type { Decoded } from '#broker/codecs/codec.ts'
import { isNoValue, valueOfText } from '#broker/codecs/gathering.ts'
import type { Gathering, Origin } from '#broker/codecs/gathering.ts'
import { isJsonObject, parseJson } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'
import { ofGeneration1 } from './units.ts'

/** Topics that carry no reading: presence, what the device is, its whole settings, commands. */
const NOT_MEASURED =
  /^(?:online|announce|info|settings|announcements|command)$|\/(?:command|set)$|(?:^|\/)(?:temperature_f|ext_temperature_f|act_reasons|stop_reason|error)(?:\/\d+)?$/
/** What an absent external sensor sends. */
const NO_TEMPERATURE_C = 999
const LONGEST_TEXT = 64
/** No state has them: bytes of something else. */
const CONTROL = /\p{Cc}/u

export function isGeneration1(topic: string): boolean {
  return /^shellies\/(?:[^/]+\/.|announce$|command$)/.test(topic)
}

/** Decodes the value of one topic, or the JSON object that some topics carry. */
export function decodeGeneration1(topic: string, payload: Uint8Array, gathering: Gathering): Decoded {
  const [, device = '', ...rest] = topic.split('/')
  const path = rest.join('/')
  const origin = { device, at: null }
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
  if (rest.length === 0) gathering.ignore(device)
  else if (NOT_MEASURED.test(path)) gathering.ignore(path)
  else if (text.length === 0) return refused('shelly', 'empty')
  else if (!isUtf8(text)) return refused('shelly', 'invalid-utf8')
  else if (text[0] === 0x7b || text[0] === 0x5b) {
    const parsed = parseJson(payload, { sameTwice: true })
    if (parsed.problem !== null) return refused('shelly', parsed.problem, parsed.detail || undefined)
    if (isJsonObject(parsed.value)) addObject(rest, parsed.value, origin, gathering)
    else gathering.ignore(path)
  } else if (text.length > LONGEST_TEXT) gathering.ignore(path)
  else addValue(rest, valueOfText(text.toString('utf8')), origin, gathering)
  return gathering.result()
}

function addValue(path: readonly string[], value: Json, origin: Origin, gathering: Gathering): void {
  const point = path.join('.')
  // `{"tmp": {"value": 21.3}}` is the temperature itself.
  const key = path.findLast((level) => level !== 'value' && !/^\d+$/.test(level)) ?? ''
  if (typeof value !== 'number') {
    // A measured quantity in words is none; "nan" and "unknown" are left to the gathering.
    const isWrong = typeof value === 'string' && ofGeneration1(key, 0).unit !== null && !isNoValue(value, null)
    if (isWrong || (typeof value === 'string' && CONTROL.test(value)))
      return gathering.refuse('bad-value', `${point} is no number`)
    return gathering.add(origin, point, value, null)
  }
  const { value: converted, unit } = ofGeneration1(key, value)
  if (isNotMeasured(converted, unit, key)) gathering.ignore(point)
  else gathering.add(origin, point, converted, unit)
}

/** 999 °C is an absent sensor; below zero percent is a cover or battery that does not know (−1); so are lux and tilt. */
function isNotMeasured(value: number, unit: string | null, key: string): boolean {
  if (unit === '°C') return value === NO_TEMPERATURE_C
  return value === -1 && (unit === '%' || unit === 'lx' || key === 'tilt' || key === 'vibration')
}

/** JSON topics: lights' `status`, buttons' `input_event`, `ext_temperatures`, and the radiator valve's `status`. */
function addObject(
  path: readonly string[],
  fields: { [key: string]: Json },
  origin: Origin,
  gathering: Gathering,
): void {
  const valid = fields['is_valid']
  for (const key of Object.keys(fields)) {
    const value = fields[key] as Json
    if (gathering.isOver()) return
    if (
      /^(?:hwID|units|is_valid|tF|enabled|event_cnt|source|mode|timestamp|has_timer|timer_\w+)$/.test(key) ||
      valid === false
    ) {
      gathering.ignore([...path, key].join('.'))
    } else if (isJsonObject(value)) {
      if (path.length < 6) addObject([...path, key], value, origin, gathering)
      else gathering.ignore([...path, key].join('.'))
    } else addValue([...path, key], value, origin, gathering)
  }
}
