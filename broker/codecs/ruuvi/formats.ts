// Ruuvi's Bluetooth data formats 3 (RAWv1), 5 (RAWv2), C5 (RAWv2 without acceleration), 6 and E1: fixed fields of a fixed length.

export type Field = { point: string; value: number | null; unit: string | null }
export type Measurement = { mac: string | null; fields: Field[] }

const LENGTHS = new Map([
  [0x03, 14],
  [0x05, 24],
  [0x06, 20],
  [0xc5, 18],
  [0xe1, 40],
])
const NONE_U8 = 0xff
const NONE_U16 = 0xffff
const NONE_U24 = 0xffffff
const NONE_I16 = -0x8000
const PRESSURE_OFFSET_PA = 50_000
/** Codes of format 6's logarithmic light level. */
const LAST_LIGHT_CODE = 254
const LIGHT_STEP = Math.log(65_536) / LAST_LIGHT_CODE

/** Length of a data format, or null when it is none of those read here. */
export function lengthOfFormat(format: number | undefined): number | null {
  return format === undefined ? null : (LENGTHS.get(format) ?? null)
}

/** Reads the fields; a value of null is the format's "not available". `data` begins with the format and has its length. */
export function readFormat(data: Uint8Array): Measurement {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  if (data[0] === 0x03) return readFormat3(view)
  if (data[0] === 0x05) return readFormat5(view)
  if (data[0] === 0xc5) return readFormatC5(view)
  return data[0] === 0x06 ? readFormat6(view) : readFormatE1(view)
}

function readFormat3(view: DataView): Measurement {
  const whole = view.getUint8(2)
  const size = (whole & 0x7f) + view.getUint8(3) / 100
  const isBelowZero = (whole & 0x80) !== 0 && size !== 0
  return {
    mac: null,
    fields: [
      { point: 'temperature', value: hundredths(isBelowZero ? -size : size), unit: '°C' },
      { point: 'humidity', value: view.getUint8(1) / 2, unit: '%' },
      { point: 'pressure', value: view.getUint16(4) + PRESSURE_OFFSET_PA, unit: 'Pa' },
      acceleration('x', view.getInt16(6)),
      acceleration('y', view.getInt16(8)),
      acceleration('z', view.getInt16(10)),
      { point: 'voltage', value: view.getUint16(12) / 1_000, unit: 'V' },
    ],
  }
}

function readFormat5(view: DataView): Measurement {
  const accelerations = [7, 9, 11].map((offset, axis) => acceleration('xyz'.charAt(axis), view.getInt16(offset)))
  return { mac: macOf(view, 18, 6), fields: [...climate(view), ...accelerations, ...supplyAndCounters(view, 13)] }
}

function readFormatC5(view: DataView): Measurement {
  return { mac: macOf(view, 12, 6), fields: [...climate(view), ...supplyAndCounters(view, 7)] }
}

/** Eleven bits of millivolts above 1.6 V and five of transmit power, then movements and the number of the measurement. */
function supplyAndCounters(view: DataView, at: number): Field[] {
  const power = view.getUint16(at)
  const millivolts = power >> 5
  const transmit = power & 0x1f
  return [
    { point: 'voltage', value: millivolts === 0x7ff ? null : (millivolts + 1_600) / 1_000, unit: 'V' },
    { point: 'tx_power', value: transmit === 0x1f ? null : transmit * 2 - 40, unit: 'dBm' },
    { point: 'movement', value: unless(view.getUint8(at + 2), NONE_U8), unit: null },
    { point: 'sequence', value: unless(view.getUint16(at + 3), NONE_U16), unit: null },
  ]
}

function readFormat6(view: DataView): Measurement {
  const light = view.getUint8(13)
  const flags = view.getUint8(16)
  return {
    mac: macOf(view, 17, 3),
    fields: [
      ...climate(view),
      particles('pm2_5', view.getUint16(7)),
      { point: 'co2', value: unless(view.getUint16(9), NONE_U16), unit: 'ppm' },
      index('voc', view.getUint8(11), flags >> 6),
      index('nox', view.getUint8(12), flags >> 7),
      { point: 'luminosity', value: light === NONE_U8 ? null : hundredths(Math.expm1(light * LIGHT_STEP)), unit: 'lx' },
      { point: 'sequence', value: view.getUint8(15), unit: null },
    ],
  }
}

function readFormatE1(view: DataView): Measurement {
  const light = unsigned24(view, 19)
  const flags = view.getUint8(28)
  return {
    mac: macOf(view, 34, 6),
    fields: [
      ...climate(view),
      particles('pm1', view.getUint16(7)),
      particles('pm2_5', view.getUint16(9)),
      particles('pm4', view.getUint16(11)),
      particles('pm10', view.getUint16(13)),
      { point: 'co2', value: unless(view.getUint16(15), NONE_U16), unit: 'ppm' },
      index('voc', view.getUint8(17), flags >> 6),
      index('nox', view.getUint8(18), flags >> 7),
      { point: 'luminosity', value: light === NONE_U24 ? null : light / 100, unit: 'lx' },
      { point: 'sequence', value: unless(unsigned24(view, 25), NONE_U24), unit: null },
    ],
  }
}

/** Temperature, humidity and pressure stand alike in formats 5, 6 and E1. */
function climate(view: DataView): Field[] {
  const temperature = view.getInt16(1)
  const humidity = view.getUint16(3)
  const pressure = view.getUint16(5)
  return [
    { point: 'temperature', value: temperature === NONE_I16 ? null : temperature / 200, unit: '°C' },
    { point: 'humidity', value: humidity === NONE_U16 ? null : humidity / 400, unit: '%' },
    { point: 'pressure', value: pressure === NONE_U16 ? null : pressure + PRESSURE_OFFSET_PA, unit: 'Pa' },
  ]
}

/** Thousandths of the Earth's gravity, given in whole ones. */
function acceleration(axis: string, thousandths: number): Field {
  return { point: `acceleration_${axis}`, value: thousandths === NONE_I16 ? null : thousandths / 1_000, unit: 'g' }
}

function particles(point: string, tenths: number): Field {
  return { point, value: tenths === NONE_U16 ? null : tenths / 10, unit: 'µg/m3' }
}

/** Nine bits whose lowest stands in the flags; an index has no unit. */
function index(point: string, high: number, low: number): Field {
  return { point, value: unless((high << 1) | (low & 1), 0x1ff), unit: null }
}

function unless(value: number, none: number): number | null {
  return value === none ? null : value
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100
}

function unsigned24(view: DataView, offset: number): number {
  return view.getUint16(offset) * 256 + view.getUint8(offset + 2)
}

/** The address as `CB:B8:33:4C:88:4F`, or null when all bits are set. */
function macOf(view: DataView, offset: number, length: number): string | null {
  const bytes = Array.from({ length }, (_, i) => view.getUint8(offset + i))
  if (bytes.every((byte) => byte === NONE_U8)) return null
  return bytes.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':')
}
