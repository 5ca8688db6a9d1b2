// Which points of devices tell of the air of the space that they are in.
import type { Device, Point } from '#domain/registry/bundle.ts'

export const COMFORT_QUANTITIES = ['temperature', 'co2'] as const
export type ComfortQuantity = (typeof COMFORT_QUANTITIES)[number]

const AIR = /^(?:(?:room|air|indoor|zone)-)?temperature$/
const CO2 = /^(?:(?:room|air|indoor|zone)-)?co2$/

/** The point of a device that measures the quantity in the air of its space, or null; ducts, pipes and outdoors are not that. */
export function comfortPoint({ points = [], space, type }: Device, quantity: ComfortQuantity): Point | null {
  if (space === undefined || space === null || NOT_ROOM.has(type ?? '')) return null
  const [form, unit] = quantity === 'temperature' ? ([AIR, '°C'] as const) : ([CO2, 'ppm'] as const)
  return points.find(({ key, unit: own }) => form.test(key) && (own === undefined || own === unit)) ?? null
}
/** Devices whose temperature is their own, or of what they carry. */
const NOT_ROOM: ReadonlySet<string> = new Set([
  'weather-station',
  'freezer',
  'fridge',
  'cold-storage',
  'water-heater',
  'heat-meter',
  'ventilation-unit',
])
