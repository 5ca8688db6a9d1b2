// What a premises' weather goes by: an outdoor sensor or a series that was entered, the normal year, and the heat that is hot water. Pure.
import type { Decimal, PointRef } from '#domain/registry/bundle.ts'
import { paperKind } from '#domain/ports/papers.ts'

export type Weather = {
  /** The locality whose degree days these are, such as “Oulu (Kuusamo, k1 1,14)”. */
  place: string
  /** Where the normal year and the entered months were taken from. */
  source: string
  /** Daily means of this sensor give the degree days of months that were not entered. */
  sensor: PointRef | null
  /** Degree days of each month that was entered, by month YYYY-MM. */
  months: { month: string; degreeDays: Decimal }[]
  /** Degree days of January to December in a normal year (1991–2020); empty when not known. */
  normal: Decimal[]
  /** Cost types whose quantity follows the weather. */
  categories: string[]
  /** Of their quantity the part of each month that is hot water and does not, in `hotWaterUnit`. */
  hotWater: Decimal
  hotWaterUnit: 'kWh' | 'MWh' | 'GJ'
}
export const WEATHER = paperKind<Weather>('weather')
