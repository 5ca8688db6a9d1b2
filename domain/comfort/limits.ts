// Limits of room temperature and carbon dioxide, with where they stand. Both sources give carbon dioxide above that of the outdoor air.

/** `new-building`: what a new building is designed for; `action`: from where a health authority may ask for mending. */
export const LIMIT_SETS = ['new-building', 'action'] as const
export type LimitSet = (typeof LIMIT_SETS)[number]
/** Degrees Celsius, both ends within. */
export type Range = readonly [lowest: number, highest: number]
export type ComfortLimits = {
  set: LimitSet
  heating: Range
  otherwise: Range
  /** Above the outdoor air, ppm. */
  co2AboveOutdoor: number
}

export const COMFORT_LIMITS: Record<LimitSet, ComfortLimits> = {
  // Ympäristöministeriön asetus uuden rakennuksen sisäilmastosta ja ilmanvaihdosta (1009/2017), 4 § and 5 § (1 450 mg/m³).
  'new-building': { set: 'new-building', heating: [20, 25], otherwise: [20, 27], co2AboveOutdoor: 800 },
  // Asumisterveysasetus (STM 545/2015), 6 § and annex 1 (dwellings), 8 § (2 100 mg/m³). It leaves out spaces where people only work.
  action: { set: 'action', heating: [18, 26], otherwise: [18, 32], co2AboveOutdoor: 1150 },
}
/** What is taken for the outdoor air where nobody measures it, ppm. */
export const OUTDOOR_CO2 = 420
/** The decrees speak of the heating season without naming months: these are taken for it. */
export const HEATING_MONTHS: readonly number[] = [10, 11, 12, 1, 2, 3, 4]

export const temperatureRange = (limits: ComfortLimits, month: number): Range =>
  HEATING_MONTHS.includes(month) ? limits.heating : limits.otherwise
export const co2Range = (limits: ComfortLimits): Range => [0, OUTDOOR_CO2 + limits.co2AboveOutdoor]
