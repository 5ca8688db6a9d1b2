// The ThingPark family (Actility): DevEUI_uplink and the other documents of the application server interface as JSON.
import { refused } from '#broker/codecs/codec.ts'
import type { Codec } from '#broker/codecs/codec.ts'
import { Gathering, beginningOf, clockInstant } from '#broker/codecs/gathering.ts'
import type { Origin } from '#broker/codecs/gathering.ts'
import { parseInstant } from '#broker/codecs/instant.ts'
import { isJsonObject, parseJson } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'
import { addObject, symbolOf } from '#broker/codecs/lorawan-raw/decoded-object.ts'
import { addFrame, bytesOfHex, objectOf, textsOf, wholeOf } from '#broker/codecs/lorawan-raw/uplink.ts'

const DOCUMENT = /^DevEUI_(?:uplink|downlink_(?:Sent|Rejected)|location|notification|multicast_summary)$/
const BEGINNING = /"DevEUI_(?:uplink|downlink_|location|notification|multicast_)/
const MARKS = ['rawMacCommands', 'LrrRSSI', 'LrrSNR', 'Lrrs', 'FCntUp', 'FCntDn', 'CustomerData']

export const thingparkCodec: Codec = {
  name: 'thingpark',
  recognises(_topic, payload) {
    return BEGINNING.test(beginningOf(payload))
  },
  decode(_topic, payload, context) {
    const parsed = parseJson(payload)
    if (parsed.problem !== null) return refused('thingpark', parsed.problem, parsed.detail || undefined)
    const document = objectOf(parsed.value)
    const kind = Object.keys(document).find((key) => DOCUMENT.test(key))
    const body = kind === undefined ? undefined : document[kind]
    if (kind === undefined || !isJsonObject(body)) {
      return refused('thingpark', 'wrong-shape', 'an object with "DevEUI_uplink" or another document')
    }
    const [device] = textsOf(body, 'DevEUI')
    if (device === undefined) return refused('thingpark', 'wrong-shape', 'no "DevEUI"')
    const gathering = new Gathering('thingpark', context)
    const at = clockInstant(parseInstant(body['Time']))
    if (kind === 'DevEUI_location') {
      addLocation(body, { device, at }, gathering)
      return gathering.result()
    }
    if (kind !== 'DevEUI_uplink') {
      gathering.ignore(kind)
      return gathering.result()
    }
    addUplink(body, { device, at }, gathering)
    const decoded = gathering.result()
    const counter = wholeOf(body['FCntUp'])
    if (counter === null) return decoded
    const [session] = textsOf(body, 'DevAddr')
    return { ...decoded, uplink: session === undefined ? { device, counter } : { device, counter, session } }
  },
}

function addUplink(body: { [key: string]: Json }, origin: Origin, gathering: Gathering): void {
  for (const key of MARKS) if (Object.hasOwn(body, key)) gathering.ignore(key)
  const points = body['points']
  const object = body['payload']
  if (isJsonObject(points) && Object.keys(points).length > 0) {
    addPoints(points, origin, gathering)
    if (object !== undefined) gathering.ignore('payload')
    return
  }
  if (isJsonObject(object) && Object.keys(object).length > 0) {
    addObject(object, origin, gathering)
    return
  }
  const hex = body['payload_hex']
  if (hex === undefined || hex === null || hex === '') {
    gathering.ignore('payload_hex')
    return
  }
  // Kept under the network's key: nothing of it can be read here.
  if (wholeOf(body['PayloadEncryption']) === 1) {
    gathering.refuse('encrypted', '"payload_hex"')
    return
  }
  const frame = bytesOfHex(hex)
  if (frame === null) {
    gathering.refuse('wrong-shape', '"payload_hex" is not hex')
    return
  }
  addFrame(frame, { names: namesOf(body), port: wholeOf(body['FPort']), devEui: origin.device }, origin, gathering)
}

/** The driver's model, the profile the customer chose ("ELSY/ERS"), in this order. */
function namesOf(body: { [key: string]: Json }): string[] {
  const model = objectOf(objectOf(body['DriverCfg'])['mod'])
  const [producer = ''] = textsOf(model, 'pId')
  const [id = ''] = textsOf(model, 'mId')
  const profile = textsOf(objectOf(objectOf(body['CustomerData'])['alr']), 'pro')
  const ownName = profile.map((name) => name.split('/').at(-1) as string)
  return [...(id === '' ? [] : [`${producer}-${id}`, id]), ...profile, ...ownName]
}

/** The driver's points: a record, or records with instants, and a unit. */
function addPoints(points: { [key: string]: Json }, origin: Origin, gathering: Gathering): void {
  for (const name of Object.keys(points)) {
    const point = objectOf(points[name])
    const [unitId] = textsOf(point, 'unitId', 'unit')
    const unit = unitId === undefined ? null : symbolOf(unitId)
    if (Object.hasOwn(point, 'record')) gathering.add(origin, name, point['record'] as Json, unit)
    else if (Array.isArray(point['records'])) {
      for (const record of point['records']) {
        const { eventTime, value } = objectOf(record)
        const at = clockInstant(parseInstant(eventTime)) ?? origin.at
        gathering.add({ device: origin.device, at }, name, value ?? null, unit)
        if (gathering.isOver()) return
      }
    } else gathering.ignore(name)
  }
}

function addLocation(body: { [key: string]: Json }, origin: Origin, gathering: Gathering): void {
  for (const [key, point, unit] of [
    ['DevLAT', 'latitude', '°'],
    ['DevLON', 'longitude', '°'],
    ['DevAlt', 'altitude', 'm'],
  ] as const) {
    const value = body[key]
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (number !== undefined) gathering.add(origin, point, number, unit)
  }
}
