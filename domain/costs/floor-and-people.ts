// How much floor and how many people a month had, of all or of one party: means over its days, exactly. Pure.
import type { Id, LocalDate, Premises } from '#domain/registry/bundle.ts'
import { add, fraction, multiply, parseDecimalFraction, ZERO, type Fraction } from '#domain/quantity/fraction.ts'
import { dayNumber, monthDays, type MonthDays } from '#domain/quantity/local-date.ts'

/** m² of a month: of all spaces, or of those that a party held, by days. Null when there are none. */
export function floorOf({ spaces = [], tenancies = [] }: Premises, month: string, party: Id | null): Fraction | null {
  const days = monthDays(month)
  const area = spaces.reduce((sum, space) => {
    const m2 = parseDecimalFraction(space.areaM2) ?? ZERO
    if (party === null) return add(sum, m2)
    const held = tenancies.filter((one) => one.space === space.id && one.organisation === party)
    return held.reduce((all, row) => add(all, multiply(m2, partOf(row, days))), sum)
  }, ZERO)
  return area.n === 0n ? null : area
}

/** People of a month: of all bodies, or of one. Null when no headcount covers it. */
export function peopleOf({ headcounts = [] }: Premises, month: string, party: Id | null): Fraction | null {
  const days = monthDays(month)
  const people = headcounts
    .filter(({ organisation }) => party === null || organisation === party)
    .reduce((sum, row) => {
      const count = parseDecimalFraction(String(row.people)) ?? ZERO
      return add(sum, multiply(count, partOf(row, days)))
    }, ZERO)
  return people.n === 0n ? null : people
}

/** The part of a month's days that a row covers. */
function partOf({ from, to }: { from: LocalDate; to: LocalDate | null }, { first, end }: MonthDays): Fraction {
  const start = Math.max(first, dayNumber(from))
  const stop = to === null ? end : Math.min(end, dayNumber(to))
  return stop <= start ? ZERO : fraction(BigInt(stop - start), BigInt(end - first))
}
