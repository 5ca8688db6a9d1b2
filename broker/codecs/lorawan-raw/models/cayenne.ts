// Cayenne Low Power Payload: channel, type, value, big-endian (IPSO object numbers less 3200). Points are `type_channel`.
import { i16, i24, part, skip, u16, u32, u8 } from '#broker/codecs/lorawan-raw/model.ts'
import type { TaggedModel } from '#broker/codecs/lorawan-raw/model.ts'

export const CAYENNE: readonly TaggedModel[] = [
  {
    id: 'cayenne-lpp',
    order: 'big',
    layout: 'tagged',
    tagBytes: 1,
    channel: true,
    tags: {
      '00': part(u8('digital_in')),
      '01': part(u8('digital_out')),
      '02': part(i16('analog_in', null, 100)),
      '03': part(i16('analog_out', null, 100)),
      '64': part(u32('generic')),
      '65': part(u16('luminosity', 'lx')),
      '66': part(u8('presence')),
      '67': part(i16('temperature', '°C', 10, { none: [0x7fff, 0x8000], range: [-100, 200] })),
      '68': part(u8('relative_humidity', '%', 2, { range: [0, 100] })),
      '71': part(
        i16('accelerometer_x', 'g', 1_000),
        i16('accelerometer_y', 'g', 1_000),
        i16('accelerometer_z', 'g', 1_000),
      ),
      '73': part(u16('barometric_pressure', 'hPa', 10, { range: [200, 1_200] })),
      '74': part(u16('voltage', 'V', 100)),
      '75': part(u16('current', 'A', 1_000)),
      '76': part(u32('frequency', 'Hz')),
      '78': part(u8('percentage', '%')),
      '79': part(i16('altitude', 'm')),
      '7d': part(u16('concentration', 'ppm')),
      '80': part(u16('power', 'W')),
      '82': part(u32('distance', 'm', 1_000)),
      '83': part(u32('energy', 'kWh', 1_000)),
      '84': part(u16('direction', '°')),
      '85': part(skip(4, 'unixtime')),
      '86': part(i16('gyrometer_x', '°/s', 100), i16('gyrometer_y', '°/s', 100), i16('gyrometer_z', '°/s', 100)),
      '88': part(
        i24('gps_latitude', '°', 10_000, { range: [-90, 90] }),
        i24('gps_longitude', '°', 10_000, { range: [-180, 180] }),
        i24('gps_altitude', 'm', 100),
      ),
      '8e': part(u8('switch')),
    },
  },
]
