// Weather of Kuusamo from a seed: temperature by month, passing fronts and time of day; clouds; the sun's height.
import { hashName, smoothNoise } from '#sim/random.ts'
import { DAY_MS } from '#sim/local-clock.ts'

const LATITUDE = (65.97 * Math.PI) / 180
const LONGITUDE_DEGREES = 29.19
/** Monthly means in °C, rounded long-term averages of the place. */
const MONTHLY_MEAN_C = [-12.9, -12.3, -7.4, -1.2, 5.5, 11.8, 14.6, 12.1, 6.8, 0.4, -5.7, -10.3]
const HOUR_MS = 3_600_000

export type Weather = {
  /** Outdoor temperature in °C. */
  temperatureC(at: number): number
  /** Cloud cover, 0 clear to 1 overcast. */
  clouds(at: number): number
  /** Sine of the sun's height; below 0 it is under the horizon. */
  sun(at: number): number
}

/** Sine of the sun's height at the place, by declination and hour angle (good to about a degree). */
function sunHeight(at: number): number {
  const yearStart = Date.UTC(new Date(at).getUTCFullYear(), 0, 1)
  const dayOfYear = (at - yearStart) / DAY_MS
  const declination = -0.4093 * Math.cos((2 * Math.PI * (dayOfYear + 10)) / 365.25)
  const hourAngle = (((at % DAY_MS) / HOUR_MS - 12) * 15 + LONGITUDE_DEGREES) * (Math.PI / 180)
  return Math.sin(LATITUDE) * Math.sin(declination) + Math.cos(LATITUDE) * Math.cos(declination) * Math.cos(hourAngle)
}

/** The mean of the time of year, blended between the middles of the months. */
function seasonalMean(at: number): number {
  const date = new Date(at)
  const month = date.getUTCMonth()
  const position = (date.getUTCDate() - 15) / 30.4
  const other = (month + (position < 0 ? 11 : 1)) % 12
  const here = MONTHLY_MEAN_C[month] ?? 0
  const there = MONTHLY_MEAN_C[other] ?? 0
  return here + (there - here) * Math.abs(position)
}

/** Weather that is the same for the same seed; values are kept per hour and blended between. */
export function createWeather(seed: number): Weather {
  const frontKey = hashName(seed, 'weather-front')
  const shortKey = hashName(seed, 'weather-short')
  const cloudKey = hashName(seed, 'clouds')
  const hours = new Map<number, number>()
  const clouds = (at: number): number =>
    Math.min(
      1,
      Math.max(
        0,
        0.6 + 0.55 * smoothNoise(cloudKey, at / (11 * HOUR_MS)) + 0.2 * smoothNoise(cloudKey + 1, at / HOUR_MS),
      ),
    )
  function atHour(hour: number): number {
    let value = hours.get(hour)
    if (value === undefined) {
      const at = hour * HOUR_MS
      const mean = seasonalMean(at)
      const spread = mean < -3 ? 9 : 4.5
      const fronts = spread * smoothNoise(frontKey, at / (3.7 * DAY_MS)) + 2 * smoothNoise(shortKey, at / (9 * HOUR_MS))
      // The ground follows the sun by about two hours; clouds dampen it.
      const daily = 5.5 * (sunHeight(at - 2 * HOUR_MS) - 0.12) * (1 - 0.6 * clouds(at))
      value = mean + fronts + daily
      hours.set(hour, value)
    }
    return value
  }
  return {
    temperatureC(at) {
      const position = at / HOUR_MS
      const hour = Math.floor(position)
      const here = atHour(hour)
      return here + (atHour(hour + 1) - here) * (position - hour)
    },
    clouds,
    sun: sunHeight,
  }
}
