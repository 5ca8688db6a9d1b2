// Browan: fixed frames of Tabs and MerryIoT sensors, little-endian, a port for each kind (the reference manuals).
import { bit, bits, constant, skip, u16, u24 } from '#broker/codecs/lorawan-raw/model.ts'
import type { FrameModel, Item, ValueSpec } from '#broker/codecs/lorawan-raw/model.ts'

const status = (...values: readonly ValueSpec[]): Item => bits(1, ...values)
/** Volts above a base in the low half; the high half is the remaining capacity or unused. */
const battery = (base: number): Item =>
  bits(1, { point: 'battery_volt', bits: [0, 4], plus: base, divide: 10, unit: 'V' })
/** Seven bits from -32 °C; 127 is a fault of the sensor. */
const temperature = (point: string): Item =>
  bits(
    1,
    { point, bits: [0, 7], plus: -32, unit: '°C', none: [127] },
    { point: `${point}_fault`, bits: [7, 1], none: [0], silent: true, words: { 1: true } },
  )
const signedTemperature: Item = bits(1, {
  point: 'temperature',
  signed: true,
  bits: [0, 8],
  unit: '°C',
  range: [-40, 85],
})
const humidity = (point: string): Item => bits(1, { point, bits: [0, 7], unit: '%', none: [127], range: [0, 100] })
const wholeHumidity = (point: string): Item => bits(1, { point, unit: '%', range: [0, 100] })
const NONE = { none: [0xffff] }
const flag = (point: string, low: number): ValueSpec => ({ point, bits: [low, 1] })
/** Bits that are zero. */
const zero = (low: number, count: number): ValueSpec => ({
  point: 'reserved',
  bits: [low, count],
  none: [0],
  silent: true,
  words: {},
})

const browan = (name: string, port: number, items: readonly Item[], names: readonly string[] = []): FrameModel => ({
  id: `browan-${name}`,
  names: [name, ...names],
  ports: [port],
  order: 'little',
  layout: 'frames',
  frames: [{ items }],
})

export const BROWAN: readonly FrameModel[] = [
  browan(
    'tabs-tbhh100',
    103,
    // The places of gases that this one cannot measure.
    [skip(1, 'status'), battery(25), temperature('temperature'), humidity('humidity'), constant(4, 0xffffffff)],
    ['TBHH100', 'tabs-tbhh100-temperature-humidity-sensor'],
  ),
  browan(
    'tabs-tbhv100',
    103,
    [
      skip(1, 'status'),
      battery(25),
      temperature('temperature'),
      humidity('humidity'),
      u16('CO2', 'ppm', 1, NONE),
      u16('VOC', 'ppb', 1, NONE),
    ],
    ['TBHV100'],
  ),
  browan(
    'tabs-tbhv110',
    103,
    [
      skip(1, 'status'),
      battery(25),
      temperature('temperatureBoard'),
      humidity('humidity'),
      u16('eco2', 'ppm', 1, NONE),
      u16('voc', 'ppb', 1, NONE),
      u16('iaq', null, 1, NONE),
      temperature('temperature'),
    ],
    ['TBHV110'],
  ),
  browan(
    'tabs-tbms100',
    102,
    [status(bit('occupied', 0)), battery(25), temperature('temperatureBoard'), u16('time', 'min'), u24('count')],
    ['TBMS100'],
  ),
  browan(
    'tabs-tbdw100',
    100,
    [status(bit('open', 0)), battery(25), temperature('temperatureBoard'), u16('time', 'min'), u24('count')],
    ['TBDW100'],
  ),
  browan(
    'tabs-tbwl100',
    106,
    [
      status(bit('leak', 0)),
      battery(25),
      temperature('temperatureBoard'),
      humidity('humidity'),
      temperature('temperature'),
    ],
    ['TBWL100'],
  ),
  browan(
    'tabs-tbam100',
    104,
    [
      status(bit('darker', 0), bit('lighter', 1)),
      battery(25),
      temperature('temperatureBoard'),
      {
        ...u24('lux', 'lx', 100),
      },
    ],
    ['TBAM100'],
  ),
  browan(
    'merryiot-cd10',
    127,
    [
      status(
        flag('trigger', 0),
        flag('button', 1),
        flag('co2threshold', 4),
        flag('co2calibration', 5),
        zero(2, 2),
        zero(6, 2),
      ),
      battery(21),
      signedTemperature,
      wholeHumidity('humidity'),
      u16('co2_ppm', 'ppm', 1, { none: [0xffff], range: [0, 10_000] }),
    ],
    ['CD10'],
  ),
  browan(
    'merryiot-dw10',
    120,
    [
      status(flag('open', 0), flag('button', 1), flag('tamper', 2), flag('tilt', 3), zero(4, 4)),
      battery(21),
      signedTemperature,
      wholeHumidity('humi'),
      u16('time', 'min'),
      u24('count'),
    ],
    ['DW10'],
  ),
]
