// Dragino: fixed frames, big-endian (the uplink sections of each user manual). Points keep the manual's names.
import { bit, bits, constant, i16, instant, part, skip, u16, u24, u32, u8 } from '#broker/codecs/lorawan-raw/model.ts'
import type { FrameModel, Item, Part, ValueSpec } from '#broker/codecs/lorawan-raw/model.ts'

const volts = (point: string, count: 14 | 16): ValueSpec => ({
  point,
  bits: [0, count],
  divide: 1_000,
  unit: 'V',
  range: [1.8, 4.2],
})
const battery = (point: string): Item => bits(2, volts(point, 14))
const fullBattery = (point: string): Item => bits(2, volts(point, 16))
/** 327.67 and 3276.7 °C: no probe. */
const NO_PROBE = { none: [0x7fff], range: [-100, 400] as const }
const probe = (point: string, divide: 10 | 100): Item => i16(point, '°C', divide, NO_PROBE)
const humidity = (point: string): Item =>
  bits(2, { point, bits: [0, 12], divide: 10, unit: '%', none: [0xfff], range: [0, 100] })
const flag = (point: string, low = 0): ValueSpec => ({ point, bits: [low, 1] })

const dragino = (
  name: string,
  frames: readonly Part[],
  more: { names?: readonly string[]; port?: number } = {},
): FrameModel => ({
  id: `dragino-${name}`,
  names: [name, ...(more.names ?? [])],
  ports: [more.port ?? 2],
  order: 'big',
  layout: 'frames',
  frames,
})

/** The low half of byte 6 names the external sensor, bit 7 a stored frame or a lost probe, which has another form. */
const external = (kind: number, ...items: readonly Item[]): Part => ({
  when: [{ at: 6, mask: 0x8f, equals: kind }],
  items: [
    bits(2, volts('BatV', 14), { point: 'Bat_status', bits: [14, 2] }),
    i16('TempC_SHT', '°C', 100, { none: [0x7fff], range: [-40, 125] }),
    humidity('Hum_SHT'),
    skip(1),
    ...items,
  ],
})
const LHT65: readonly Part[] = [
  external(0, skip(4)),
  external(1, probe('TempC_DS', 100), constant(2, 0x7fff)),
  external(1, probe('TempC_DS', 100), skip(2)),
  external(2, probe('TempC_TMP117', 100), skip(2)),
  external(4, u8('Exti_pin_level'), u8('Exti_status'), skip(2)),
  external(5, u16('ILL_lx', 'lx'), skip(2)),
  external(6, u16('ADC_V', 'V', 1_000), skip(2)),
  external(7, u16('Exit_count'), skip(2)),
  external(8, u32('Exit_count')),
  {
    when: [{ at: 6, mask: 0x8f, equals: 9 }],
    items: [
      probe('TempC_DS', 100),
      probe('TempC_SHT', 100),
      bits(
        2,
        { point: 'Hum_SHT', bits: [0, 12], divide: 10, unit: '%', range: [0, 100] },
        { point: 'Bat_status', bits: [14, 2] },
      ),
      skip(1),
      instant(),
    ],
  },
]
const contact = (mode: number, status: readonly ValueSpec[], ...items: readonly Item[]): Part => ({
  when: [
    { at: 2, mask: 0xff, equals: mode },
    { at: 9, mask: 0xfe, equals: 0 },
  ],
  items: [bits(2, volts('BAT_V', 14), ...status), u8('MOD'), ...items],
})
const DOOR = flag('DOOR_OPEN_STATUS', 15)
const LEAK = flag('WATER_LEAK_STATUS', 14)
const CONTACTS: readonly Part[] = [
  contact(1, [DOOR], u24('DOOR_OPEN_TIMES'), u24('LAST_DOOR_OPEN_DURATION', 'min'), bits(1, flag('ALARM'))),
  contact(2, [LEAK], u24('WATER_LEAK_TIMES'), u24('LAST_WATER_LEAK_DURATION', 'min'), skip(1)),
  contact(3, [DOOR, LEAK], skip(6), bits(1, flag('ALARM'))),
]
const DISTANCE: readonly Part[] = part(
  battery('Bat'),
  u16('Distance', 'mm', 1, { none: [0, 20], range: [1, 10_000] }),
  bits(1, { point: 'Interrupt_flag', range: [0, 1] }),
  probe('TempC_DS18B20', 10),
  bits(1, { point: 'Sensor_flag', range: [0, 1] }),
)
const outputs: readonly ValueSpec[] = [
  bit('DO1_status', 0, { 0: 'H', 1: 'L' }),
  bit('DO2_status', 1, { 0: 'H', 1: 'L' }),
  bit('RO1_status', 7, { 0: 'OFF', 1: 'ON' }),
  bit('RO2_status', 6, { 0: 'OFF', 1: 'ON' }),
]
const inputs: readonly ValueSpec[] = [
  bit('DI1_status', 3, { 0: 'L', 1: 'H' }),
  bit('DI2_status', 4, { 0: 'L', 1: 'H' }),
]
const milliamps = (point: string): Item => i16(point, 'mA', 1_000, { range: [0, 22] })
const analog = (point: string): Item => i16(point, 'V', 1_000, { range: [0, 31] })
/** Byte 9 is 0xff on this hardware, byte 10 names hardware (two bits) and mode. */
const controller = (mode: number, items: readonly Item[], flags: readonly ValueSpec[] = outputs): Part => ({
  when: [
    { at: 9, mask: 0xff, equals: 0xff },
    { at: 10, mask: 0xff, equals: 0x40 + mode },
  ],
  items: [...items, bits(1, ...flags), skip(2)],
})
/** Bits 2 to 6 of byte 6 name the working mode. */
const mode = (number: number, ...items: readonly Item[]): Part => ({
  when: [{ at: 6, mask: 0x7c, equals: number << 2 }],
  items,
})
const litres = (flag: number, pulsesPerLitre: number): Part => ({
  when: [
    { at: 0, mask: 0xfc, equals: flag << 2 },
    { at: 5, mask: 0xff, equals: 0 },
  ],
  items: [skip(1), u32('Water_flow_value', 'L', pulsesPerLitre), skip(2), instant()],
})

