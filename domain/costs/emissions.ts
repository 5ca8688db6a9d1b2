// Emissions of what was used: quantity × a dated factor, told apart by cost type. The factors are facts that people enter with their source. Pure.
import type { Decimal, Id, LocalDate } from '#domain/registry/bundle.ts'
import { paperKind } from '#domain/ports/papers.ts'
import { fraction, multiply, parseDecimalFraction, round } from '#domain/quantity/fraction.ts'
import { divideByWeights } from '#domain/quantity/largest-remainder.ts'
import { unitFactor } from '#domain/quantity/units.ts'
import type { CostLine } from './cost-lines.ts'

/**
 * How much one unit of a cost type emits, in grams of CO2 equivalents, from a date until the next factor of the same cost type;
 * of one premises (its supplier's, say) or, without, of all. Nothing is ever assumed: without a factor nothing is said.
 */
export type EmissionFactor = {
  category: string
  unit: 'kWh' | 'MWh' | 'm3'
  /** gCO2e per `unit`. */
  grams: Decimal
  from: LocalDate
  /** Where the figure was taken from, in words that let another person find it. */
  source: string
}
export const EMISSION_FACTOR = paperKind<EmissionFactor>('emission-factor')
export type KnownFactor = EmissionFactor & { id: Id; premises: Id | null }

/** The factor of a cost type on the first day of a month: that of the premises before that of all, then the newest. */
export function factorFor(factors: readonly KnownFactor[], category: string, month: string): KnownFactor | null {
  const day = `${month}-01`
  return (
    factors
      .filter((one) => one.category === category && one.from <= day)
      .sort((a, b) => Number(b.premises !== null) - Number(a.premises !== null) || (a.from < b.from ? 1 : -1))[0] ??
    null
  )
}

export type LineEmission = { category: string; factor: Id; grams: bigint; shares: { party: Id; grams: bigint }[] }
/**
 * Grams of CO2e of a month's metered lines, rounded to whole grams; a party bears them as it bears the line's cents.
 * `missing` are cost types with a metered quantity that no factor fits.
 */
export function emissionsOf(
  lines: readonly CostLine[],
  factors: readonly KnownFactor[],
  month: string,
): { lines: LineEmission[]; missing: string[] } {
  const found: LineEmission[] = []
  const missing = new Set<string>()
  for (const { category, quantity, shares, source } of lines) {
    if (quantity === null || source === 'adjustment') continue
    const factor = factorFor(factors, category, month)
    const perUnit = factor === null ? null : unitFactor(quantity.unit, factor.unit)
    const each = factor === null ? null : parseDecimalFraction(factor.grams)
    if (factor === null || perUnit === null || each === null) {
      missing.add(category)
      continue
    }
    const grams = round(multiply(multiply(quantity.amount, perUnit), each))
    const weights = [...shares].map(([party, cents]) => ({ party, weight: fraction(cents < 0n ? 0n : cents) }))
    const parts = divideByWeights(
      grams,
      weights.map(({ weight }) => weight),
    )
    found.push({
      category,
      factor: factor.id,
      grams,
      shares: weights.map(({ party }, i) => ({ party, grams: parts?.[i]?.cents ?? 0n })),
    })
  }
  return { lines: found, missing: [...missing].sort() }
}
