// An energy meter's stored records (EMData, EM1Data): rows of figures per period, each with its own instant.
import { clockInstant } from '#broker/codecs/gathering.ts'
import type { Gathering } from '#broker/codecs/gathering.ts'
import { isJsonObject } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'
import { wordsOf } from '#broker/codecs/word-table.ts'
import { ofGeneration2 } from './units.ts'

type Fields = { [key: string]: Json }

/** The figures of one phase in the order of the documentation, for records that do not repeat their keys. */
const PHASE_KEYS = wordsOf(`
  total_act_energy fund_act_energy total_act_ret_energy fund_act_ret_energy lag_react_energy lead_react_energy
  max_act_power min_act_power max_aprt_power min_aprt_power max_voltage min_voltage avg_voltage
  max_current min_current avg_current
`)
const THREE_PHASE_KEYS = [
  ...['a', 'b', 'c'].flatMap((phase) => PHASE_KEYS.map((key) => `${phase}_${key}`)),
  'n_max_current',
  'n_min_current',
  'n_avg_current',
]

/**
 * `{"ts", "period", "values": [[…]]}`, or `{"keys", "data": [such blocks]}`. A row is what happened within its period, which
 * begins at the row's instant: the points are `{component}.period.{key}`, apart from the counters of the same name.
 */
export function addRecords(component: string, data: Fields, device: string | null, gathering: Gathering): void {
  const keys = Array.isArray(data['keys']) ? data['keys'] : null
  const blocks = Array.isArray(data['data']) ? data['data'] : [data]
  for (const block of blocks) {
    if (isJsonObject(block)) addBlock(component, block, keys, device, gathering)
    else gathering.refuse('wrong-shape', 'a block of records is an object')
    if (gathering.isOver()) return
  }
}

function addBlock(
  component: string,
  block: Fields,
  keys: Json[] | null,
  device: string | null,
  gathering: Gathering,
): void {
  const { ts, period, values } = block
  if (!Array.isArray(values)) return gathering.ignore('data')
  // One row may stand without the brackets around it.
  const rows = values.every((row) => Array.isArray(row)) ? (values as Json[][]) : [values]
  const prefix = component === '' ? 'period.' : `${component}.period.`
  for (const [index, row] of rows.entries()) {
    const at = typeof ts === 'number' && typeof period === 'number' ? clockInstant((ts + index * period) * 1_000) : null
    const names = keys ?? (row.length === PHASE_KEYS.length ? PHASE_KEYS : THREE_PHASE_KEYS)
    if (at === null) return gathering.refuse('bad-instant', 'records without "ts" and "period"')
    if (row.length !== names.length) return gathering.refuse('wrong-shape', 'a record has not as many values as keys')
    for (const [column, value] of row.entries()) {
      const key = names[column]
      if (typeof key === 'string') gathering.add({ device, at }, prefix + key, value, ofGeneration2(key))
    }
    if (gathering.isOver()) return
  }
}
