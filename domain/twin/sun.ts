// When the sun rises and sets: the low-accuracy solar position of Meeus, as NOAA publishes it; within a minute or so in Finland.

/** Degrees, north and east positive. */
export type Position = { latitude: number; longitude: number }
export type SunEvent = 'sunrise' | 'sunset' | 'dawn' | 'dusk'

/** Zenith of the sun's centre: with refraction and its radius at rise and set; at civil twilight 6° below the horizon. */
const ZENITH: Record<SunEvent, number> = { sunrise: 90.833, sunset: 90.833, dawn: 96, dusk: 96 }
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const J2000_MS = Date.UTC(2000, 0, 1, 12)

const rad = (degrees: number): number => (degrees * Math.PI) / 180
const deg = (radians: number): number => (radians * 180) / Math.PI

/**
 * The instant of a sun event of a local date, in milliseconds since 1970; null when the sun does not reach the height that day
 * (north of the polar circle, and in midsummer somewhat south of it). An event belongs to the date of the solar noon beside it, so that
 * a sunset of June may fall after midnight.
 * Source: NOAA Global Monitoring Laboratory, "Solar Calculation Details" (gml.noaa.gov/grad/solcalc/calcdetails.html), after
 * J. Meeus, Astronomical Algorithms (1991).
 * @param date YYYY-MM-DD
 */
export function sunEvent(event: SunEvent, date: string, { latitude, longitude }: Position): number | null {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  const isMorning = event === 'sunrise' || event === 'dawn'
  let at = midnight + DAY_MS / 2 - longitude * 4 * MINUTE_MS
  // The second round uses the position of the sun at the event itself, not at noon.
  for (let round = 0; round < 3; round++) {
    const { declination, equationMinutes } = solar(at)
    const cosine =
      Math.cos(rad(ZENITH[event])) / (Math.cos(rad(latitude)) * Math.cos(declination)) -
      Math.tan(rad(latitude)) * Math.tan(declination)
    if (cosine < -1 || cosine > 1) return null
    const hourAngle = deg(Math.acos(cosine))
    const noonMinutes = 720 - 4 * longitude - equationMinutes
    at = midnight + (noonMinutes + (isMorning ? -4 : 4) * hourAngle) * MINUTE_MS
  }
  return Math.floor(at / 1000) * 1000
}

/** Declination in radians and the equation of time in minutes at an instant. */
function solar(at: number): { declination: number; equationMinutes: number } {
  const t = (at - J2000_MS) / (36_525 * DAY_MS)
  const meanLongitude = rad((280.46646 + t * (36_000.76983 + t * 0.0003032)) % 360)
  const anomaly = rad(357.52911 + t * (35_999.05029 - 0.0001537 * t))
  const eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t)
  const centre =
    Math.sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t)) +
    Math.sin(2 * anomaly) * (0.019993 - 0.000101 * t) +
    Math.sin(3 * anomaly) * 0.000289
  const node = rad(125.04 - 1934.136 * t)
  const longitude = rad(deg(meanLongitude) + centre - 0.00569 - 0.00478 * Math.sin(node))
  const seconds = 21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))
  const obliquity = rad(23 + (26 + seconds / 60) / 60 + 0.00256 * Math.cos(node))
  const y = Math.tan(obliquity / 2) ** 2
  const equation =
    y * Math.sin(2 * meanLongitude) -
    2 * eccentricity * Math.sin(anomaly) +
    4 * eccentricity * y * Math.sin(anomaly) * Math.cos(2 * meanLongitude) -
    0.5 * y * y * Math.sin(4 * meanLongitude) -
    1.25 * eccentricity * eccentricity * Math.sin(2 * anomaly)
  return { declination: Math.asin(Math.sin(obliquity) * Math.sin(longitude)), equationMinutes: 4 * deg(equation) }
}
