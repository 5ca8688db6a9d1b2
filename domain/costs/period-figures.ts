// Key figures of a month or of a year's months: what it cost by type, party and source; per m² and person; use, weather and emissions. Pure.
import type { Decimal, Id } from '#domain/registry/bundle.ts'
import {
  add,
  divide,
  formatRounded,
  fraction,
  multiply,
  parseDecimalFraction,
  sum,
  ZERO,
  type Fraction,
} from '#domain/quantity/fraction.ts'
import { formatFixed } from '#domain/quantity/decimal.ts'
import { formatCents } from '#domain/quantity/money.ts'
import { unitFactor } from '#domain/quantity/units.ts'
import type { ItemSource, Settlement } from '#domain/settlement/settlement.ts'
import { sumOfLines, type CostLine } from './cost-lines.ts'
import { normalisedHeat } from './degree-days.ts'
import { emissionsOf, type KnownFactor } from './emissions.ts'
import type { Weather } from './weather.ts'

/** `actual` and `normal` null where they are not known; `missingDays` of the sensor. */
export type MonthWeather = {
  actual: Fraction | null
  normal: Fraction | null
  from: 'entered' | 'sensor' | null
  missingDays: number
}
export type MonthInput = {
  month: string
  status: Settlement['status']
  lines: readonly CostLine[]
  blocked: number
  floor: Fraction | null
  people: Fraction | null
  weather: MonthWeather
}
export type UsageFigures = {
  category: string
  unit: string
  quantity: Decimal
  /** Of `perM2` and `perPerson`: small enough for a figure that can be read. */
  perUnit: string
  perM2: Decimal | null
  perPerson: Decimal | null
  /** As in a normal year; null where the weather is not known or does not matter. */
  normalised: Decimal | null
}
export type PeriodFigures = {
  /** YYYY-MM or YYYY. */
  period: string
  /** Months that have costs. */
  months: number
  /** The least settled of its months: a year is closed when all its months are. */
  status: Settlement['status']
  blocked: number
  net: Decimal | null
  byCategory: { category: string; net: Decimal }[]
  byParty: { party: Id; net: Decimal }[]
  bySource: { source: ItemSource; net: Decimal }[]
  floorM2: Decimal | null
  people: Decimal | null
  netPerM2: Decimal | null
  netPerPerson: Decimal | null
  usage: UsageFigures[]
  degreeDays: { actual: Decimal | null; normal: Decimal | null; from: 'entered' | 'sensor' | null; missingDays: number }
  emissions: {
    kg: Decimal | null
    byCategory: { category: string; kg: Decimal; factors: Id[] }[]
    missing: string[]
  }
}

const STATUSES = ['draft', 'issued', 'closed'] as const
const MONEY_PLACES = 2
const PLACES = 3

/**
 * @param inputs the period's months; those without costs do not count
 * @param party whose shares; null for the whole. A party's use is the part of the quantity that it bears of the cost.
 */
export function periodFigures(
  period: string,
  inputs: readonly MonthInput[],
  party: Id | null,
  factors: readonly KnownFactor[],
  weather: Weather | null,
): PeriodFigures {
  const months = inputs.filter(({ lines, blocked }) => lines.length > 0 || blocked > 0)
  const lines = sumOfLines(months.map((one) => one.lines))
  const centsOf = (line: CostLine): bigint => (party === null ? line.cents : (line.shares.get(party) ?? 0n))
  const total = lines.length === 0 ? null : lines.reduce((all, line) => all + centsOf(line), 0n)
  const floor = meanOf(months.map((one) => one.floor))
  const people = meanOf(months.map((one) => one.people))
  const emitted = months.map((one) => ({ month: one.month, ...emissionsOf(one.lines, factors, one.month) }))
  const parties = sums(lines.flatMap((line) => [...line.shares]).filter(([one]) => party === null || one === party))
  return {
    period,
    months: months.length,
    status: STATUSES.find((status) => months.some((one) => one.status === status)) ?? 'draft',
    blocked: months.reduce((all, one) => all + one.blocked, 0),
    net: total === null ? null : formatCents(total),
    byCategory: sums(lines.map((line) => [line.category, centsOf(line)])).map(([category, cents]) => ({
      category,
      net: formatCents(cents),
    })),
    byParty: parties.map(([one, cents]) => ({ party: one, net: formatCents(cents) })),
    bySource: sums(lines.map((line) => [line.source, centsOf(line)])).map(([source, cents]) => ({
      source,
      net: formatCents(cents),
    })),
    floorM2: floor === null ? null : formatRounded(floor, MONEY_PLACES),
    people: people === null ? null : formatRounded(people, 1),
    netPerM2: perUnit(total, floor),
    netPerPerson: perUnit(total, people),
    usage: usageOf(months, party, weather, floor, people),
    degreeDays: degreeDaysOf(months),
    emissions: emissionsShown(emitted, party),
  }
}

/** Sums by key, the keys in alphabetical order; what adds up to nothing stays. */
function sums<K extends string>(rows: readonly (readonly [K, bigint])[]): [K, bigint][] {
  const all = new Map<K, bigint>()
  for (const [key, cents] of rows) all.set(key, (all.get(key) ?? 0n) + cents)
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1))
}
/** The mean of months; null when one is not known. */
function meanOf(values: readonly (Fraction | null)[]): Fraction | null {
  const known = values.filter((value) => value !== null)
  if (known.length === 0 || known.length < values.length) return null
  return divide(sum(known), fraction(BigInt(known.length)))
}
function perUnit(cents: bigint | null, of: Fraction | null): Decimal | null {
  if (cents === null || of === null || of.n === 0n) return null
  return fixed(divide(fraction(cents, 100n), of), MONEY_PLACES)
}
/** Rounded, with all its places: an amount in euros. */
function fixed(value: Fraction, places: number): Decimal {
  const [whole = '0', part = ''] = formatRounded(value, places).split('.')
  return `${whole}.${part.padEnd(places, '0')}`
}

