// What the meters of the year really measured, hour by hour and always the same, and what they therefore show at any instant.
import type { ReadingRows } from '#domain/registry/bundle.ts'
import { YEAR } from './house.ts'

const HOUR_MS = 3_600_000
/** Helsinki's summer time of the year. */
const SUMMER = [Date.UTC(YEAR, 2, 29, 1), Date.UTC(YEAR, 9, 25, 1)] as const
const offsetMs = (at: number): number => (at >= SUMMER[0] && at < SUMMER[1] ? 3 : 2) * HOUR_MS
/** The instant at which a local day begins. */
export function midnight(day: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`)
  return utc - offsetMs(utc - 3 * HOUR_MS)
}
export const nextMonth = (month: string): string => {
  const [year, n] = month.split('-').map(Number) as [number, number]
  return n === 12 ? `${year + 1}-01` : `${year}-${String(n + 1).padStart(2, '0')}`
}
export const spanOf = (month: string): [number, number] => [midnight(`${month}-01`), midnight(`${nextMonth(month)}-01`)]

const START = midnight(`${YEAR}-01-01`)
const local = (at: number): Date => new Date(at + offsetMs(at))
/** A number below `below` that depends on the hour and the meter alone. */
const noise = (hour: number, salt: number, below: number): number =>
  Math.trunc(((((hour + 7) * 2_654_435_761 + salt * 40_503) % 65_536) / 65_536) * below)
/** Monday to Friday, 7 to 22: both the office hours and the tariff's day. */
export const isDay = (at: number): boolean => {
  const when = local(at)
  return when.getUTCDay() % 6 !== 0 && when.getUTCHours() >= 7 && when.getUTCHours() < 22
}
const MODELS = {
  // In Wh.
  'em-main': (hour: number, day: boolean) => 9_000 + (day ? 21_000 : 0) + noise(hour, 1, 6_000),
  'em-poliisi': (hour: number, day: boolean) => 2_600 + (day ? 2_900 : 0) + noise(hour, 2, 900),
  'em-ely': (hour: number, day: boolean) => 700 + (day ? 2_400 : 0) + noise(hour, 3, 400),
  // In kWh: half of it goes with the season.
  heat: (hour: number) => 12 + Math.round(10 * Math.cos((hour / 8760) * 2 * Math.PI)) + noise(hour, 4, 5),
  // In litres.
  water: (hour: number, day: boolean) => (day ? 160 : 8) + noise(hour, 5, 40),
}
export type Meter = keyof typeof MODELS
const HOURS = Math.round((midnight(`${YEAR + 1}-01-10`) - START) / HOUR_MS)
/** Running totals by hour: `totals[h]` is what was used before hour h of the year. */
const totals = Object.fromEntries(
  Object.entries(MODELS).map(([meter, of]) => {
    const sums = [0]
    for (let hour = 0; hour < HOURS; hour++) sums.push(sums[hour]! + of(hour, isDay(START + hour * HOUR_MS)))
    return [meter, sums]
  }),
) as Record<Meter, number[]>
const at = (meter: Meter, instant: number): number => totals[meter][Math.round((instant - START) / HOUR_MS)]!
/** Used between two full hours, in the meter's smallest unit (Wh, kWh of heat, litres). */
export const used = (meter: Meter, from: number, to: number): bigint => BigInt(at(meter, to) - at(meter, from))
export const hoursOf = (from: number, to: number): number[] =>
  Array.from({ length: (to - from) / HOUR_MS }, (_, i) => from + i * HOUR_MS)

/** Of each meter what it showed at the start of the year; the police's starts again at its change. */
const SHOWN: Record<Meter, number> = {
  'em-main': 812_345_000,
  'em-poliisi': 99_000_500,
  'em-ely': 3_210_000,
  heat: 4_711_000,
  water: 90_020_000,
}
export const METER_CHANGE = Date.UTC(YEAR, 8, 15, 8)
export const thousandths = (value: number): string =>
  `${Math.trunc(value / 1000)}.${String(value % 1000).padStart(3, '0')}`
/** What the meter shows at a full hour: thousands of its smallest unit, with three decimals. */
export function shown(meter: Meter, instant: number, old = false): string {
  const changed = meter === 'em-poliisi' && instant >= METER_CHANGE && !old
  return thousandths(changed ? at(meter, instant) - at(meter, METER_CHANGE) : SHOWN[meter] + at(meter, instant))
}
/** A month's readings as they come from the building: the main meter hourly, the others daily. Water is read by a person. */
export function readingsOf(month: string): ReadingRows[] {
  const [from, to] = spanOf(month)
  const every = (meter: Meter, instants: number[]): ReadingRows => ({
    device: meter,
    point: 'energy',
    values: instants.map((instant) => [new Date(instant).toISOString(), shown(meter, instant)]),
  })
  const all = [...hoursOf(from, to), to]
  const midnights = all.filter((instant) => local(instant).getUTCHours() === 0)
  return [every('em-main', all), ...(['em-poliisi', 'em-ely', 'heat'] as const).map((meter) => every(meter, midnights))]
}
/** Euro cents for 1 MWh in an hour; below zero on a windy night. */
export const spotCents = (instant: number): number => {
  const hour = (instant - START) / HOUR_MS
  return 2_150 + (isDay(instant) ? 3_900 : -1_700) + noise(hour, 9, 2_800) - (hour % 499 === 0 ? 4_000 : 0)
}
export const pricesOf = (month: string): [string, 'PT1H', string][] =>
  hoursOf(...spanOf(month)).map((instant) => {
    const cents = spotCents(instant)
    return [
      new Date(instant).toISOString(),
      'PT1H',
      `${cents < 0 ? '-' : ''}${Math.trunc(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`,
    ]
  })
