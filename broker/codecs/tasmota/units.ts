// Units of Tasmota's telemetry by sensor and key (its documentation of sensors and of energy monitoring).
import { wordTable } from '#broker/codecs/word-table.ts'

const ENERGY = wordTable([
  ['kWh', 'Total Yesterday Today TotalTariff ExportActive ExportTariff ImportActive'],
  ['kWh', 'YesterdaySum TodaySum TodaySumImport TodaySumExport'],
  ['kvarh', 'ImportReactive ExportReactive'],
  ['Wh', 'Period'],
  ['W', 'Power'],
  ['V·A', 'ApparentPower'],
  ['var', 'ReactivePower'],
  ['V', 'Voltage'],
  ['A', 'Current'],
  ['Hz', 'Frequency'],
  ['%', 'Load'],
  ['°', 'PhaseAngle'],
])
const SENSOR = wordTable([
  ['%', 'Humidity Moisture Battery BatteryPercentage Dimmer'],
  ['lx', 'Illuminance Lux'],
  ['ppm', 'CarbonDioxide CO2 eCO2'],
  ['ppb', 'TVOC'],
  ['cm', 'Distance'],
  ['kg', 'Weight'],
  ['µg/m3', 'PM1 PM2.5 PM4 PM10'],
  ['V', 'Voltage BusVoltage ShuntVoltage Vcc'],
  ['A', 'Current'],
  ['W', 'Power'],
  ['V·A', 'ApparentPower'],
  ['var', 'ReactivePower'],
  ['Hz', 'Frequency'],
])
/** Behind a Zigbee or Matter bridge `Power` is a switch and illuminance is a raw code. */
const BRIDGED = wordTable([
  ['°C', 'Temperature LocalTemperature OccupiedHeatingSetpoint'],
  ['%', 'Humidity BatteryPercentage'],
  ['hPa', 'Pressure SeaPressure'],
  ['V', 'BatteryVoltage RMSVoltage'],
  ['A', 'RMSCurrent'],
  ['W', 'ActivePower'],
  ['V·A', 'ApparentPower'],
  ['var', 'ReactivePower'],
  ['Hz', 'ACFrequency'],
])
/** Labels of the French meters' customer output: historic mode, then standard mode. */
const TELEINFO: readonly [RegExp, string][] = [
  [/^(?:BASE|HCHC|HCHP|EJPHN|EJPHPM|BBRHC(?:JB|JW|JR)|BBRHP(?:JB|JW|JR))$/, 'Wh'],
  [/^(?:IINST[1-3]?|IMAX[1-3]?|ISOUSC|ADPS|ADIR[1-3]|IRMS[1-3])$/, 'A'],
  [/^(?:PAPP|SINSTS[1-3]?|SINSTI|SMAXS?N[1-3]?(?:-1)?|SMAXIN(?:-1)?)$/, 'V·A'],
  [/^(?:EAST|EAIT|EASF\d\d|EASD\d\d)$/, 'Wh'],
  [/^ERQ[1-4]$/, 'varh'],
  [/^(?:URMS|UMOY)[1-3]$/, 'V'],
  [/^(?:PREF|PCOUP)$/, 'kV·A'],
  [/^(?:CCASN|CCAIN)(?:-1)?$/, 'W'],
  [/^PMAX$/, 'W'],
]
/** The same meters through a Tasmota that computes: watts, volts and amperes by phase, what the contract allows. */
const TELEINFO_METER: readonly [RegExp, string][] = [
  [/^(?:P[1-3]?|PSUB|PMAX|PCUR)$/, 'V·A'],
  [/^W[1-3]?$/, 'W'],
  [/^U[1-3]?$/, 'V'],
  [/^(?:I[1-3]?|ISUB)$/, 'A'],
]
const TEMPERATURES = /^(?:Temperature|DewPoint|FeelsLike|HeatIndex|WetBulb|ObjectTemp|AmbTemp|OBJTMP|AMBTMP)\d*$/
const PRESSURES = /^(?:Pressure|SeaPressure)$/

/** The message's own units: `TempUnit`, `PressureUnit`, `SpeedUnit`. */
export type StatedUnits = { temperature: string; pressure: string; speed: string | null }
export type Kind = 'energy' | 'teleinfo' | 'teleinfo-meter' | 'bridged' | 'sensor'

/** The unit of a key, or null when the documentation gives it none. */
export function unitOf(kind: Kind, key: string, stated: StatedUnits): string | null {
  if (kind === 'energy') return ENERGY.get(key) ?? null
  if (kind === 'teleinfo') return TELEINFO.find(([label]) => label.test(key))?.[1] ?? null
  if (kind === 'teleinfo-meter') return TELEINFO_METER.find(([label]) => label.test(key))?.[1] ?? null
  if (kind === 'bridged') return BRIDGED.get(key) ?? null
  if (TEMPERATURES.test(key)) return stated.temperature
  if (PRESSURES.test(key)) return stated.pressure
  if (key.startsWith('Speed')) return stated.speed
  return SENSOR.get(key) ?? null
}
