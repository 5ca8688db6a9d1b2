// The abbreviated keys of Home Assistant's MQTT discovery that matter here (its documentation, "supported abbreviations").
import { wordTable } from '#broker/codecs/word-table.ts'

const KEYS = wordTable([
  ['device', 'dev'],
  ['components', 'cmps'],
  ['state_topic', 'stat_t'],
  ['value_template', 'val_tpl'],
  ['state_value_template', 'stat_val_tpl'],
  ['unit_of_measurement', 'unit_of_meas'],
  ['device_class', 'dev_cla'],
  ['unique_id', 'uniq_id'],
  ['object_id', 'obj_id'],
  ['topic', 't'],
  ['current_temperature_topic', 'curr_temp_t'],
  ['current_temperature_template', 'curr_temp_tpl'],
])
const DEVICE_KEYS = wordTable([
  ['identifiers', 'ids'],
  ['manufacturer', 'mf'],
  ['model', 'mdl'],
])

export function fullKey(key: string): string {
  return KEYS.get(key) ?? key
}

export function fullDeviceKey(key: string): string {
  return DEVICE_KEYS.get(key) ?? key
}
