// The wmbusmeters family: one JSON object per telegram of a wireless M-Bus meter.
import { refused } from '#broker/codecs/codec.ts'
import type { Codec } from '#broker/codecs/codec.ts'
import { Gathering, beginningOf, clockInstant } from '#broker/codecs/gathering.ts'
import { ExactDecimal, isJsonObject, parseJson } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'
import { parseInstant } from '#broker/codecs/instant.ts'
import { wordsOf } from '#broker/codecs/word-table.ts'
import { isDateKey, unitOfKey } from './units.ts'

/** What tells which meter it is and how the telegram came, not what it measured. */
const NOT_MEASURED = new Set(
  wordsOf(`
    _ media meter name id timestamp device rssi_dbm customer manufacturer enhanced_id fabrication_no model_version
    firmware_version software_version hardware_version parameter_set version location meter_timestamp telegram address
  `),
)
/** 0x8000 of a 16-bit difference in litres. */
const NO_DIFFERENCE_M3 = -32.768
/** Meters whose one-byte water temperature says 127 when there is none (a dry meter). */
const ONE_BYTE_TEMPERATURE = /^(?:kamwater|multical21|flowiq\d+)$/
const NO_TEMPERATURE_C = 127

export const wmbusmetersCodec: Codec = {
  name: 'wmbusmeters',
  recognises(topic, payload) {
    const text = beginningOf(payload)
    if (!/^\s*\{/.test(text)) return false
    if (topic.startsWith('wmbusmeters/') || /"_"\s*:\s*"telegram"/.test(text)) return true
    return /"media"\s*:\s*"/.test(text) && /"meter"\s*:\s*"/.test(text) && /"id"\s*:\s*"/.test(text)
  },
  decode(_topic, payload, context) {
    const parsed = parseJson(payload, { sameTwice: true })
    if (parsed.problem !== null) return refused('wmbusmeters', parsed.problem, parsed.detail || undefined)
    if (!isJsonObject(parsed.value)) return refused('wmbusmeters', 'wrong-shape', 'an object of fields')
    const fields = parsed.value
    const gathering = new Gathering('wmbusmeters', context)
    const origin = { device: deviceOf(fields), at: clockInstant(parseInstant(fields['timestamp'])) }
    for (const key of Object.keys(fields)) {
      const value = fields[key] as Json
      const unit = unitOfKey(key)
      if (NOT_MEASURED.has(key) || isDateKey(key) || isSentinel(value, key, unit, fields['meter']))
        gathering.ignore(key)
      else if (unit !== null && !isNumberOrNull(value))
        gathering.refuse('bad-value', `"${key.slice(0, 64)}" is no number`)
      else gathering.add(origin, key, value, unit)
    }
    return gathering.result()
  },
}

/** The meter's own number: names are the user's and change, a replaced meter has another number. */
function deviceOf(fields: { [key: string]: Json }): string | null {
  const id = fields['id']
  if (typeof id === 'string' && id !== '') return id
  return typeof fields['name'] === 'string' && fields['name'] !== '' ? fields['name'] : null
}

function isSentinel(value: Json, key: string, unit: string | null, meter: Json | undefined): boolean {
  if (unit === 'm3') return value === NO_DIFFERENCE_M3
  if (value !== NO_TEMPERATURE_C || unit !== '°C' || !key.includes('flow_temperature')) return false
  return typeof meter === 'string' && ONE_BYTE_TEMPERATURE.test(meter)
}

/** Empty and "unknown" texts stand for null and are left to the gathering. */
function isNumberOrNull(value: Json): boolean {
  if (typeof value === 'string') return value === '' || /^(?:null|nan|unknown)$/i.test(value)
  return value === null || typeof value === 'number' || value instanceof ExactDecimal
}
