// Units of Shelly's values by key (its API documentation of generation 1 topics and generation 2+ components).

const GENERATION_1 = new Map(
  Object.entries({
    ...{ power: 'W', reactive_power: 'var', voltage: 'V', current: 'A', total: 'Wh', total_returned: 'Wh' },
    ...{
      temperature: '°C',
      temperature_f: '°F',
      ext_temperature: '°C',
      ext_temperature_f: '°F',
      tC: '°C',
      tmp: '°C',
      target_t: '°C',
    },
    ...{ humidity: '%', ext_humidity: '%', hum: '%', pos: '%', battery: '%', bat: '%', brightness: '%', gain: '%' },
    ...{ lux: 'lx', adc: 'V', concentration: 'ppm', tilt: '°', temp: 'K' },
  }),
)
/** Counters in watt-minutes: an integer of a scale nobody reads, given here in Wh like the device's other counters. */
const WATT_MINUTES = new Set(['energy', 'returned_energy'])
const MINUTES_PER_HOUR = 60

/** Value and unit of a generation 1 value; `key` is the topic's last level that is no channel number. */
export function ofGeneration1(key: string, value: number): { value: number; unit: string | null } {
  if (WATT_MINUTES.has(key)) return { value: value / MINUTES_PER_HOUR, unit: 'Wh' }
  return { value, unit: GENERATION_1.get(key) ?? null }
}

const GENERATION_2 = new Map(
  Object.entries({
    ...{ apower: 'W', act_power: 'W', aprt_power: 'V·A', react_power: 'var', voltage: 'V', xvoltage: null },
    ...{ current: 'A', freq: 'Hz', total_current: 'A', total_act_power: 'W', total_aprt_power: 'V·A' },
    ...{ total_act: 'Wh', total_act_ret: 'Wh', total_act_energy: 'Wh', total_act_ret_energy: 'Wh' },
    ...{ fund_act_energy: 'Wh', fund_act_ret_energy: 'Wh', lag_react_energy: 'varh', lead_react_energy: 'varh' },
    ...{ max_act_power: 'W', min_act_power: 'W', max_aprt_power: 'V·A', min_aprt_power: 'V·A' },
    ...{ max_voltage: 'V', min_voltage: 'V', avg_voltage: 'V', max_current: 'A', min_current: 'A', avg_current: 'A' },
    ...{ tC: '°C', target_C: '°C', current_C: '°C', rh: '%', lux: 'lx', V: 'V', percent: '%', battery: '%' },
    ...{ current_pos: '%', target_pos: '%', pos: '%', brightness: '%', on_time: 's', target_humidity: '%' },
    ...{ current_humidity: '%', slat_pos: '%', ct: 'K' },
  }),
)

/** Unit of a key of a generation 2+ component (`path` without the component), or null. */
export function ofGeneration2(path: string): string | null {
  if (/^(?:aenergy|ret_aenergy)\.total$/.test(path)) return 'Wh'
  // Three-phase meters name the phase first: a_current, n_max_current.
  const key = path.slice(path.lastIndexOf('.') + 1).replace(/^[abcn]_/, '')
  return GENERATION_2.get(key) ?? null
}
