// Degree days of months: as they were entered, else from the daily means of the premises' outdoor sensor.
import type { Weather } from '#domain/costs/weather.ts'
import { WEATHER } from '#domain/costs/weather.ts'
import { degreeDays } from '#domain/costs/degree-days.ts'
import type { MonthWeather } from '#domain/costs/period-figures.ts'
import { decimalFromNumber } from '#domain/quantity/decimal.ts'
import { fractionOfDecimal, parseDecimalFraction, type Fraction } from '#domain/quantity/fraction.ts'
import { monthDays } from '#domain/quantity/local-date.ts'
import { dayStart } from '#domain/quantity/period.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Id, PointRef, Premises } from '#domain/registry/bundle.ts'
import type { RouteParts } from '#api/parts.ts'
import { paperIdOf } from '#api/year/year-access.ts'

const ALL = { organisation: null }
const UNKNOWN: MonthWeather = { actual: null, normal: null, from: null, missingDays: 0 }

export const weatherIdOf = (premises: Id): Id => paperIdOf('weather', [premises])
export const weatherOf = ({ records }: RouteParts, premises: Id): Promise<StoredPaper<Weather> | null> =>
  records.getPaper(ALL, WEATHER, weatherIdOf(premises))

/** The weather of months; one with a day that the sensor did not measure has no degree days, unless they were entered. */
export async function weatherOfMonths(
  parts: RouteParts,
  { timeZone }: Premises,
  weather: Weather | null,
  months: readonly string[],
): Promise<Map<string, MonthWeather>> {
  const found = new Map<string, MonthWeather>()
  for (const month of months) found.set(month, await ofMonth(parts, timeZone, weather, month))
  return found
}

async function ofMonth(
  parts: RouteParts,
  timeZone: string,
  weather: Weather | null,
  month: string,
): Promise<MonthWeather> {
  if (weather === null) return UNKNOWN
  const normal = parseDecimalFraction(weather.normal[Number(month.slice(5)) - 1] ?? '')
  const entered = weather.months.find((one) => one.month === month)
  if (entered !== undefined)
    return { actual: parseDecimalFraction(entered.degreeDays), normal, from: 'entered', missingDays: 0 }
  if (weather.sensor === null) return { ...UNKNOWN, normal }
  const means = await dailyMeans(parts, weather.sensor, month, timeZone)
  const known = means.filter((mean) => mean !== null)
  const missingDays = means.length - known.length
  return { actual: missingDays > 0 ? null : degreeDays(month, known), normal, from: 'sensor', missingDays }
}

/** One mean for each day of the month; null for a day without a reading. */
async function dailyMeans(
  { telemetry }: RouteParts,
  { device, point }: PointRef,
  month: string,
  timeZone: string,
): Promise<(Fraction | null)[]> {
  const { first, end } = monthDays(month)
  const series = telemetry.findSeries(device, point)
  const days = end - first
  if (series === null) return Array.from({ length: days }, () => null)
  const edges = Array.from({ length: days + 1 }, (_, i) => dayStart(first + i, timeZone))
  const [buckets = []] = await telemetry.buckets([series], edges)
  return buckets.map(({ mean }) => {
    const exact = mean === null ? null : decimalFromNumber(mean)
    return exact === null ? null : fractionOfDecimal(exact)
  })
}
