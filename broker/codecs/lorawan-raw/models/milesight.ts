// Milesight: pieces of channel and type, little-endian, on port 85 (the payload definitions of each user guide).
import { bit, bits, f32, i16, instant, part, skip, state, u16, u32, u8 } from '#broker/codecs/lorawan-raw/model.ts'
import type { Item, Part, TaggedModel } from '#broker/codecs/lorawan-raw/model.ts'

type Tags = Readonly<Record<string, readonly Part[]>>

const celsius = (point: string): Item => i16(point, '°C', 10, { none: [0x7fff, 0x8000], range: [-273, 1_000] })
const temperature = celsius('temperature')
const humidity = u8('humidity', '%', 2, { none: [0xff], range: [0, 100] })
const co2 = u16('co2', 'ppm', 1, { none: [0xffff] })
const pressure = u16('pressure', 'hPa', 10, { none: [0xffff] })
const tvoc = u16('tvoc', null, 1, { none: [0xffff] })
const amps = (point: string, divide: number): Item => u16(point, 'A', divide, { none: [0xffff] })
const alarm = (point: string): Item =>
  state(point, { 0: 'threshold alarm release', 1: 'threshold alarm', 2: 'mutation alarm' })
const MAGNET = { 0: 'closed', 1: 'open' }
const LEAK = { 0: 'normal', 1: 'leak' }
const PIR = { 0: 'idle', 1: 'trigger' }
const OCCUPANCY = { 0: 'vacant', 1: 'occupied' }
const POSITION = { 0: 'normal', 1: 'tilt' }
const GPIO = { 0: 'low', 1: 'high' }

/** What every Milesight device may say of itself. */
const DEVICE: Tags = {
  ff01: part(skip(1, 'ipso_version')),
  ff08: part(skip(6, 'sn')),
  ff09: part(skip(2, 'hardware_version')),
  ff0a: part(skip(2, 'firmware_version')),
  ff0b: part(state('device_status', { 0xff: 'on' })),
  ff0f: part(skip(1, 'lorawan_class')),
  ff16: part(skip(8, 'sn')),
  fffe: part(skip(1, 'reset_event')),
  ffff: part(skip(2, 'tsl_version')),
}
const BATTERY: Tags = { '0175': part(u8('battery', '%', 1, { range: [0, 100] })) }
const CLIMATE: Tags = { ...BATTERY, '0367': part(temperature), '0468': part(humidity) }
const history = (...items: readonly Item[]): Tags => ({ '20ce': part(instant(), ...items) })
const TEMPERATURE_ALARMS: Tags = {
  '8367': part(temperature, alarm('temperature_alarm')),
  '83d7': part(temperature, i16('temperature_change', '°C', 10), alarm('temperature_alarm')),
  '93d7': part(temperature, i16('temperature_change', '°C', 10), alarm('temperature_alarm')),
}

const milesight = (
  name: string,
  tags: Tags,
  more: { names?: readonly string[]; requires?: readonly string[] } = {},
): TaggedModel => ({
  id: `milesight-${name}`,
  names: [name, ...(more.names ?? [])],
  ports: [85],
  order: 'little',
  layout: 'tagged',
  tagBytes: 2,
  tags: { ...DEVICE, ...tags },
  ...(more.requires === undefined ? {} : { requires: more.requires }),
})

