// What every tariff component is given: a piece of a metered cost, the days of one tariff version within one segment.
import type { Id } from '#domain/registry/bundle.ts'
import type { MeterMonth } from '#domain/metering/meter.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import type { MonthPrices } from '#domain/agreement/prices.ts'

/** Days are day numbers, [first, end). */
export type Days = { firstDay: number; endDay: number }

export type Piece = Days & {
  month: MeterMonth
  /** Whole numbers of the meter's month × this = quantity in the tariff's unit. */
  perWhole: Fraction
  /** The same in kW over a clock hour (kWh); in the tariff's unit for what is not energy. */
  hourPerWhole: Fraction
  /** The item's days in the month, and those among them of this tariff version. */
  item: Days
  version: Days
  /** Days of the month. */
  monthDays: number
  /** Prices of a series, and the factor that makes them prices per the tariff's unit. */
  series: (id: Id) => { prices: MonthPrices; factor: Fraction } | null
}

/** First quarter and the one after the last of some days. */
export function quarterRange({ month: { quarters } }: Piece, { firstDay, endDay }: Days): [number, number] {
  return [quarters.dayFirst[firstDay - quarters.firstDay]!, quarters.dayFirst[endDay - quarters.firstDay]!]
}
