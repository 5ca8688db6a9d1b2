// The Tasmota family: tele/…/SENSOR, STATE and ENERGY, stat/…/STATUS8 and POWER, and what its bridges pass on.
import { refused } from '#broker/codecs/codec.ts'
import type { Codec, Decoded } from '#broker/codecs/codec.ts'
import { Gathering, beginningOf, clockInstant } from '#broker/codecs/gathering.ts'
import type { Origin } from '#broker/codecs/gathering.ts'
import { isJsonObject, parseJson } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'
import { parseInstant } from '#broker/codecs/instant.ts'
import { addSensor, addSensors } from './sensors.ts'
import { parseTopic } from './topic.ts'
import type { TasmotaTopic } from './topic.ts'
import type { StatedUnits } from './units.ts'

/** How a message of unknown topic begins. */
const BEGINNING =
  /^\s*\{\s*"(?:Time"\s*:\s*"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:?\d\d)?"|StatusSNS"|StatusSTS"|(?:Zb|Lw|Mtr|Serial|Rf|Ir)Received"|TIC"\s*:\s*\{)/
/** Answers that wrap a sensor or state message. */
const WRAPPERS = ['StatusSNS', 'StatusSTS']
/** What an answer to a command may bring of the outside world; all else in it repeats the command. */
const EVENTS = ['ZbReceived', 'LwReceived', 'MtrReceived', 'MCP230XX_INT']

export const tasmotaCodec: Codec = {
  name: 'tasmota',
  recognises(topic, payload) {
    return (
      topic.startsWith('tasmota/discovery/') || parseTopic(topic) !== null || BEGINNING.test(beginningOf(payload, 128))
    )
  },
  decode(topic, payload, context) {
    const parts = parseTopic(topic)
    const gathering = new Gathering('tasmota', context)
    const bare = decodeBare(topic, parts, payload, gathering)
    if (bare !== null) return bare
    const parsed = parseJson(payload, { sameTwice: true })
    if (parsed.problem !== null) return refused('tasmota', parsed.problem, parsed.detail || undefined)
    if (!isJsonObject(parsed.value)) return refused('tasmota', 'wrong-shape', 'an object of sensors')
    decodeMessage(parsed.value, parts, gathering)
    return gathering.result()
  },
}

/** Messages that have no JSON or nothing measured; null for all others. */
function decodeBare(
  topic: string,
  parts: TasmotaTopic | null,
  payload: Uint8Array,
  gathering: Gathering,
): Decoded | null {
  if (topic.startsWith('tasmota/discovery/')) gathering.ignore('discovery')
  else if (parts?.prefix === 'cmnd') gathering.ignore('cmnd')
  else if (parts !== null && /^(?:LWT|UPTIME|INFO\d|HASS_STATE|BOOTCOUNT|LOGGING|MARGINS)$/.test(parts.message)) {
    gathering.ignore(parts.message)
  } else if (parts?.prefix === 'stat' && /^POWER\d*$/.test(parts.message)) {
    gathering.add({ device: parts.device, at: null }, parts.message, beginningOf(payload, 32), null)
  } else return null
  return gathering.result()
}

function decodeMessage(message: { [key: string]: Json }, parts: TasmotaTopic | null, gathering: Gathering): void {
  const wrapper = WRAPPERS.find((key) => isJsonObject(message[key]))
  const body = wrapper === undefined ? message : (message[wrapper] as { [key: string]: Json })
  const origin: Origin = { device: parts?.device ?? null, at: instantOf(body) }
  const stated = statedUnits(body)
  if (wrapper === undefined && /^(?:RESULT|STATUS)/.test(parts?.message ?? '')) {
    for (const key of Object.keys(body)) {
      if (EVENTS.includes(key)) addSensors({ [key]: body[key] as Json }, origin, stated, gathering)
      else gathering.ignore(key)
    }
  } else if (parts?.message === 'ENERGY') {
    const { Time, ...energy } = body
    if (Time !== undefined) gathering.ignore('Time')
    addSensor('ENERGY', energy, origin, stated, gathering)
  } else addSensors(body, origin, stated, gathering)
}

/** `Epoch`, or `Time` when it says its offset; local time without offset is no instant. */
function instantOf(body: { [key: string]: Json }): number | null {
  const epoch = body['Epoch']
  return clockInstant(typeof epoch === 'number' ? epoch * 1_000 : parseInstant(body['Time']))
}

function statedUnits(body: { [key: string]: Json }): StatedUnits {
  const { TempUnit, PressureUnit, SpeedUnit } = body
  return {
    temperature: TempUnit === 'F' ? '°F' : '°C',
    pressure: typeof PressureUnit === 'string' ? PressureUnit.slice(0, 16) : 'hPa',
    speed: typeof SpeedUnit === 'string' ? SpeedUnit.slice(0, 16) : null,
  }
}
