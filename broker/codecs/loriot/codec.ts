// The LORIOT family: the application output's messages (rx, gw and the network's other ones) as JSON.
import { refused } from '#broker/codecs/codec.ts'
import type { Codec } from '#broker/codecs/codec.ts'
import { Gathering, beginningOf, clockInstant } from '#broker/codecs/gathering.ts'
import { isJsonObject, parseJson } from '#broker/codecs/json.ts'
import { addObject } from '#broker/codecs/lorawan-raw/decoded-object.ts'
import { addFrame, bytesOfBase64, bytesOfHex, objectOf, textsOf, wholeOf } from '#broker/codecs/lorawan-raw/uplink.ts'

const EUI = /^[0-9A-Fa-f]{2}(?:-?[0-9A-Fa-f]{2}){7}$/
const NETWORK_FIELDS = ['gws', 'freq', 'dr', 'rssi', 'snr', 'toa', 'ack', 'bat', 'offline', 'seqno', 'fcnt']

export const loriotCodec: Codec = {
  name: 'loriot',
  recognises(_topic, payload) {
    const beginning = beginningOf(payload, 1_024)
    return (
      /"cmd"\s*:\s*"(?:rx|gw|txd|tx|cq|join|statusInfo)"/.test(beginning) &&
      /"(?:EUI|deveui|DevEUI)"\s*:/.test(beginning)
    )
  },
  decode(_topic, payload, context) {
    const parsed = parseJson(payload)
    if (parsed.problem !== null) return refused('loriot', parsed.problem, parsed.detail || undefined)
    if (!isJsonObject(parsed.value)) return refused('loriot', 'wrong-shape', 'an object of a message')
    const message = parsed.value
    const gathering = new Gathering('loriot', context)
    const [cmd = ''] = textsOf(message, 'cmd')
    if (cmd !== 'rx' && cmd !== 'gw') {
      if (cmd === '') return refused('loriot', 'wrong-shape', 'no "cmd"')
      gathering.ignore(cmd)
      return gathering.result()
    }
    const device = textsOf(message, 'EUI')[0]
    if (device === undefined || !EUI.test(device)) return refused('loriot', 'wrong-shape', 'no "EUI"')
    for (const key of NETWORK_FIELDS) if (Object.hasOwn(message, key)) gathering.ignore(key)
    const origin = { device, at: clockInstant(message['ts']) }
    const decodedData = objectOf(message['decoded'])
    const object = isJsonObject(decodedData['data']) ? decodedData['data'] : decodedData
    const data = message['data']
    if (Object.keys(object).length > 0) addObject(object, origin, gathering)
    else if (data === undefined || data === null || data === '') {
      if (Object.hasOwn(message, 'encdata')) gathering.refuse('encrypted', '"encdata"')
      else gathering.ignore('data')
    } else {
      // Hex unless the application is set to base64.
      const frame = bytesOfHex(data) ?? bytesOfBase64(data)
      if (frame === null) gathering.refuse('wrong-shape', '"data" is neither hex nor base64')
      else {
        const devEui = device.replaceAll('-', '')
        const names = textsOf(message, 'model', 'devModel')
        addFrame(frame, { names, port: wholeOf(message['port']), devEui }, origin, gathering)
      }
    }
    const decoded = gathering.result()
    const counter = wholeOf(message['fcnt'])
    return counter === null ? decoded : { ...decoded, uplink: { device, counter } }
  },
}