const LIGHT: Tags = {
  '056a': part(u16('activity')),
  '0665': part(u16('illumination', 'lx'), u16('infrared_and_visible'), u16('infrared')),
}
const AM307: Tags = {
  ...CLIMATE,
  '0500': part(state('pir', PIR)),
  '06cb': part(u8('light_level')),
  '077d': part(co2),
  '087d': part(tvoc),
  '08e6': part(u16('tvoc', 'µg/m3', 1, { none: [0xffff] })),
  '0973': part(pressure),
  '0e01': part(state('beep', { 0: 'no', 1: 'yes', 0x55: 'no' })),
}
const AM307_HISTORY = [temperature, humidity, state('pir', PIR), u8('light_level'), co2, tvoc, pressure]
const PARTICLES: Tags = {
  '0b7d': part(u16('pm2_5', 'µg/m3', 1, { none: [0xffff] })),
  '0c7d': part(u16('pm10', 'µg/m3', 1, { none: [0xffff] })),
}
const distance = u16('distance', 'mm', 1, { none: [0xffff, 0xfffd] })
const DISTANCE: Tags = {
  ...BATTERY,
  '0367': part(temperature),
  '0482': part(distance),
  '0500': part(state('position', POSITION)),
  '8367': part(temperature, alarm('temperature_alarm')),
  '8482': part(distance, alarm('distance_alarm')),
}
/** The sound level's weightings stand in the first byte: Z, A, C and impulse, fast, slow. */
const SOUND: readonly Part[] = ['Z', 'A', 'C'].flatMap((weighting, low) =>
  ['I', 'F', 'S'].map((time, high) => ({
    when: [{ at: 0, mask: 0x0f, equals: low + high * 4 }],
    items: [
      skip(1),
      u16(`L${weighting}${time}`, 'dB', 10),
      u16(`L${weighting}eq`, 'dB', 10),
      u16(`L${weighting}${time}max`, 'dB', 10),
    ],
  })),
)
const lines = (): Tags =>
  Object.fromEntries(
    [1, 2, 3, 4].flatMap((line) => {
      const channel = (offset: number): string => (line * 3 + offset).toString(16).padStart(2, '0')
      const name = `line_${line}`
      return [
        [`${channel(0)}d2`, part(u32(`${name}_total_in`))],
        [`${channel(1)}d2`, part(u32(`${name}_total_out`))],
        [`${channel(2)}cc`, part(u16(`${name}_period_in`), u16(`${name}_period_out`))],
      ]
    }),
  )
const currents = (): Tags =>
  Object.fromEntries(
    [1, 2, 3].flatMap((phase) => {
      const channel = (offset: number): string => (phase * 2 + offset).toString(16).padStart(2, '0')
      const name = `current_chn${phase}`
      return [
        [`${channel(1)}97`, part(u32(`${name}_total`, 'Ah', 100))],
        [`${channel(2)}99`, part(amps(name, 10))],
        [
          `8${(phase * 2 + 2).toString(16)}99`,
          part(amps(`${name}_max`, 10), amps(`${name}_min`, 10), amps(name, 10), u8(`${name}_alarm`)),
        ],
      ]
    }),
  )

