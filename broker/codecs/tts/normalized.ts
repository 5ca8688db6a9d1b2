// The Things Stack's normalized payload: measurements of fixed names and units, each with its own instant if it has one.
import type { Gathering, Origin } from '#broker/codecs/gathering.ts'
import { clockInstant } from '#broker/codecs/gathering.ts'
import { parseInstant } from '#broker/codecs/instant.ts'
import { isJsonObject } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'

/** Units of the normalized schema by the dotted name. */
const UNITS: Record<string, string> = {
  battery: 'V',
  'air.temperature': '°C',
  'air.relativeHumidity': '%',
  'air.pressure': 'hPa',
  'air.co2': 'ppm',
  'air.lightIntensity': 'lx',
  'soil.temperature': '°C',
  'soil.moisture': '%',
  'soil.ec': 'dS/m',
  'soil.n': 'ppm',
  'soil.p': 'ppm',
  'soil.k': 'ppm',
  'wind.speed': 'm/s',
  'wind.direction': '°',
  'water.temperature.min': '°C',
  'water.temperature.max': '°C',
  'water.temperature.avg': '°C',
  'water.temperature.current': '°C',
  'metering.water.total': 'L',
}
const MEASUREMENTS = 256
const DEPTH = 4

export function addNormalized(payload: Json, origin: Origin, gathering: Gathering): void {
  for (const measurement of (Array.isArray(payload) ? payload : [payload]).slice(0, MEASUREMENTS)) {
    if (!isJsonObject(measurement)) gathering.refuse('wrong-shape', 'a measurement is an object')
    else {
      const at = clockInstant(parseInstant(measurement['time'])) ?? origin.at
      add(measurement, '', { device: origin.device, at }, gathering, 0)
    }
  }
}

function add(
  object: { [key: string]: Json },
  prefix: string,
  origin: Origin,
  gathering: Gathering,
  depth: number,
): void {
  for (const key of Object.keys(object)) {
    const value = object[key] as Json
    const point = prefix + key
    if (point === 'time') continue
    if (isJsonObject(value) && depth < DEPTH) add(value, `${point}.`, origin, gathering, depth + 1)
    else gathering.add(origin, point, value, Object.hasOwn(UNITS, point) ? (UNITS[point] as string) : null)
  }
}
