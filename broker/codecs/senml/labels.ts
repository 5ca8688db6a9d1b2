// The labels of SenML (RFC 8428, table 4), what its units are called here, and a point's key where a record names none.

/** CBOR writes labels as integers. */
export const LABELS: ReadonlyMap<number, string> = new Map([
  [-1, 'bver'],
  [-2, 'bn'],
  [-3, 'bt'],
  [-4, 'bu'],
  [-5, 'bv'],
  [-6, 'bs'],
  [0, 'n'],
  [1, 'u'],
  [2, 'v'],
  [3, 'vs'],
  [4, 'vb'],
  [5, 's'],
  [6, 't'],
  [7, 'ut'],
  [8, 'vd'],
])

/** Units that have another symbol here. */
const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['Cel', '°C'],
  ['%RH', '%'],
  ['%EL', '%'],
  ['VA', 'V·A'],
])
export function unitSymbol(unit: string): string {
  return SYMBOLS.get(unit) ?? unit
}

/** A record whose name is that of the whole device says by its unit what it measures; two units are two points. */
const QUANTITIES: ReadonlyMap<string, string> = new Map([
  ['Cel', 'temperature'],
  ['K', 'temperature'],
  ['%RH', 'humidity'],
  ['lat', 'latitude'],
  ['lon', 'longitude'],
  ['%EL', 'battery'],
  ['V', 'voltage'],
  ['A', 'current'],
  ['W', 'power'],
  ['J', 'energy'],
  ['Wh', 'energy'],
  ['kWh', 'energy'],
  ['Hz', 'frequency'],
  ['Pa', 'pressure'],
  ['lx', 'illuminance'],
  ['m3', 'volume'],
  ['l', 'volume'],
  ['ppm', 'concentration'],
])
export function keyOfUnit(unit: string | null): string {
  if (unit === null) return 'value'
  return QUANTITIES.get(unit) ?? `value_${unit.replace(/[^A-Za-z0-9_]/g, '_')}`
}
