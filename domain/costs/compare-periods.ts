// Two months or years of costs side by side: what rose and fell, and why. The reasons of a line add up to its change to the cent. Pure.
import type { Id } from '#domain/registry/bundle.ts'
import { divide, fraction, multiply, round, subtract, ZERO, type Fraction } from '#domain/quantity/fraction.ts'
import { unitFactor } from '#domain/quantity/units.ts'
import type { ItemSource } from '#domain/settlement/settlement.ts'
import type { CostLine, Quantity } from './cost-lines.ts'

/**
 * Why a line changed: it is new or gone; its weather, its volume beyond the weather, its price, or (without a metered quantity)
 * its amount; a party's share of it; or it corrects earlier months.
 */
export const CHANGE_REASONS = ['new', 'gone', 'weather', 'volume', 'price', 'amount', 'share', 'adjustment'] as const
export type ChangeReason = (typeof CHANGE_REASONS)[number]
export type LineChange = {
  key: string
  category: string
  source: ItemSource
  /** Its items in either period. */
  beforeItems: string[]
  afterItems: string[]
  beforeCents: bigint
  afterCents: bigint
  quantity: { unit: string; before: Fraction; after: Fraction } | null
  reasons: { reason: ChangeReason; cents: bigint }[]
}
export type PeriodComparison = {
  beforeCents: bigint
  afterCents: bigint
  reasons: { reason: ChangeReason; cents: bigint }[]
  /** The largest change first. */
  lines: LineChange[]
}
/** How much of a category's quantity would have changed with the weather alone: a factor of the first period's quantity, less one. */
export type WeatherOf = (category: string, before: Quantity) => Fraction | null

/** @param party whose shares are compared; null for the whole costs */
export function comparePeriods(
  before: readonly CostLine[],
  after: readonly CostLine[],
  party: Id | null,
  weatherOf: WeatherOf = () => null,
): PeriodComparison {
  const now = new Map(after.map((line) => [line.key, line]))
  const then = new Map(before.map((line) => [line.key, line]))
  const lines = [...new Set([...then.keys(), ...now.keys()])]
    .map((key) => changeOf(then.get(key) ?? null, now.get(key) ?? null, party, weatherOf))
    .filter((line) => line !== null)
    .sort((a, b) => sizeOf(b) - sizeOf(a) || (a.key < b.key ? -1 : 1))
  return {
    beforeCents: lines.reduce((sum, line) => sum + line.beforeCents, 0n),
    afterCents: lines.reduce((sum, line) => sum + line.afterCents, 0n),
    reasons: CHANGE_REASONS.flatMap((reason) => {
      const parts = lines.flatMap((line) => line.reasons.filter((one) => one.reason === reason))
      const cents = parts.reduce((sum, one) => sum + one.cents, 0n)
      return parts.length === 0 ? [] : [{ reason, cents }]
    }),
    lines,
  }
}

const sizeOf = ({ beforeCents, afterCents }: LineChange): number => Math.abs(Number(afterCents - beforeCents))

function changeOf(a: CostLine | null, b: CostLine | null, party: Id | null, weatherOf: WeatherOf): LineChange | null {
  const line = b ?? a
  if (line === null) return null
  const shareOf = (one: CostLine | null): bigint =>
    one === null ? 0n : party === null ? one.cents : (one.shares.get(party) ?? 0n)
  const [beforeCents, afterCents] = [shareOf(a), shareOf(b)]
  if (party !== null && beforeCents === 0n && afterCents === 0n) return null
  const change = afterCents - beforeCents
  const factor = a?.quantity == null || b?.quantity == null ? null : unitFactor(a.quantity.unit, b.quantity.unit)
  return {
    key: line.key,
    category: line.category,
    source: line.source,
    beforeItems: a?.items ?? [],
    afterItems: b?.items ?? [],
    beforeCents,
    afterCents,
    quantity:
      factor === null || a?.quantity == null || b?.quantity == null
        ? null
        : { unit: b.quantity.unit, before: multiply(a.quantity.amount, factor), after: b.quantity.amount },
    reasons: reasonsOf(a, b, change, { beforeCents, party }, weatherOf).filter(({ cents }) => cents !== 0n),
  }
}

type Part = { reason: ChangeReason; cents: bigint }
function reasonsOf(
  a: CostLine | null,
  b: CostLine | null,
  change: bigint,
  { beforeCents, party }: { beforeCents: bigint; party: Id | null },
  weatherOf: WeatherOf,
): Part[] {
  if ((b ?? a)?.source === 'adjustment') return [{ reason: 'adjustment', cents: change }]
  if (a === null) return [{ reason: 'new', cents: change }]
  if (b === null) return [{ reason: 'gone', cents: change }]
  const whole = wholeReasons(a, b, weatherOf)
  if (party === null) return whole
  // Of each reason the part that the party had of the line before; what is left over is its share having changed.
  if (a.cents === 0n) return [{ reason: 'share', cents: change }]
  const had = fraction(beforeCents, a.cents)
  const own = whole.map(({ reason, cents }) => ({ reason, cents: round(multiply(fraction(cents), had)) }))
  const share = change - own.reduce((sum, { cents }) => sum + cents, 0n)
  return [...own, { reason: 'share', cents: share }]
}

/** The change of a line's cents: volume at the first period's mean price, the rest is its price. */
function wholeReasons(a: CostLine, b: CostLine, weatherOf: WeatherOf): Part[] {
  const change = b.cents - a.cents
  const factor = a.quantity === null || b.quantity === null ? null : unitFactor(b.quantity.unit, a.quantity.unit)
  if (factor === null || a.quantity === null || b.quantity === null || a.quantity.amount.n <= 0n)
    return [{ reason: 'amount', cents: change }]
  const grown = subtract(divide(multiply(b.quantity.amount, factor), a.quantity.amount), fraction(1n))
  const volume = round(multiply(fraction(a.cents), grown))
  const weather = round(multiply(fraction(a.cents), weatherOf(a.category, a.quantity) ?? ZERO))
  return [
    { reason: 'weather', cents: weather },
    { reason: 'volume', cents: volume - weather },
    { reason: 'price', cents: change - volume },
  ]
}
