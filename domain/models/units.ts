// Units of points and their names in QUDT 2.1 (qudt.org/vocab/unit), which Brick and RealEstateCore use.
const NAMES: readonly (readonly [unit: string, name: string])[] = [
  ['kWh', 'KiloW-HR'],
  ['Wh', 'W-HR'],
  ['MWh', 'MegaW-HR'],
  ['MJ', 'MegaJ'],
  ['GJ', 'GigaJ'],
  ['W', 'W'],
  ['kW', 'KiloW'],
  ['MW', 'MegaW'],
  ['V', 'V'],
  ['A', 'A'],
  ['mA', 'MilliA'],
  ['V·A', 'V-A'],
  ['kVA', 'KiloV-A'],
  ['var', 'V-A_Reactive'],
  ['kvar', 'KiloV-A_Reactive'],
  ['Hz', 'HZ'],
  ['°C', 'DEG_C'],
  ['°F', 'DEG_F'],
  ['K', 'K'],
  ['%', 'PERCENT'],
  ['m3', 'M3'],
  ['l', 'L'],
  ['m3/h', 'M3-PER-HR'],
  ['m3/s', 'M3-PER-SEC'],
  ['l/h', 'L-PER-HR'],
  ['l/min', 'L-PER-MIN'],
  ['l/s', 'L-PER-SEC'],
  ['ppm', 'PPM'],
  ['µg/m3', 'MicroGM-PER-M3'],
  ['lx', 'LUX'],
  ['Pa', 'PA'],
  ['hPa', 'HectoPA'],
  ['kPa', 'KiloPA'],
  ['bar', 'BAR'],
  ['s', 'SEC'],
  ['min', 'MIN'],
  ['h', 'HR'],
  ['d', 'DAY'],
  ['dB', 'DeciB'],
  ['dBm', 'DeciB_M'],
  ['m/s', 'M-PER-SEC'],
  ['m', 'M'],
  ['m2', 'M2'],
  ['kg', 'KiloGM'],
  ['t', 'TONNE'],
  ['1', 'UNITLESS'],
  ['MB', 'MegaBYTE'],
  ['GB', 'GigaBYTE'],
]
const OTHER_WRITINGS: Record<string, string> = { lux: 'lx', 'm³': 'm3', 'm³/h': 'm3/h', VA: 'V·A', L: 'l', C: '°C' }
const BY_UNIT: ReadonlyMap<string, string> = new Map(NAMES)
const BY_NAME: ReadonlyMap<string, string> = new Map([
  ...NAMES.map(([unit, name]) => [name, unit] as const),
  ['LITRE', 'l'],
  ['NUM', '1'],
  ['M3-PER-H', 'm3/h'],
])

/** The name in QUDT, or null where we know none. */
export const nameOfUnit = (unit: string): string | null => BY_UNIT.get(OTHER_WRITINGS[unit] ?? unit) ?? null
/** Our unit for a name in QUDT, or null. */
export const unitOfName = (name: string): string | null => BY_NAME.get(name) ?? null