/** Heat is billed in MWh or GJ; a square metre and a person use kWh. */
const perUnitOf = (unit: string): string => (unitFactor(unit, 'kWh') === null ? unit : 'kWh')

type Use = { unit: string; quantity: Fraction; normalised: Fraction | null }
function usageOf(
  months: readonly MonthInput[],
  party: Id | null,
  weather: Weather | null,
  floor: Fraction | null,
  people: Fraction | null,
): UsageFigures[] {
  const uses = new Map<string, Use>()
  for (const month of months)
    for (const [category, use] of usesOf(month, party, weather)) {
      const known = uses.get(category)
      const factor = known === undefined ? null : unitFactor(use.unit, known.unit)
      if (known === undefined || factor === null) {
        uses.set(category, use)
        continue
      }
      known.quantity = add(known.quantity, multiply(use.quantity, factor))
      known.normalised =
        known.normalised === null || use.normalised === null
          ? null
          : add(known.normalised, multiply(use.normalised, factor))
    }
  const per = (quantity: Fraction, unit: string, of: Fraction | null): Decimal | null =>
    of === null || of.n === 0n
      ? null
      : formatRounded(divide(multiply(quantity, unitFactor(unit, perUnitOf(unit)) ?? ZERO), of), PLACES)
  return [...uses]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([category, { unit, quantity, normalised }]) => ({
      category,
      unit,
      quantity: formatRounded(quantity, PLACES),
      perUnit: perUnitOf(unit),
      perM2: per(quantity, unit, floor),
      perPerson: per(quantity, unit, people),
      normalised: normalised === null ? null : formatRounded(normalised, PLACES),
    }))
}

/** What a month used, by cost type. */
function usesOf({ lines, weather: seen }: MonthInput, party: Id | null, weather: Weather | null): Map<string, Use> {
  const wholes = new Map<string, { unit: string; quantity: Fraction; borne: Fraction }>()
  for (const { category, quantity, cents, shares, source } of lines) {
    if (quantity === null || source === 'adjustment') continue
    const part = party === null || cents === 0n ? fraction(1n) : fraction(shares.get(party) ?? 0n, cents)
    const known = wholes.get(category) ?? { unit: quantity.unit, quantity: ZERO, borne: ZERO }
    const amount = multiply(quantity.amount, unitFactor(quantity.unit, known.unit) ?? ZERO)
    known.quantity = add(known.quantity, amount)
    known.borne = add(known.borne, multiply(amount, part))
    wholes.set(category, known)
  }
  return new Map(
    [...wholes].map(([category, { unit, quantity, borne }]): [string, Use] => {
      const normalised =
        weather?.categories.includes(category) === true ? normalisedOf(quantity, unit, seen, weather) : null
      const part = quantity.n === 0n ? ZERO : divide(borne, quantity)
      return [category, { unit, quantity: borne, normalised: normalised === null ? null : multiply(normalised, part) }]
    }),
  )
}

function normalisedOf(quantity: Fraction, unit: string, seen: MonthWeather, weather: Weather): Fraction | null {
  if (seen.actual === null || seen.normal === null) return null
  const hotWater = parseDecimalFraction(weather.hotWater) ?? ZERO
  const water = multiply(hotWater, unitFactor(weather.hotWaterUnit, unit) ?? ZERO)
  return normalisedHeat({ actual: seen.actual, normal: seen.normal }, quantity, water)
}

function degreeDaysOf(months: readonly MonthInput[]): PeriodFigures['degreeDays'] {
  const all = (of: 'actual' | 'normal'): Decimal | null => {
    const known = months.map(({ weather }) => weather[of]).filter((value) => value !== null)
    return known.length === 0 || known.length < months.length ? null : formatRounded(sum(known), 0)
  }
  return {
    actual: all('actual'),
    normal: all('normal'),
    from: months[0]?.weather.from ?? null,
    missingDays: months.reduce((days, { weather }) => days + weather.missingDays, 0),
  }
}

function emissionsShown(
  emitted: readonly ReturnType<typeof emissionsOf>[],
  party: Id | null,
): PeriodFigures['emissions'] {
  const byCategory = new Map<string, { grams: bigint; factors: Set<Id> }>()
  for (const { lines } of emitted)
    for (const { category, factor, grams, shares } of lines) {
      const known = byCategory.get(category) ?? { grams: 0n, factors: new Set<Id>() }
      known.grams += party === null ? grams : (shares.find((one) => one.party === party)?.grams ?? 0n)
      known.factors.add(factor)
      byCategory.set(category, known)
    }
  const rows = [...byCategory].sort(([a], [b]) => (a < b ? -1 : 1))
  const grams = rows.reduce((all, [, one]) => all + one.grams, 0n)
  return {
    kg: rows.length === 0 ? null : formatFixed(grams, PLACES),
    byCategory: rows.map(([category, one]) => ({
      category,
      kg: formatFixed(one.grams, PLACES),
      factors: [...one.factors].sort(),
    })),
    missing: [...new Set(emitted.flatMap((one) => one.missing))].sort(),
  }
}
