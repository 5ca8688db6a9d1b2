// The Ruuvi family: a Ruuvi Gateway's JSON with raw Bluetooth data, or the data itself as bytes or hexadecimal digits.
import { refused } from '#broker/codecs/codec.ts'
import type { Codec, DecodeContext } from '#broker/codecs/codec.ts'
import { Gathering, beginningOf, clockInstant } from '#broker/codecs/gathering.ts'
import { isJsonObject, parseJson } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'
import { findData, isRuuviData } from './advertisement.ts'
import { lengthOfFormat, readFormat } from './formats.ts'

const MAC = /^(?:[0-9A-F]{2}:){5}[0-9A-F]{2}$/i
const HEX = /^\s*(?:0x)?((?:[0-9a-f]{2}){14,64})\s*$/i
const GATEWAY = /"gw_mac"\s*:\s*"/

type Origin = { device: string | null; at: number | null; isGateway: boolean }

export const ruuviCodec: Codec = {
  name: 'ruuvi',
  recognises(topic, payload) {
    if (topic.startsWith('ruuvi/')) return true
    const text = beginningOf(payload)
    if (/^\s*\{/.test(text)) return GATEWAY.test(text)
    return isRuuviData(bytesOf(payload))
  },
  decode(topic, payload, context) {
    const gathering = new Gathering('ruuvi', context)
    const text = beginningOf(payload, 16)
    const mac =
      topic
        .split('/')
        .findLast((level) => MAC.test(level))
        ?.toUpperCase() ?? null
    if (topic.endsWith('/gw_status')) gathering.ignore('gw_status')
    else if (payload.length === 0) return refused('ruuvi', 'empty')
    else if (!/^\s*\{/.test(text)) addData(bytesOf(payload), { device: mac, at: null, isGateway: false }, gathering)
    else return decodeGateway(payload, mac, context)
    return gathering.result()
  },
}

/** One tag's message, or `{"data": {"tags": {address: …}}}` with all of them. */
function decodeGateway(
  payload: Uint8Array,
  mac: string | null,
  context: DecodeContext,
): ReturnType<Gathering['result']> {
  const parsed = parseJson(payload)
  if (parsed.problem !== null) return refused('ruuvi', parsed.problem, parsed.detail || undefined)
  const gathering = new Gathering('ruuvi', context)
  const message = parsed.value
  const tags = isJsonObject(message) && isJsonObject(message['data']) ? message['data']['tags'] : undefined
  if (isJsonObject(tags)) {
    for (const address of Object.keys(tags)) addTag(address.toUpperCase(), tags[address], gathering)
  } else addTag(mac, message, gathering)
  return gathering.result()
}

function addTag(device: string | null, tag: Json | undefined, gathering: Gathering): void {
  if (gathering.isOver()) return
  if (!isJsonObject(tag)) return gathering.refuse('wrong-shape', 'an object with "data"')
  for (const key of Object.keys(tag)) if (key !== 'data') gathering.ignore(key)
  const { data, ts, timestamp } = tag
  if (typeof data !== 'string' || !/^(?:[0-9a-f]{2})*$/i.test(data)) {
    return gathering.refuse('wrong-shape', '"data" is hexadecimal digits')
  }
  const seconds = Number(ts ?? timestamp ?? Number.NaN)
  const at = clockInstant(seconds * 1_000)
  addData(Buffer.from(data, 'hex'), { device, at, isGateway: true }, gathering)
}

function addData(bytes: Uint8Array, { device, at, isGateway }: Origin, gathering: Gathering): void {
  const found = findData(bytes)
  if ('problem' in found) {
    // A gateway passes on other makers' advertisements too when it is told to.
    if (found.problem === 'not-ruuvi' && isGateway) return gathering.ignore('data')
    return gathering.refuse(found.problem === 'truncated' ? 'truncated' : 'wrong-shape', "Ruuvi's data")
  }
  const { data } = found
  if (lengthOfFormat(data[0]) !== data.length) {
    const format = (data[0] ?? 0).toString(16).toUpperCase()
    return gathering.refuse('wrong-shape', `data format ${format} of ${data.length} bytes is not read`)
  }
  const { mac, fields } = readFormat(data)
  for (const { point, value, unit } of fields) {
    // A gateway's users know the supply as "battery" in millivolts.
    const [key, amount, symbol] =
      isGateway && point === 'voltage' && value !== null
        ? ['battery', Math.round(value * 1_000), 'mV']
        : [point, value, unit]
    gathering.add({ device: device ?? mac, at }, key, amount, symbol)
  }
}

/** The bytes themselves, or those that hexadecimal digits spell. */
function bytesOf(payload: Uint8Array): Uint8Array {
  const digits = payload.length <= 132 ? HEX.exec(beginningOf(payload))?.[1] : undefined
  return digits === undefined ? payload : Buffer.from(digits, 'hex')
}
