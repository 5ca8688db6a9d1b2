// Unusual change of a category or an item against another month, each by its number of days.
import type { MonthTerms } from '#domain/agreement/month-terms.ts'
import {
  compare,
  divide,
  formatRounded,
  fraction,
  multiply,
  parseDecimalFraction,
  subtract,
  ZERO,
} from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { monthDays } from '#domain/quantity/local-date.ts'
import { formatCents, inCents, parseCents } from '#domain/quantity/money.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import type { Finding } from './finding.ts'

type Thresholds = Pick<MonthTerms, 'unusualPart' | 'unusualEuros'>

/**
 * What the other month would have cost with the days of this one, against this month. Adjustments are left out: they are of
 * other months. An item that only one of the months has is told by its category alone.
 */
export function changesAgainst(settlement: Settlement, other: Settlement, thresholds: Thresholds): Finding[] {
  const days = daysOf(settlement.period)
  const ratio = fraction(days, daysOf(other.period))
  const [now, then] = [byItem(settlement), byItem(other)]
  const found: Finding[] = []
  const items = new Map<string, { items: string[]; finding: Finding }[]>()
  for (const [item, { cents, category, ids }] of now) {
    const before = then.get(item)
    if (before === undefined || cents === null || before.cents === null) continue
    const change = unusual(cents, multiply(fraction(before.cents), ratio), thresholds)
    if (change === null) continue
    const figures = { ...change, category, against: other.period }
    const of = items.get(category) ?? []
    of.push({ items: ids, finding: { code: 'changed-item', severity: 'warn', items: ids, figures } })
    items.set(category, of)
  }
  const categories = new Set([...now.values(), ...then.values()].map(({ category }) => category))
  for (const category of categories) {
    const ofNow = [...now.values()].filter((one) => one.category === category)
    const ofThen = [...then.values()].filter((one) => one.category === category)
    const own = items.get(category) ?? []
    // Without an amount of each side there is nothing to compare: a blocked item is told by itself.
    const isWhole = [...ofNow, ...ofThen].every(({ cents }) => cents !== null)
    const total = (list: typeof ofNow): bigint => list.reduce((sum, { cents }) => sum + (cents ?? 0n), 0n)
    const change = isWhole ? unusual(total(ofNow), multiply(fraction(total(ofThen)), ratio), thresholds) : null
    // A category of one item says the same as the item.
    if (change !== null && !(own.length === 1 && ofNow.length === 1 && ofThen.length === 1)) {
      const figures = { ...change, category, against: other.period }
      const ids = ofNow.flatMap((one) => one.ids)
      // A new kind of cost is no change of an old one.
      const severity = total(ofThen) === 0n ? 'note' : 'warn'
      found.push({ code: 'changed-category', severity, items: ids, figures })
    }
    found.push(...own.map(({ finding }) => finding))
  }
  return found
}

/** By item without its segments. */
function byItem({ items }: Settlement): Map<string, { cents: bigint | null; category: string; ids: string[] }> {
  const found = new Map<string, { cents: bigint | null; category: string; ids: string[] }>()
  for (const { id, source, category, net } of items) {
    if (source === 'adjustment') continue
    const key = id.replace(/@\d{4}-\d{2}-\d{2}$/, '')
    const cents = net === null ? null : parseCents(net)
    const known = found.get(key)
    if (known === undefined) found.set(key, { cents, category, ids: [id] })
    else {
      known.cents = known.cents === null || cents === null ? null : known.cents + cents
      known.ids.push(id)
    }
  }
  return found
}

function unusual(cents: bigint, expected: Fraction, terms: Thresholds): Record<string, string> | null {
  const difference = subtract(fraction(cents), expected)
  const size = absolute(difference)
  if (compare(size, inCents(parseDecimalFraction(terms.unusualEuros) ?? ZERO)) < 0) return null
  const limit = multiply(absolute(expected), parseDecimalFraction(terms.unusualPart) ?? ZERO)
  if (compare(size, limit) <= 0) return null
  const shown = BigInt(formatRounded(expected, 0))
  return {
    now: formatCents(cents),
    expected: formatCents(shown),
    difference: formatCents(cents - shown),
    ...(expected.n === 0n ? {} : { part: formatRounded(divide(difference, absolute(expected)), 4) }),
  }
}

const absolute = (a: Fraction): Fraction => (a.n < 0n ? { n: -a.n, d: a.d } : a)
const daysOf = (month: string): bigint => {
  const { first, end } = monthDays(month)
  return BigInt(end - first)
}
