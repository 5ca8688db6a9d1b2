// Sensative Strips: two bytes of history counter, then pieces of one type byte, big-endian (Strips LoRa integration guide).
import { constant, i16, part, skip, state, u16, u8 } from '#broker/codecs/lorawan-raw/model.ts'
import type { TaggedModel } from '#broker/codecs/lorawan-raw/model.ts'

const YES_NO = { 0: false, 1: true }
const humidity = u8('humidity', '%', 2, { none: [0xff], range: [0, 100] })
const celsius = { none: [0x7fff, 0x8000], range: [-100, 150] as const }
const temperature = i16('temperature', '°C', 10, celsius)
const averageTemperature = i16('averageTemperature', '°C', 10, celsius)

export const SENSATIVE: readonly TaggedModel[] = [
  {
    id: 'sensative-strips',
    names: [
      'Strips',
      'Sensative',
      'Strips MS +Comfort',
      'Strips Comfort',
      'Strips Guard',
      'Strips Drip',
      'Strips Presence',
      'Sensative_Codec',
    ],
    ports: [1],
    order: 'big',
    layout: 'tagged',
    tagBytes: 1,
    // Other counters come with stored readings, whose instants are relative; only present readings are read.
    header: [constant(2, 0xffff)],
    tags: {
      '00': part(),
      '01': part(u8('battery', '%', 1, { range: [0, 100] })),
      '02': part(temperature),
      '03': part(u8('temperatureAlarm', null, 1, { range: [0, 3] })),
      '04': part(averageTemperature),
      '05': part(u8('averageTemperatureAlarm', null, 1, { range: [0, 3] })),
      '06': part(humidity),
      '07': part(u16('lux', 'lx')),
      '08': part(u16('lux2', 'lx')),
      '09': part(state('door', YES_NO)),
      '0a': part(state('doorAlarm', YES_NO)),
      '0b': part(u8('tamperReport')),
      '0c': part(u8('tamperAlarm')),
      '0d': part(u8('flood', '%')),
      '0e': part(state('floodAlarm', YES_NO)),
      '0f': part(u8('foilAlarm')),
      '10': part(state('userSwitch1Alarm', YES_NO)),
      '11': part(u16('doorCount')),
      '12': part(state('presence', YES_NO)),
      '13': part(u16('IRproximity')),
      '14': part(u16('IRcloseproximity')),
      '15': part(state('closeProximityAlarm', YES_NO)),
      '16': part(state('disinfectAlarm', { 0: 'dirty', 1: 'occupied', 2: 'cleaning', 3: 'clean' })),
      '50': part(humidity, temperature),
      '51': part(humidity, averageTemperature),
      '52': part(state('door', YES_NO), temperature),
      '6e': part(skip(8, 'version')),
      '70': part(u16('capacitanceFlood')),
      '71': part(u16('capacitancePad')),
      '72': part(u16('capacitanceEnd')),
    },
  },
]
