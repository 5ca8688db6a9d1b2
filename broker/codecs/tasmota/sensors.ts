// Reads the sensors of one Tasmota message: objects of keys, values per phase, and devices behind a bridge.
import type { Gathering, Origin } from '#broker/codecs/gathering.ts'
import { isJsonObject } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'
import { wordsOf } from '#broker/codecs/word-table.ts'
import { unitOf } from './units.ts'
import type { Kind, StatedUnits } from './units.ts'

type Fields = { [key: string]: Json }

/** Of the message, the firmware and the radio, not of what is measured. */
const NOT_MEASURED = new Set(
  wordsOf(`
    Time Epoch TempUnit PressureUnit SpeedUnit TotalStartTime Id ID MAC Uptime UptimeSec Heap SleepMode Sleep LoadAvg
    MqttCount Berry BerryCount Wifi Ethernet Hostname IPAddress DeepSleep BootCount PSRAM RSSI SNR LinkQuality Endpoint
    Group Device Name IEEEAddr ModelId Manufacturer ConfigResponse Node DevEUIh DevEUIl FPort Payload LastEvent Events
    ADCO ADSC DATE PRM VTIC MSG1 MSG2
  `),
)
/** Of a French meter's customer output: a status word in hexadecimal digits, calendars of coming days and of mobile peaks. */
const TELEINFO_WORDS = /^(?:STGE|[NP]JOURF(?:\+1)?|PPOINTE|[DF]PM\d)$/
/** Bridges: each member is a device of its own. */
const BRIDGES = new Set(['ZbReceived', 'LwReceived', 'MtrReceived'])
/** Sensors within sensors (OpenTherm's `BTMP.ACT`) that are followed. */
const DEPTH = 4
/** Phases, tariffs and channels that one key may list. */
const LIST_LENGTH = 16
const DIGITS = /^-?\d{1,15}(?:\.\d{1,9})?$/

export function addSensors(body: Fields, origin: Origin, stated: StatedUnits, gathering: Gathering): void {
  for (const key of Object.keys(body)) {
    const value = body[key] as Json
    if (gathering.isOver()) return
    if (NOT_MEASURED.has(key)) gathering.ignore(key)
    else if (!isJsonObject(value)) addValue('sensor', '', key, value, origin, stated, gathering)
    else if (BRIDGES.has(key)) addBridged(key, value, origin, stated, gathering)
    else addSensor(key, value, origin, stated, gathering)
  }
}

/** One sensor's keys as `sensor.key`; a sensor without name (the empty key) gives its keys as they are. */
export function addSensor(
  name: string,
  fields: Fields,
  origin: Origin,
  stated: StatedUnits,
  gathering: Gathering,
): void {
  const kind = kindOf(name, fields)
  // Beacons come one per message under one name; each is a device of its own.
  const mac = fields['MAC']
  const own = typeof mac === 'string' && mac !== '' ? { ...origin, device: join(origin.device, mac) } : origin
  addFields(kind, name === '' ? '' : `${name}.`, fields, own, stated, gathering)
}

/** The meter of a French contract is known by what the contract allows. */
const kindOf = (name: string, fields: Fields): Kind => {
  if (name === 'ENERGY') return 'energy'
  if (name === 'TIC') return 'teleinfo'
  return name === 'METER' && 'PSUB' in fields && 'ISUB' in fields ? 'teleinfo-meter' : 'sensor'
}

function addFields(
  kind: Kind,
  prefix: string,
  fields: Fields,
  origin: Origin,
  stated: StatedUnits,
  gathering: Gathering,
): void {
  for (const key of Object.keys(fields)) {
    const value = fields[key] as Json
    if (gathering.isOver()) return
    if (NOT_MEASURED.has(key)) gathering.ignore(prefix + key)
    else if (!isJsonObject(value)) addValue(kind, prefix, key, value, origin, stated, gathering)
    else if (prefix.split('.').length < DEPTH) addFields(kind, `${prefix}${key}.`, value, origin, stated, gathering)
    else gathering.ignore(prefix + key)
  }
}

/** A value, or one per phase: `ENERGY.Power.1`, `ENERGY.Power.2` … */
function addValue(
  kind: Kind,
  prefix: string,
  key: string,
  value: Json,
  origin: Origin,
  stated: StatedUnits,
  gathering: Gathering,
): void {
  const unit = unitOf(kind, key, stated)
  if (kind === 'teleinfo' && TELEINFO_WORDS.test(key)) return gathering.ignore(prefix + key)
  if (!Array.isArray(value)) {
    // The customer output of French meters fills numbers with zeros; Tasmota then passes them on as texts.
    const isNumberText = kind === 'teleinfo' && typeof value === 'string' && DIGITS.test(value)
    return gathering.add(origin, prefix + key, isNumberText ? Number(value) : value, unit)
  }
  if (value.length > LIST_LENGTH || value.some((member) => typeof member === 'object' && member !== null)) {
    return gathering.ignore(prefix + key)
  }
  value.forEach((member, index) => gathering.add(origin, `${prefix}${key}.${index + 1}`, member, unit))
}

/** `{"0x2916": {…}}`, or the fields of one device at once with its `Name`. */
function addBridged(bridge: string, members: Fields, origin: Origin, stated: StatedUnits, gathering: Gathering): void {
  const isFlat = !Object.values(members).some(isJsonObject)
  const name = members['Name'] ?? members['Device']
  const devices = isFlat ? { [typeof name === 'string' ? name : bridge]: members } : members
  for (const key of Object.keys(devices)) {
    const fields = devices[key] as Json
    if (isJsonObject(fields)) {
      addFields('bridged', '', fields, { ...origin, device: join(origin.device, key) }, stated, gathering)
    } else gathering.ignore(`${bridge}.${key}`)
  }
}

function join(device: string | null, member: string): string {
  return device === null ? member : `${device}/${member}`
}
