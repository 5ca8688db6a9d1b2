// Adeunis: frame code, status, then the data, big-endian on port 1 (technical reference manuals of PULSE V3, TEMP V4 and COMFORT).
import { bit, bits, constant, i16, skip, u32, u8 } from '#broker/codecs/lorawan-raw/model.ts'
import type { FrameModel, Item, Part } from '#broker/codecs/lorawan-raw/model.ts'

/** Longest application payload at the fastest data rate. */
const FRAME_BYTES = 242
/** Configuration, network and daily frames, whose forms differ among products and versions: left out by name. */
const OTHER_FRAMES = [
  [0x10, 'configuration'],
  [0x20, 'network_configuration'],
  [0x30, 'keep_alive'],
] as const
const OTHER_BYTES = 40

const status = bits(1, bit('low_battery', 1))
/** A frame with its instant behind the data (TEMP V4 and later, if it is set) says so in this bit, and is not read. */
const withoutInstant = { at: 1, mask: 0x04, equals: 0 }

/** `data` begins behind the status; `more` bytes a time are older samples, at an interval that only the configuration tells. */
function frames(code: number, data: readonly Item[], more: number, when: Part['when'] = []): Part[] {
  const first = 2 + data.reduce((sum, { bytes }) => sum + bytes, 0)
  const times = more === 0 ? 0 : Math.floor((FRAME_BYTES - first) / more)
  return Array.from({ length: times + 1 }, (_, samples) => ({
    when: [withoutInstant, ...when],
    items: [constant(1, code), status, ...data, ...(samples === 0 ? [] : [skip(samples * more, 'history')])],
  }))
}

const others: readonly Part[] = OTHER_FRAMES.flatMap(([code, name]) =>
  Array.from({ length: OTHER_BYTES - 1 }, (_, index) => ({ items: [constant(1, code), skip(index + 1, name)] })),
)

const adeunis = (name: string, names: readonly string[], data: readonly Part[]): FrameModel => ({
  id: `adeunis-${name}`,
  names,
  ports: [1],
  order: 'big',
  layout: 'frames',
  frames: [...data, ...others],
})

const celsius = (point: string): Item => i16(point, '°C', 10, { none: [0x8000], range: [-60, 300] })
const oneProbe = { at: 1, mask: 0x10, equals: 0 }
const twoProbes = { at: 1, mask: 0x10, equals: 0x10 }

export const ADEUNIS: readonly FrameModel[] = [
  adeunis('pulse', ['ARF8230', 'PULSE V3', 'PULSE V4'], frames(0x46, [u32('counter_a'), u32('counter_b')], 0)),
  adeunis(
    'temp',
    ['ARF8180', 'TEMP V3', 'TEMP V4'],
    [
      ...frames(0x57, [celsius('temperature_1')], 2, [oneProbe]),
      ...frames(0x57, [celsius('temperature_1'), celsius('temperature_2')], 4, [twoProbes]),
    ],
  ),
  adeunis(
    'comfort',
    ['ARF8275'],
    [...frames(0x4c, [celsius('temperature'), u8('humidity', '%', 1, { range: [0, 100] })], 3)],
  ),
]
