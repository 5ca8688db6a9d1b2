// Water meters, room sensors and probes of several makers, each after its published payload description.
import { bits, constant, i16, instant, skip, u16, u32, u8 } from '#broker/codecs/lorawan-raw/model.ts'
import type { FlaggedModel, FrameModel, Item, Model } from '#broker/codecs/lorawan-raw/model.ts'

const cubicMetres = (point: string): Item => u32(point, 'm3', 1_000, { none: [0xffffffff], range: [0, 100_000] })
/** Axioma Qalcosonic W1: instant, state, volume; the extended frame adds a logged volume and the steps after it. */
const AXIOMA: FrameModel = {
  id: 'axioma-qalcosonic-w1',
  names: ['Qalcosonic W1', 'axioma', 'qalcosonic'],
  ports: [100],
  order: 'little',
  layout: 'frames',
  frames: [47, 48].map((bytes) => ({
    items: [
      instant(),
      u8('status_code'),
      cubicMetres('volume'),
      instant(),
      cubicMetres('log_volume'),
      // The steps' interval (hour, 20 minutes) is a setting of the meter and not in the frame.
      skip(bytes - 17, 'delta_volumes'),
    ],
  })),
}

/** Netvox: version 1, device number, report 1, battery, temperature and humidity, filled to 11 bytes, port 6. */
const NETVOX: FrameModel = {
  id: 'netvox-r711',
  names: ['R711', 'R712', 'R718A', 'R718AB', 'R720A'],
  ports: [6],
  order: 'big',
  layout: 'frames',
  frames: [0x01, 0x0b, 0x13, 0x6e].map((device) => ({
    when: [{ at: 1, mask: 0xff, equals: device }],
    items: [
      constant(1, 1),
      skip(1),
      constant(1, 1),
      bits(
        1,
        { point: 'Volt', bits: [0, 7], divide: 10, unit: 'V', range: [0, 5] },
        { point: 'low_battery', bits: [7, 1], words: { 0: false, 1: true } },
      ),
      i16('Temp', '°C', 100, { range: [-50, 150] }),
      u16('Humi', '%', 100, { range: [0, 100] }),
      skip(3),
    ],
  })),
}

const decentlab = (name: string, ...sensors: readonly (readonly Item[])[]): FlaggedModel => ({
  id: `decentlab-${name}`,
  names: [name],
  ports: [1],
  order: 'big',
  layout: 'flagged',
  sensors,
})
const battery: readonly Item[] = [u16('battery_voltage', 'V', 1_000, { range: [1, 5] })]
/** 175 × raw ÷ 65535 − 45 and 100 × raw ÷ 65535, as Sensirion's sensors count. */
const sensirion: readonly Item[] = [
  u16('air_temperature', '°C', 65_535, { times: 175, plus: -45 * 65_535 }),
  u16('air_humidity', '%', 65_535, { times: 100 }),
]
/** 175.72 × raw ÷ 65536 − 46.85 and 125 × raw ÷ 65536 − 6, as the SHT21 counts. */
const sht21: readonly Item[] = [
  u16('air_temperature', '°C', 65_536, { times: 175.72, plus: -46.85 * 65_536 }),
  u16('air_humidity', '%', 65_536, { times: 125, plus: -6 * 65_536 }),
]
const offset = (point: string, unit: string | null, divide: number): Item => u16(point, unit, divide, { plus: -32_768 })

const DECENTLAB: readonly FlaggedModel[] = [
  decentlab('dl-sht35', sensirion, battery),
  decentlab('dl-sht21', sht21, battery),
  decentlab('dl-ds18', [offset('temperature', '°C', 16)], battery),
  decentlab(
    'dl-lp8p',
    sht21,
    [u16('barometer_temperature', '°C', 100, { plus: -5_000 }), u16('barometric_pressure', 'Pa', 1, { times: 2 })],
    [
      offset('co2_concentration', 'ppm', 1),
      offset('co2_concentration_lpf', 'ppm', 1),
      offset('co2_sensor_temperature', '°C', 100),
      u16('capacitor_voltage_1', 'V', 1_000),
      u16('capacitor_voltage_2', 'V', 1_000),
      u16('co2_sensor_status'),
      u16('raw_ir_reading'),
      u16('raw_ir_reading_lpf'),
    ],
    battery,
  ),
  decentlab(
    'dl-iam',
    battery,
    sensirion,
    [u16('barometric_pressure', 'Pa', 1, { times: 2 })],
    [u16('ambient_light_visible_infrared'), u16('ambient_light_infrared')],
    [offset('co2_concentration', 'ppm', 1), u16('co2_sensor_status'), u16('raw_ir_reading')],
    [u16('activity_counter')],
    [u16('total_voc', 'ppb')],
  ),
  decentlab('dl-mbx', [u16('distance', 'mm'), u16('number_of_valid_samples')], battery),
  decentlab(
    'dl-ctd10',
    [
      offset('water_depth', 'mm', 1),
      offset('temperature', '°C', 10),
      u16('electrical_conductivity', 'µS/cm'),
      u16('freezing_flag'),
    ],
    battery,
  ),
]

export const OTHERS: readonly Model[] = [AXIOMA, NETVOX, ...DECENTLAB]