export const DRAGINO: readonly FrameModel[] = [
  dragino('lht65', LHT65, { names: ['LHT65N'] }),
  dragino(
    'lht52',
    part(
      probe('TempC_SHT', 100),
      bits(2, { point: 'Hum_SHT', divide: 10, unit: '%', none: [0x7fff], range: [0, 100] }),
      probe('TempC_DS', 100),
      bits(1, { point: 'Ext', range: [0, 2] }),
      instant(),
    ),
  ),
  dragino('ldds75', DISTANCE, {
    names: ['LDDS20', 'LDDS45', 'LDDS40', 'DDS75-LB', 'DDS45-LB', 'DDS20-LB', 'DDS75-LS'],
  }),
  dragino('lds02', CONTACTS, { names: ['LDS01', 'LWL01', 'LWL02'], port: 10 }),
  dragino(
    'lds03a',
    part(
      bits(1, flag('ALARM', 1), flag('DOOR_OPEN_STATUS')),
      u24('DOOR_OPEN_TIMES'),
      u24('LAST_DOOR_OPEN_DURATION', 'min'),
      instant(),
    ),
  ),
  dragino(
    'lwl03a',
    part(
      bits(1, flag('ALARM', 1), flag('WATER_LEAK_STATUS')),
      u24('WATER_LEAK_TIMES'),
      u24('LAST_WATER_LEAK_DURATION', 'min'),
      instant(),
    ),
  ),
  dragino(
    'cpl01',
    part(
      bits(1, flag('ALARM', 1), flag('PIN_STATUS')),
      u24('TOTAL_PULSE'),
      u24('DISCONNECT_DURATION', 'min'),
      instant(),
    ),
  ),
  dragino('sw3l', [litres(0, 450), litres(1, 360), litres(2, 60)], { names: ['SW3L-LB'] }),
  dragino(
    'lse01',
    part(
      battery('Bat'),
      probe('TempC_DS18B20', 10),
      u16('water_SOIL', '%', 100, { range: [0, 100] }),
      i16('temp_SOIL', '°C', 100, { range: [-50, 100] }),
      u16('conduct_SOIL', 'µS/cm', 1, { range: [0, 20_000] }),
      skip(1),
    ),
    { names: ['SE01-LB'] },
  ),
  dragino(
    'd2x',
    [mode(3, fullBattery('BatV'), probe('Temp_C1', 10), skip(2), skip(1), probe('Temp_C2', 10), probe('Temp_C3', 10))],
    {
      names: ['D20-LB', 'D22-LB', 'D23-LB', 'D20', 'D22', 'D23', 'D2x-LB', 'LSN50v2-D20', 'LSN50v2-D22', 'LSN50v2-D23'],
    },
  ),
  dragino(
    'lsn50v2',
    [
      mode(
        0,
        fullBattery('BatV'),
        probe('TempC1', 10),
        u16('ADC_CH0V', 'V', 1_000),
        skip(1),
        probe('TempC_SHT', 10),
        u16('Hum_SHT', '%', 10, { range: [0, 100] }),
      ),
      mode(
        3,
        fullBattery('BatV'),
        probe('TempC1', 10),
        u16('ADC_CH0V', 'V', 1_000),
        skip(1),
        probe('TempC2', 10),
        probe('TempC3', 10),
      ),
      mode(5, fullBattery('BatV'), probe('TempC1', 10), u16('ADC_CH0V', 'V', 1_000), skip(1), u32('Count')),
    ],
    { names: ['S31-LB', 'S31B-LB', 'LSN50v2-S31', 'LSN50v2-S31B', 'SN50v3-LB'] },
  ),
  dragino(
    'lt-22222-l',
    [
      controller(
        1,
        [analog('AVI1_V'), analog('AVI2_V'), milliamps('ACI1_mA'), milliamps('ACI2_mA')],
        [...outputs, ...inputs],
      ),
      controller(2, [u32('Count1_times'), u32('Count2_times')]),
      controller(3, [u32('Count1_times'), milliamps('ACI1_mA'), milliamps('ACI2_mA')]),
      controller(4, [u32('Count1_times'), u32('Acount_times')]),
      controller(5, [analog('AVI1_V'), analog('AVI2_V'), milliamps('ACI1_mA'), u16('Count1_times')]),
    ],
    { names: ['LT22222'] },
  ),
]
