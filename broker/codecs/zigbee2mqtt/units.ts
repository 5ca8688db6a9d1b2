// Units of zigbee2mqtt's properties by their names (its documentation, "exposes"); the payload itself has none.

const UNITS: readonly [RegExp, string][] = [
  [/(?:^|_)temperature(?:_|$)|_setpoint$|temperature$/, '°C'],
  [/(?:^|_)humidity$|^soil_moisture$|^battery$|^position$|^pi_heating_demand$|^valve_position$/, '%'],
  [/^pressure$/, 'hPa'],
  [/^energy_apparent(?:_|$)/, 'kV·Ah'],
  [/^energy_reactive(?:_|$)/, 'kvarh'],
  [/^energy(?:_|$)|^produced_energy(?:_|$)/, 'kWh'],
  [/^power_apparent(?:_|$)/, 'V·A'],
  [/^power_reactive(?:_|$)/, 'var'],
  [/^power(?:_(?:[a-z]|ab|phase_[abc]|l\d))?$/, 'W'],
  [/^current(?:_(?:[a-z]|ab|phase_[abc]|l\d|neutral))?$/, 'A'],
  [/^voltage(?:_(?:[a-z]|ab|phase_[abc]|l\d))?$/, 'V'],
  [/^ac_frequency$/, 'Hz'],
  [/^co2$/, 'ppm'],
  [/^illuminance(?:_lux)?$/, 'lx'],
  [/^pm(?:1|10|25)$/, 'µg/m3'],
]
/** No mains carries as much: battery devices send their voltage in millivolts under the same name. */
const FIRST_MILLIVOLTS = 1_000

/** The unit, or null when the name does not tell it. `value` tells millivolts from volts. */
export function unitOfProperty(name: string, value: unknown): string | null {
  const unit = UNITS.find(([pattern]) => pattern.test(name))?.[1] ?? null
  return unit === 'V' && typeof value === 'number' && value >= FIRST_MILLIVOLTS ? 'mV' : unit
}