export const MILESIGHT: readonly TaggedModel[] = [
  milesight('am102', { ...CLIMATE, ...history(temperature, humidity) }, { names: ['AM102L'] }),
  milesight('am103', { ...CLIMATE, '077d': part(co2), ...history(temperature, humidity, co2) }, { names: ['AM103L'] }),
  milesight('am104', { ...CLIMATE, ...LIGHT }),
  milesight('am107', {
    ...CLIMATE,
    ...LIGHT,
    '077d': part(co2),
    '087d': part(u16('tvoc', 'ppb', 1, { none: [0xffff] })),
    '0973': part(pressure),
  }),
  milesight('am307', { ...AM307, ...history(...AM307_HISTORY) }, { names: ['AM307L'] }),
  milesight(
    'am308',
    { ...AM307, ...PARTICLES, ...history(...AM307_HISTORY, u16('pm2_5', 'µg/m3'), u16('pm10', 'µg/m3')) },
    { names: ['AM308L'] },
  ),
  milesight(
    'am319',
    {
      ...AM307,
      ...PARTICLES,
      '0a7d': part(u16('hcho', 'mg/m3', 100, { none: [0xffff] })),
      '0d7d': part(u16('o3', 'ppm', 100, { none: [0xffff] })),
    },
    { names: ['AM319L', 'AM319-O3', 'AM319-HCHO'] },
  ),
  milesight('em300-th', { ...CLIMATE, ...history(temperature, humidity) }, { names: ['EM320-TH'] }),
  milesight('em300-mcs', {
    ...CLIMATE,
    '0600': part(state('magnet_status', MAGNET)),
    ...history(temperature, humidity, state('magnet_status', MAGNET)),
  }),
  milesight(
    'em300-sld-zld',
    {
      ...CLIMATE,
      '0500': part(state('leakage_status', LEAK)),
      ...history(temperature, humidity, state('leakage_status', LEAK)),
    },
    { names: ['EM300-SLD', 'EM300-ZLD', 'EM300-MLD'] },
  ),
  milesight('em300-di', {
    ...CLIMATE,
    '0500': part(state('gpio', GPIO)),
    '05c8': part(u32('pulse')),
    '06e1': part(u16('water_conv', null, 10), u16('pulse_conv', null, 10), f32('water')),
    '8500': part(state('gpio', GPIO), state('gpio_alarm', { 0: 'gpio alarm release', 1: 'gpio alarm' })),
    '20ce': [
      {
        when: [{ at: 7, mask: 0xff, equals: 1 }],
        items: [instant(), temperature, humidity, skip(1), state('gpio', GPIO), skip(4)],
      },
      {
        when: [{ at: 7, mask: 0xff, equals: 2 }],
        items: [instant(), temperature, humidity, skip(1), skip(1), u32('pulse')],
      },
    ],
  }),
  milesight('em310-udl', {
    ...BATTERY,
    '0382': part(distance),
    '0400': part(state('position', POSITION)),
    '8382': part(distance, alarm('distance_alarm')),
  }),
  milesight('em310-tilt', {
    ...BATTERY,
    '03d4': part(i16('angle_x', '°', 100), i16('angle_y', '°', 100), i16('angle_z', '°', 100), skip(1, 'threshold')),
  }),
  milesight('em400-mud', DISTANCE, { names: ['EM400-UDL', 'EM400-TLD', 'EM410-RDL'] }),
  milesight('em500-co2', {
    ...CLIMATE,
    ...TEMPERATURE_ALARMS,
    '057d': part(co2),
    '0673': part(pressure),
    ...history(co2, pressure, temperature, humidity),
  }),
  milesight('em500-lgt', {
    ...BATTERY,
    '0394': part(u32('illuminance', 'lx', 1, { range: [0, 200_000] })),
    ...history(u32('illuminance', 'lx', 1, { range: [0, 200_000] })),
  }),
  milesight('em500-pp', { ...BATTERY, '037b': part(u16('pressure', 'kPa')), ...history(u16('pressure', 'kPa')) }),
  milesight('em500-pt100', { ...BATTERY, '0367': part(temperature), ...TEMPERATURE_ALARMS, ...history(temperature) }),
  milesight('em500-swl', { ...BATTERY, '0377': part(u16('water_level', 'cm')), ...history(u16('water_level', 'cm')) }),
  milesight('em500-udl', { ...BATTERY, '0382': part(distance), ...history(distance) }),
  milesight(
    'em500-smtc',
    {
      ...BATTERY,
      ...TEMPERATURE_ALARMS,
      '0367': part(temperature),
      '0468': part(u8('moisture', '%', 2)),
      '04ca': part(u16('moisture', '%', 100)),
      '057f': part(u16('ec', 'µS/cm', 1, { none: [0xffff] })),
      ...history(u16('ec', 'µS/cm'), temperature, u16('moisture', '%', 100)),
    },
    { names: ['EM500-SMT'], requires: ['057f'] },
  ),
  milesight('gs301', {
    ...BATTERY,
    '0267': part(temperature),
    '0368': part(humidity),
    '047d': part(u16('nh3', 'ppm', 100, { none: [0xfffe, 0xffff] })),
    '057d': part(u16('h2s', 'ppm', 100, { none: [0xfffe, 0xffff] })),
  }),
  milesight(
    'ts101',
    { ...BATTERY, ...TEMPERATURE_ALARMS, '0367': part(temperature), ...history(temperature) },
    {
      names: ['TS201'],
    },
  ),
  milesight(
    'ts301',
    {
      ...BATTERY,
      '0300': part(state('magnet_chn1', MAGNET)),
      '0400': part(state('magnet_chn2', MAGNET)),
      '0367': part(celsius('temperature_chn1')),
      '0467': part(celsius('temperature_chn2')),
      '8367': part(celsius('temperature_chn1'), alarm('temperature_chn1_alarm')),
      '8467': part(celsius('temperature_chn2'), alarm('temperature_chn2_alarm')),
      '93d7': part(
        celsius('temperature_chn1'),
        i16('temperature_chn1_change', '°C', 10),
        alarm('temperature_chn1_alarm'),
      ),
      '94d7': part(
        celsius('temperature_chn2'),
        i16('temperature_chn2_change', '°C', 10),
        alarm('temperature_chn2_alarm'),
      ),
    },
    { names: ['TS302'] },
  ),
  milesight('vs121', { ff1f: part(skip(4, 'settings')), '05cc': part(u16('period_in'), u16('period_out')) }),
  milesight(
    'vs133',
    {
      ...lines(),
      '0fe3': part(u8('region_1_count'), u8('region_2_count'), u8('region_3_count'), u8('region_4_count')),
    },
    { names: ['VS132', 'VS135'] },
  ),
  milesight('vs330', {
    ...BATTERY,
    '0282': part(distance),
    '038e': part(state('occupancy', OCCUPANCY)),
    '048e': part(state('calibration', { 0: 'failed', 1: 'success' })),
  }),
  milesight('vs340', { ...BATTERY, '0300': part(state('occupancy', OCCUPANCY)) }, { names: ['VS341'] }),
  milesight('vs350', {
    ...BATTERY,
    '0367': part(temperature),
    '04cc': part(u16('total_in'), u16('total_out')),
    '05cc': part(u16('period_in'), u16('period_out')),
    '8367': part(
      temperature,
      state('temperature_alarm', {
        0: 'threshold alarm release',
        1: 'threshold alarm',
        3: 'high temperature alarm',
        4: 'high temperature alarm release',
      }),
    ),
    '84cc': part(u16('total_in'), u16('total_out'), alarm('total_count_alarm')),
    '85cc': part(u16('period_in'), u16('period_out'), alarm('period_count_alarm')),
    '20ce': [
      { when: [{ at: 4, mask: 0xff, equals: 0 }], items: [instant(), skip(1), u16('period_in'), u16('period_out')] },
      {
        when: [{ at: 4, mask: 0xff, equals: 1 }],
        items: [instant(), skip(1), u16('period_in'), u16('period_out'), u16('total_in'), u16('total_out')],
      },
    ],
  }),
  milesight('ws101', { ...BATTERY, ff2e: part(state('press', { 1: 'short', 2: 'long', 3: 'double' })) }),
  milesight('ws201', { ...BATTERY, '0382': part(distance), '04b8': part(u8('remaining', '%')) }),
  milesight('ws202', {
    ...BATTERY,
    '0300': part(state('pir', PIR)),
    '0400': part(state('daylight', { 0: 'dark', 1: 'light' })),
  }),
  milesight('ws203', {
    ...CLIMATE,
    '0500': part(state('occupancy', OCCUPANCY)),
    '8367': part(temperature, alarm('temperature_alarm')),
    ...history(skip(1, 'report_type'), state('occupancy', OCCUPANCY), temperature, humidity),
  }),
  milesight('ws301', {
    ...BATTERY,
    '0300': part(state('magnet_status', MAGNET)),
    '0400': part(state('tamper_status', { 0: 'installed', 1: 'uninstalled' })),
  }),
  milesight('ws302', { ...BATTERY, '055b': SOUND }),
  milesight('ws303', { ...BATTERY, '0300': part(state('leakage_status', LEAK)) }),
  milesight(
    'ws50x',
    {
      ff29: part(bits(1, bit('switch_1', 0), bit('switch_2', 1), bit('switch_3', 2))),
    },
    { names: ['WS501', 'WS502', 'WS503'] },
  ),
  milesight(
    'ws52x',
    {
      '0374': part(u16('voltage', 'V', 10, { none: [0xffff] })),
      '0480': part(u32('power', 'W', 1, { none: [0xffffffff] })),
      '0581': part(u8('power_factor', '%', 1, { none: [0xff] })),
      '0683': part(u32('power_consumption', 'Wh', 1, { none: [0xffffffff] })),
      '07c9': part(u16('current', 'mA', 1, { none: [0xffff] })),
      '0870': part(bits(1, bit('socket_status', 0, { 0: 'off', 1: 'on' }))),
    },
    { names: ['WS521', 'WS522', 'WS523', 'WS524', 'WS525', 'WS526', 'WS513', 'WS515'] },
  ),
  milesight(
    'wt101',
    {
      ...BATTERY,
      '0367': part(temperature),
      '0467': part(celsius('target_temperature')),
      '0592': part(u8('valve_opening', '%')),
      '0600': part(state('tamper_status', { 0: 'installed', 1: 'uninstalled' })),
      '0700': part(state('window_detection', { 0: 'normal', 1: 'open' })),
      '08e5': part(skip(1, 'motor_calibration')),
      '0990': part(state('freeze_protection', { 0: 'normal', 1: 'triggered' })),
    },
    { requires: ['0592'] },
  ),
  milesight(
    'ct101',
    {
      ...BATTERY,
      '0397': part(u32('total_current', 'Ah', 100)),
      '0498': part(amps('current', 100)),
      '0499': part(amps('current', 10)),
      '0967': part(celsius('temperature')),
      '8498': part(amps('current_max', 100), amps('current_min', 100), amps('current', 100), u8('current_alarm')),
      '8967': part(celsius('temperature'), alarm('temperature_alarm')),
    },
    { names: ['CT103', 'CT105', 'CT101-CT103', 'CT10x'] },
  ),
  milesight(
    'ct303',
    {
      ...BATTERY,
      ...currents(),
      '0967': part(celsius('temperature')),
      '8967': part(celsius('temperature'), alarm('temperature_alarm')),
    },
    { names: ['CT305', 'CT310', 'CT3xx'] },
  ),
  milesight(
    'wt201',
    {
      '0367': part(temperature),
      '0467': part(celsius('target_temperature')),
      '05e7': part(
        bits(1, {
          point: 'temperature_control_mode',
          bits: [0, 2],
          words: { 0: 'heat', 1: 'em heat', 2: 'cool', 3: 'auto' },
        }),
      ),
      '06e8': part(
        bits(1, { point: 'fan_mode', bits: [0, 2], words: { 0: 'auto', 1: 'on', 2: 'circulate', 3: 'disable' } }),
      ),
      '07bc': part(skip(1, 'plan_event')),
      '088e': part(state('system_status', { 0: 'off', 1: 'on' })),
      '0968': part(humidity),
      '0a6e': part(skip(1, 'wires_relay')),
      '20ce': part(skip(8, 'history')),
      '8367': part(temperature, skip(1, 'temperature_alarm')),
      b367: part(skip(1, 'temperature_exception')),
      b968: part(skip(1, 'humidity_exception')),
      ffc8: part(skip(5, 'settings')),
      ffc9: part(skip(6, 'settings')),
      ffca: part(skip(3, 'settings')),
      ffcb: part(skip(3, 'settings')),
      fff6: part(skip(1, 'settings')),
    },
    { names: ['WT202'], requires: ['05e7'] },
  ),
]
