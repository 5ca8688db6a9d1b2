// What each metric of the data is here: the kind of its point, and how its rows become readings.
import type { Point } from '#domain/registry/bundle.ts'
import type { SimReading } from '#sim/fleet.ts'
import type { Series } from './read-series.ts'

export type Converted = {
  point: Point
  readings: SimReading[]
  /** What was done to the rows, for the report. */ note: string | null
}

const COUNTERS = new Set([
  'heat_energy_total_kwh',
  'heat_volume_total_m3',
  'heat_inlet_m3c',
  'heat_return_m3c',
  'water_total_l',
])
const INTERVALS = new Set(['electricity_kwh', 'pv_export_kwh'])
/** Energy in steps of five minutes, summed to quarters. */
const FIVE_MINUTE_WH = new Set(['pv_energy_wh'])
/** May be below zero, so it is no consumption: shown, not settled. */
const SIGNED = new Set(['building_net_kw'])
const UNITS: Record<string, string> = { degC: '°C', bool: '' }
const QUARTER_MS = 900_000
const HOUR_MS = 3_600_000
const STEPS_IN_QUARTER = 3

export const isPrice = (series: Series): boolean => series.metric.startsWith('spot_price')

/** `endLabels`: the source labels an hour at its end, so that its mean power belongs to the hour before. */
export function convertSeries(series: Series, endLabels: boolean): Converted {
  const { metric, rows } = series
  if (COUNTERS.has(metric))
    return { point: { key: metric, unit: series.unit, kind: 'counter' }, readings: plain(metric, rows), note: null }
  if (INTERVALS.has(metric)) {
    const interval = intervalOf(rows)
    if (interval !== null)
      return {
        point: { key: metric, unit: series.unit, kind: 'interval', interval },
        readings: plain(metric, rows),
        note: null,
      }
  }
  if (metric.endsWith('_kw') && !SIGNED.has(metric) && intervalOf(rows) === 'PT1H') return meanPower(series, endLabels)
  if (FIVE_MINUTE_WH.has(metric)) return fiveMinutes(series)
  const unit = UNITS[series.unit] ?? series.unit
  return {
    point: { key: metric, ...(unit === '' ? {} : { unit }), kind: series.unit === 'bool' ? 'state' : 'gauge' },
    readings: plain(metric, rows, series.unit === 'bool'),
    note: null,
  }
}

/** A value keeps its digits as long as a double has them (all sources have at most four decimals). */
const plain = (point: string, rows: Series['rows'], bool = false): SimReading[] =>
  rows.map(([at, value]) => ({ point, at, value: bool ? Number(value) !== 0 : Number(value) }))

/** The step that nine of ten rows have, when it is one that can be settled and the instants stand on it. */
function intervalOf(rows: Series['rows']): 'PT15M' | 'PT1H' | null {
  const steps = { PT15M: 0, PT1H: 0 }
  let aligned = true
  for (const [index, [at]] of rows.entries()) {
    const step = at - (rows[index - 1]?.[0] ?? 0)
    if (step === QUARTER_MS) steps.PT15M++
    if (step === HOUR_MS) steps.PT1H++
    if (at % QUARTER_MS !== 0) aligned = false
  }
  if (!aligned) return null
  if (steps.PT15M >= rows.length * 0.9) return 'PT15M'
  return steps.PT1H >= rows.length * 0.9 && rows.every(([at]) => at % HOUR_MS === 0) ? 'PT1H' : null
}

/** Mean kW over an hour is kWh of that hour; what a producer gives (below zero) is turned round. */
function meanPower({ metric, rows }: Series, endLabels: boolean): Converted {
  const key = metric.replace(/_kw$/, '_kwh')
  const produces = metric.startsWith('pv')
  const readings = rows.map(([at, value]) => ({
    point: key,
    at: endLabels ? at - HOUR_MS : at,
    value: produces ? Math.max(0, -Number(value)) : Number(value),
  }))
  const notes = [
    'mean kW of an hour taken as kWh',
    ...(endLabels ? ['labels taken as the end of the hour'] : []),
    ...(produces ? ['sign turned'] : []),
  ]
  return { point: { key, unit: 'kWh', kind: 'interval', interval: 'PT1H' }, readings, note: notes.join(', ') }
}

/** Wh of five minutes, summed to quarters where all three are there; a broken quarter is left out, not guessed. */
function fiveMinutes({ rows }: Series): Converted {
  const key = 'pv_energy_kwh'
  const quarters = new Map<number, { tenThousandths: number; count: number }>()
  for (const [at, value] of rows) {
    const start = Math.floor(at / QUARTER_MS) * QUARTER_MS
    const sum = quarters.get(start) ?? { tenThousandths: 0, count: 0 }
    quarters.set(start, { tenThousandths: sum.tenThousandths + Math.round(Number(value) * 1e4), count: sum.count + 1 })
  }
  const readings: SimReading[] = []
  for (const [at, { tenThousandths, count }] of quarters)
    if (count === STEPS_IN_QUARTER) readings.push({ point: key, at, value: tenThousandths / 1e7 })
  const left = quarters.size - readings.length
  return {
    point: { key, unit: 'kWh', kind: 'interval', interval: 'PT15M' },
    readings,
    note: `5-minute Wh summed to quarters${left > 0 ? `, ${left} incomplete ones left out` : ''}`,
  }
}
