// Heating degree days (lämmitystarveluku) as the Finnish Meteorological Institute counts them, and heat made comparable by them. Pure.
import { add, compare, divide, fraction, multiply, subtract, ZERO, type Fraction } from '#domain/quantity/fraction.ts'

/**
 * S17: 17 °C less the day's mean outdoor temperature, summed over the days of a month; a day whose mean is above 10 °C in spring
 * (January–June) or above 12 °C in autumn (July–December) does not count (ilmatieteenlaitos.fi/lammitystarveluvut).
 */
export const DEGREE_DAYS = { baseC: 17n, springMostC: 10n, autumnMostC: 12n } as const
const FIRST_AUTUMN_MONTH = 7

/** Degree days of a month of daily mean temperatures in °C. */
export function degreeDays(month: string, meansC: readonly Fraction[]): Fraction {
  const isAutumn = Number(month.slice(5)) >= FIRST_AUTUMN_MONTH
  const most = fraction(isAutumn ? DEGREE_DAYS.autumnMostC : DEGREE_DAYS.springMostC)
  return meansC.reduce((sum, mean) => {
    return compare(mean, most) > 0 ? sum : add(sum, subtract(fraction(DEGREE_DAYS.baseC), mean))
  }, ZERO)
}

/**
 * Heat of a month as it would have been in the month of a normal year: (S_N ÷ S) × (Q − Q_hot water) + Q_hot water
 * (Motiva, kulutuksen normitus). Hot water does not follow the weather. In a month without degree days nothing is normalised.
 */
export function normalisedHeat(
  { actual, normal }: { actual: Fraction; normal: Fraction },
  heat: Fraction,
  hotWater: Fraction,
): Fraction {
  if (actual.n <= 0n) return heat
  const water = compare(hotWater, heat) > 0 ? heat : hotWater
  return add(multiply(divide(normal, actual), subtract(heat, water)), water)
}
