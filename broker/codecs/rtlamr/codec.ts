// The rtlamr family: JSON of rtlamr, which hears North American meters (SCM, SCM+, IDM, NetIDM, R900).
import { refused } from '#broker/codecs/codec.ts'
import type { Codec } from '#broker/codecs/codec.ts'
import { Gathering, beginningOf, clockInstant } from '#broker/codecs/gathering.ts'
import { isJsonObject, parseJson } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'
import { parseInstant } from '#broker/codecs/instant.ts'

const ENVELOPE = /"Type"\s*:\s*"(?:SCM\+?|IDM|NetIDM|R900(?:BCD)?)"/
/** Early versions knew one message only, and did not name it. */
const UNNAMED = /"TamperPhy"\s*:\s*\d/
/** The meter's number and its counter by message type; the counter's unit is the meter's secret. */
const MESSAGES = new Map<string, { id: string; counters: readonly string[] }>([
  ['SCM', { id: 'ID', counters: ['Consumption'] }],
  ['SCM+', { id: 'EndpointID', counters: ['Consumption'] }],
  ['IDM', { id: 'ERTSerialNumber', counters: ['LastConsumptionCount'] }],
  ['NetIDM', { id: 'ERTSerialNumber', counters: ['LastConsumption', 'LastGeneration', 'LastConsumptionNet'] }],
  ['R900', { id: 'ID', counters: ['Consumption', 'BackFlow', 'Leak', 'LeakNow', 'NoUse'] }],
  ['R900BCD', { id: 'ID', counters: ['Consumption', 'BackFlow', 'Leak', 'LeakNow', 'NoUse'] }],
])

export const rtlamrCodec: Codec = {
  name: 'rtlamr',
  recognises(_topic, payload) {
    const text = beginningOf(payload)
    return /^\s*\{/.test(text) && text.includes('"Message"') && (ENVELOPE.test(text) || UNNAMED.test(text))
  },
  decode(_topic, payload, context) {
    const parsed = parseJson(payload)
    if (parsed.problem !== null) return refused('rtlamr', parsed.problem, parsed.detail || undefined)
    const envelope = parsed.value
    if (!isJsonObject(envelope)) return refused('rtlamr', 'wrong-shape', 'an object')
    const { Type, Message, Time } = envelope
    const named = Type === undefined && isJsonObject(Message) && 'TamperPhy' in Message ? 'SCM' : Type
    const type = typeof named === 'string' ? MESSAGES.get(named) : undefined
    if (type === undefined || !isJsonObject(Message))
      return refused('rtlamr', 'wrong-shape', 'a known "Type" with a "Message"')
    const gathering = new Gathering('rtlamr', context)
    const id = Message[type.id]
    const origin = {
      device: typeof id === 'number' || (typeof id === 'string' && id !== '') ? String(id) : null,
      at: clockInstant(parseInstant(Time)),
    }
    for (const key of Object.keys(Message)) {
      if (!type.counters.includes(key)) gathering.ignore(key)
      else if (isNumber(Message[key] as Json)) gathering.add(origin, key, Message[key] as Json, null)
      else gathering.refuse('bad-value', `"${key}" is no number`)
    }
    return gathering.result()
  },
}

function isNumber(value: Json): boolean {
  return typeof value === 'number' && Number.isFinite(value)
}
