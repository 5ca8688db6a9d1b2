// Readings of a telegram's data lines: units as written, M-Bus meters as devices of their own.
import { clockInstant } from '#broker/codecs/gathering.ts'
import type { Gathering } from '#broker/codecs/gathering.ts'
import { wordTable } from '#broker/codecs/word-table.ts'
import { instantOfClock, zoneOfClock } from './clock.ts'
import type { MeterZone } from './clock.ts'
import type { DataLine } from './telegram.ts'

/** Units by how meters write them, in capitals. */
const UNITS = wordTable([
  ['Wh', 'WH'],
  ['kWh', 'KWH'],
  ['MWh', 'MWH'],
  ['varh', 'VARH'],
  ['kvarh', 'KVARH'],
  ['V·Ah', 'VAH'],
  ['kV·Ah', 'KVAH'],
  ['W', 'W'],
  ['kW', 'KW'],
  ['var', 'VAR'],
  ['kvar', 'KVAR'],
  ['V·A', 'VA'],
  ['kV·A', 'KVA'],
  ['V', 'V'],
  ['A', 'A'],
  ['Hz', 'HZ'],
  ['m3', 'M3'],
  ['m3/h', 'M3/H'],
  ['l', 'DM3 L'],
  ['GJ', 'GJ'],
  ['MJ', 'MJ'],
  ['°C', 'C'],
  ['s', 'S'],
  ['min', 'MIN'],
  ['h', 'H'],
])
/** Clock, version, texts for the customer, logs and demand history: no readings. */
const NOT_MEASURED =
  /^(?:0-0:1\.0\.0|\d-3:0\.2\.8|0-0:96\.1\.\d+|0-0:96\.13\.\d+|1-0:99\.97\.0|0-0:98\.1\.0|0-0:96\.7\.19|1-1:0\.2\.0|0-0:42\.0\.0|[01]-0:0\.0\.\d)$/
const MBUS = /^0-([1-9]):(.+)$/
const NUMBER = /^-?\d{1,12}(?:\.\d{1,9})?$/
const WITH_UNIT = /^([^*]*)\*(.+)$/
/** Identifies the meter (DSMR), the metering point, the device name of COSEM, and the address that older meters write first. */
const DEVICE_IDS = ['0-0:96.1.1', '0-0:96.1.0', '0-0:42.0.0', '0-0:96.1.255', '1-0:0.0.0', '0-0:0.0.0']
/** Clocks of M-Bus values that were never taken: the meter has not heard the other one yet. */
const NEVER_TAKEN = /^(?:700101\d{6}|(?!\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))\d{12})[SW]?$/

/** Adds the readings of one telegram; those of the electricity meter at the telegram's clock. */
export function addLines(lines: readonly DataLine[], receivedAt: number, gathering: Gathering): void {
  const valueOf = (obis: string): string => lines.find((line) => line.obis === obis)?.values[0] ?? ''
  const device = DEVICE_IDS.map((obis) => identity(valueOf(obis))).find((id) => id !== null) ?? null
  const clock = valueOf('0-0:1.0.0')
  const zone = zoneOfClock(clock, receivedAt)
  const at = clockInstant(instantOfClock(clock, zone))
  const seen = new Set<string>()
  for (const { obis, values } of lines) {
    if (gathering.isOver()) return
    const channel = MBUS.exec(obis)
    if (NOT_MEASURED.test(obis)) gathering.ignore(obis)
    else if (channel === null) {
      if (seen.has(obis)) gathering.refuse('duplicate-key', obis)
      else addValue(obis, values, { device, at }, zone, gathering)
    } else addMbus(channel, values, valueOf, { device, at: null }, zone, gathering)
    seen.add(obis)
  }
}

/** A line of an M-Bus meter: its own number is its device key; without one it is a channel of the electricity meter. */
function addMbus(
  [obis, channel, code = '']: RegExpExecArray,
  values: string[],
  valueOf: (obis: string) => string,
  origin: { device: string | null; at: number | null },
  zone: MeterZone,
  gathering: Gathering,
): void {
  if (!/^24\.(?:2|3|4)\./.test(code)) return gathering.ignore(obis)
  const own = identity(valueOf(`0-${channel}:96.1.0`)) ?? identity(valueOf(`0-${channel}:96.1.1`))
  const device = own ?? (origin.device === null ? null : `${origin.device}/mbus-${channel}`)
  // (time)(status)(minutes)(n)(id)(unit)(value): the form of DSMR 2 and 3.
  if (code.startsWith('24.3.') && values.length === 7) {
    addValue(obis, [values[0] as string, `${values[6]}*${values[5]}`], { device, at: null }, zone, gathering)
  } else if (values.length === 2 && NEVER_TAKEN.test(values[0] as string)) gathering.ignore(obis)
  else addValue(obis, values, { device, at: null }, zone, gathering)
}

/** `(value)`, or `(instant)(value)` where the value was taken earlier. */
function addValue(
  obis: string,
  values: string[],
  origin: { device: string | null; at: number | null },
  zone: MeterZone,
  gathering: Gathering,
): void {
  const [first = '', second] = values
  if (values.length > 2 || (second !== undefined && !/^\d{12}[SW]?$/.test(first))) return gathering.ignore(obis)
  const text = second ?? first
  const own = second === undefined ? origin : { ...origin, at: clockInstant(instantOfClock(first, zone)) }
  if (text === '') return gathering.ignore(obis)
  const [, number = text, written] = WITH_UNIT.exec(text) ?? []
  const unit = written === undefined ? null : (UNITS.get(written.toUpperCase()) ?? null)
  if (written !== undefined && unit === null) gathering.refuse('bad-value', `${obis} in "${written.slice(0, 16)}"`)
  else if (NUMBER.test(number)) gathering.add(own, obis, Number(number), unit)
  else if (unit === null && /^\d{12}[SW]$/.test(number)) gathering.ignore(obis)
  else gathering.refuse('bad-value', `${obis} is ${JSON.stringify(number.slice(0, 24))}`)
}

/** Octet strings spell the number in hexadecimal digits of its characters; other meters write it as it is. */
function identity(text: string): string | null {
  if (text === '' || /^0+$/.test(text)) return null
  if (!/^(?:[0-9A-F]{2})+$/i.test(text)) return text.slice(0, 64)
  const decoded = Buffer.from(text, 'hex').toString('latin1')
  return /^[\x20-\x7e]+$/.test(decoded) ? decoded.trim() : text
}
