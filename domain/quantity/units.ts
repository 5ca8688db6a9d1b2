// Units that can be settled, by family, with exact factors; and the units of prices.
import { divide, fraction } from './fraction.ts'
import type { Fraction } from './fraction.ts'

export type UnitFamily = 'energy' | 'volume'

/** Each unit in the base unit of its family: Wh or l. A gigajoule is 1/3.6 MWh. */
const UNITS: ReadonlyMap<string, { family: UnitFamily; inBase: Fraction }> = new Map([
  ['Wh', { family: 'energy', inBase: fraction(1n) }],
  ['kWh', { family: 'energy', inBase: fraction(1_000n) }],
  ['MWh', { family: 'energy', inBase: fraction(1_000_000n) }],
  ['GJ', { family: 'energy', inBase: fraction(10_000_000n, 36n) }],
  ['l', { family: 'volume', inBase: fraction(1n) }],
  ['m3', { family: 'volume', inBase: fraction(1_000n) }],
])

/** The family of a unit that can be settled, else null. */
export function unitFamily(unit: string): UnitFamily | null {
  return UNITS.get(unit)?.family ?? null
}

/** How many `to` one `from` is (kWh in MWh: 1/1000); null when they are not of one family. */
export function unitFactor(from: string, to: string): Fraction | null {
  const a = UNITS.get(from)
  const b = UNITS.get(to)
  return a === undefined || b === undefined || a.family !== b.family ? null : divide(a.inBase, b.inBase)
}

/** What a price is per: `EUR/MWh` is per MWh; null for anything but euros per a unit that can be settled. */
export function parsePriceUnit(unit: string): string | null {
  if (!unit.startsWith('EUR/')) return null
  const per = unit.slice(4)
  return UNITS.has(per) ? per : null
}

/** A price in `priceUnit` × this factor is a price per `unit` (EUR/MWh to kWh: 1/1000); null when they do not fit. */
export function priceFactor(priceUnit: string, unit: string): Fraction | null {
  const per = parsePriceUnit(priceUnit)
  return per === null ? null : unitFactor(unit, per)
}
