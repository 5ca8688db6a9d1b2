// Units of Tasmota's telemetry by sensor and key (its documentation of sensors and of energy monitoring).

const ENERGY = new Map(
  Object.entries({
    ...{ Total: 'kWh', Yesterday: 'kWh', Today: 'kWh', Period: 'Wh', TotalTariff: 'kWh', ExportActive: 'kWh' },
    ...{ ExportTariff: 'kWh', ImportActive: 'kWh', ImportReactive: 'kvarh', ExportReactive: 'kvarh' },
    ...{ YesterdaySum: 'kWh', TodaySum: 'kWh', TodaySumImport: 'kWh', TodaySumExport: 'kWh' },
    ...{ Power: 'W', ApparentPower: 'V·A', ReactivePower: 'var', Voltage: 'V', Current: 'A', Frequency: 'Hz' },
    ...{ Load: '%', PhaseAngle: '°' },
  }),
)
const SENSOR = new Map(
  Object.entries({
    ...{ Humidity: '%', Moisture: '%', Battery: '%', BatteryPercentage: '%', Illuminance: 'lx', Lux: 'lx' },
    ...{ CarbonDioxide: 'ppm', CO2: 'ppm', eCO2: 'ppm', TVOC: 'ppb', Distance: 'cm', Weight: 'kg' },
    ...{ PM1: 'µg/m3', 'PM2.5': 'µg/m3', PM4: 'µg/m3', PM10: 'µg/m3' },
    ...{ Voltage: 'V', Current: 'A', Power: 'W', Frequency: 'Hz', BusVoltage: 'V', ShuntVoltage: 'V' },
    ...{ ApparentPower: 'V·A', ReactivePower: 'var', Vcc: 'V', Dimmer: '%' },
  }),
)
/** Behind a Zigbee or Matter bridge `Power` is a switch and illuminance is a raw code. */
const BRIDGED = new Map(
  Object.entries({
    ...{ Temperature: '°C', LocalTemperature: '°C', OccupiedHeatingSetpoint: '°C', Humidity: '%', Pressure: 'hPa' },
    ...{ SeaPressure: 'hPa', BatteryPercentage: '%', BatteryVoltage: 'V', RMSVoltage: 'V', RMSCurrent: 'A' },
    ...{ ActivePower: 'W', ApparentPower: 'V·A', ReactivePower: 'var', ACFrequency: 'Hz' },
  }),
)
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
const TEMPERATURES = /^(?:Temperature|DewPoint|FeelsLike|HeatIndex|WetBulb|ObjectTemp|AmbTemp|OBJTMP|AMBTMP)\d*$/
const PRESSURES = /^(?:Pressure|SeaPressure)$/

/** The message's own units: `TempUnit`, `PressureUnit`, `SpeedUnit`. */
export type StatedUnits = { temperature: string; pressure: string; speed: string | null }
export type Kind = 'energy' | 'teleinfo' | 'bridged' | 'sensor'

/** The unit of a key, or null when the documentation gives it none. */
export function unitOf(kind: Kind, key: string, stated: StatedUnits): string | null {
  if (kind === 'energy') return ENERGY.get(key) ?? null
  if (kind === 'teleinfo') return TELEINFO.find(([label]) => label.test(key))?.[1] ?? null
  if (kind === 'bridged') return BRIDGED.get(key) ?? null
  if (TEMPERATURES.test(key)) return stated.temperature
  if (PRESSURES.test(key)) return stated.pressure
  if (/^Speed/.test(key)) return stated.speed
  return SENSOR.get(key) ?? null
}
