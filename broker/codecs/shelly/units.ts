// Units of Shelly's values by key (its API documentation of generation 1 topics and generation 2+ components).
import { wordTable } from '#broker/codecs/word-table.ts'

const GENERATION_1 = wordTable([
  ['W', 'power'],
  ['var', 'reactive_power'],
  ['V', 'voltage adc'],
  ['A', 'current'],
  ['Wh', 'total total_returned'],
  ['°C', 'temperature ext_temperature tC tmp target_t'],
  ['%', 'humidity ext_humidity hum pos battery bat brightness gain'],
  ['lx', 'lux'],
  ['ppm', 'concentration'],
  ['°', 'tilt'],
  ['K', 'temp'],
])
/** Counters in watt-minutes: an integer of a scale nobody reads, given here in Wh like the device's other counters. */
const WATT_MINUTES = new Set(['energy', 'returned_energy'])
const MINUTES_PER_HOUR = 60

/** Value and unit of a generation 1 value; `key` is the topic's last level that is no channel number. */
export function ofGeneration1(key: string, value: number): { value: number; unit: string | null } {
  if (WATT_MINUTES.has(key)) return { value: value / MINUTES_PER_HOUR, unit: 'Wh' }
  return { value, unit: GENERATION_1.get(key) ?? null }
}

const GENERATION_2 = wordTable([
  ['W', 'apower act_power active_power total_act_power max_act_power min_act_power'],
  ['V·A', 'aprt_power aprtpower total_aprt_power max_aprt_power min_aprt_power'],
  ['var', 'react_power'],
  ['V', 'voltage max_voltage min_voltage avg_voltage V'],
  ['A', 'current total_current max_current min_current avg_current'],
  ['Hz', 'freq'],
  ['Wh', 'total_act total_act_ret total_act_energy total_act_ret_energy fund_act_energy fund_act_ret_energy'],
  ['varh', 'lag_react_energy lead_react_energy'],
  ['°C', 'tC target_C current_C'],
  ['%', 'rh percent battery current_pos target_pos pos slat_pos brightness target_humidity current_humidity'],
  ['lx', 'lux'],
  ['s', 'on_time'],
  ['K', 'ct'],
])

/** Unit of a key of a generation 2+ component (`path` without the component), or null. */
export function ofGeneration2(path: string): string | null {
  if (/^(?:aenergy|ret_aenergy)\.total$/.test(path)) return 'Wh'
  // Three-phase meters name the phase first: a_current, n_max_current.
  const key = path.slice(path.lastIndexOf('.') + 1).replace(/^[abcn]_/, '')
  return GENERATION_2.get(key) ?? null
}
