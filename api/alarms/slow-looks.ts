// Looks at many readings at once for the rules that no single reading decides: the night, the meters against each other, the peak.
import {
  differencePercent,
  powerForecast,
  registerForecast,
  usualOf,
  USUAL_NIGHTS,
  written,
  type Sample,
} from '#domain/alarms/forecast.ts'
import { numberOf } from '#domain/alarms/probes.ts'
import type { AlarmCondition } from '#domain/alarms/rule.ts'
import { dayStart } from '#domain/quantity/period.ts'
import { unitFactor } from '#domain/quantity/units.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { isMeterKind } from '#domain/metering/meter-tree.ts'
import { MAX_PAGE_READINGS } from '#domain/ports/telemetry.ts'
import type { Device, Id, Point, PointRef, Premises } from '#domain/registry/bundle.ts'
import type { RouteParts } from '#api/parts.ts'
import { valueShown } from '#api/routes/answers.ts'
import { meterSteps } from '#api/views/meter-steps.ts'

export type LookParts = Pick<RouteParts, 'records' | 'telemetry' | 'now'>
/** What a look found at a device, or of the premises as a whole. */
export type SlowLook = {
  device: Id | null
  point: string | null
  isWrong: boolean
  value: string
  limit: string
  unit: string | null
  /** The time that it tells of. */
  at: number
}
/** The running month of a party against its budget; null where there is none, or it is not known yet. */
export type BudgetLook = (premises: Premises, condition: Of<'budget-forecast'>) => Promise<SlowLook | null>
type Of<K extends AlarmCondition['kind']> = Extract<AlarmCondition, { kind: K }>

const ALL = { organisation: null }
const QUARTER_MS = 900_000
const HOUR_MS = 3_600_000
/** From local midnight to five: offices are empty, and nothing has been started for the morning. */
const NIGHT_QUARTERS = 20

export const INTERVAL_MS: { [I in 'PT15M' | 'PT1H']: number } = { PT15M: QUARTER_MS, PT1H: HOUR_MS }

/** The lowest quarter-hour mean of a night in kW; null where nothing is known. */
export async function nightLoad(
  parts: LookParts,
  device: Device,
  key: string,
  { timeZone }: Premises,
  day: number,
): Promise<number | null> {
  const from = dayStart(day, timeZone)
  const edges = Array.from({ length: NIGHT_QUARTERS + 1 }, (_, i) => from + i * QUARTER_MS)
  const point = device.points?.find((one) => one.key === key)
  if (point !== undefined && isMeterKind(point.kind)) {
    const steps = await meterSteps(device, point, edges, timeZone, ALL, parts)
    const known = steps.flatMap(({ quantity }) => (quantity === null ? [] : [Number(quantity) * 4]))
    return known.length === 0 ? null : Math.min(...known) * toKilo(point.unit, 'kWh')
  }
  const series = parts.telemetry.findSeries(device.id, key)
  if (series === null) return null
  const [buckets = []] = await parts.telemetry.buckets([series], edges)
  const known = buckets.flatMap(({ mean }) => (mean === null ? [] : [mean]))
  return known.length === 0 ? null : Math.min(...known) * toKilo(point?.unit, 'kW')
}

const toKilo = (unit: string | undefined, wanted: string): number =>
  unit === 'W' ? 0.001 : ratio(unitFactor(unit ?? wanted, wanted))
const ratio = (factor: Fraction | null): number => (factor === null ? 1 : Number(factor.n) / Number(factor.d))

/** A night against its limit and its usual; null where too little is known. `before`: the loads of the nights before. */
export function lookAtNight(
  { above, overUsualPercent }: Of<'night-base-load'>,
  load: number | null,
  before: readonly (number | null)[],
): { isWrong: boolean; value: string; limit: string } | null {
  if (load === null) return null
  if (above !== undefined && load > Number(above)) return { isWrong: true, value: written(load), limit: above }
  const usual = overUsualPercent === undefined ? null : usualOf(before.slice(-USUAL_NIGHTS))
  if (usual === null) return above === undefined ? null : { isWrong: false, value: written(load), limit: above }
  const limit = usual * (1 + Number(overUsualPercent) / 100)
  return { isWrong: load > limit, value: written(load), limit: written(limit) }
}

/** The main meter against its sub-meters on a local day; null where one of them is not known. */
export async function lookAtBalance(
  parts: LookParts,
  { main, subs, overPercent }: Of<'main-against-subs'>,
  devices: readonly Device[],
  { timeZone }: Premises,
  day: number,
): Promise<SlowLook | null> {
  const edges = [dayStart(day, timeZone), dayStart(day + 1, timeZone)]
  const wanted = pointOf(devices, main)?.point.unit
  const quantity = async (ref: PointRef): Promise<number | null> => {
    const found = pointOf(devices, ref)
    if (found === null || !isMeterKind(found.point.kind)) return null
    const [step] = await meterSteps(found.device, found.point, edges, timeZone, ALL, parts)
    return step?.quantity == null
      ? null
      : Number(step.quantity) * ratio(unitFactor(found.point.unit ?? '', wanted ?? ''))
  }
  const whole = await quantity(main)
  let sum = 0
  for (const sub of subs) {
    const one = await quantity(sub)
    if (one === null) return null
    sum += one
  }
  const percent = whole === null ? null : differencePercent(whole, sum)
  if (percent === null) return null
  return {
    device: main.device,
    point: main.point,
    isWrong: percent > Number(overPercent),
    value: written(percent),
    limit: overPercent,
    unit: '%',
    at: edges[1]! - 1,
  }
}

/** The interval that runs at `at`, as it will be when things go on; null where too little is known. */
export async function lookAtPeak(
  { telemetry }: Pick<LookParts, 'telemetry'>,
  { meter, above, interval }: Of<'peak-forecast'>,
  devices: readonly Device[],
  at: number,
): Promise<SlowLook | null> {
  const found = pointOf(devices, meter)
  const series = telemetry.findSeries(meter.device, meter.point)
  if (found === null || series === null) return null
  const lengthMs = INTERVAL_MS[interval]
  const from = at - (at % lengthMs)
  const readings = await telemetry.readings(series, from - QUARTER_MS, at + 1, MAX_PAGE_READINGS)
  const samples: Sample[] = readings.flatMap((reading) => {
    const value = numberOf(valueShown(reading.value))
    return value === null ? [] : [{ at: reading.at, value }]
  })
  const { kind, unit, multiplier = '1' } = found.point
  const power =
    kind === 'counter'
      ? registerForecast(samples, from, from + lengthMs)
      : powerForecast(samples, from, from + lengthMs)
  if (power === null) return null
  const kilowatts = power * Number(multiplier) * toKilo(unit, kind === 'counter' ? 'kWh' : 'kW')
  return {
    device: meter.device,
    point: meter.point,
    isWrong: kilowatts > Number(above),
    value: written(kilowatts),
    limit: above,
    unit: 'kW',
    at,
  }
}

export function pointOf(devices: readonly Device[], ref: PointRef): { device: Device; point: Point } | null {
  const device = devices.find(({ id }) => id === ref.device)
  const point = device?.points?.find(({ key }) => key === ref.point)
  return device === undefined || point === undefined ? null : { device, point }
}
