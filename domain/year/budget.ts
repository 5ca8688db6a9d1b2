// A budget of one party for one year of a premises: euros per category and month, without VAT; a year's sum is spread to the cent.
import type { Problem } from '#domain/failure.ts'
import { paperKind } from '#domain/ports/papers.ts'
import { fraction } from '#domain/quantity/fraction.ts'
import { divideByWeights } from '#domain/quantity/largest-remainder.ts'
import { formatCents, parseCents } from '#domain/quantity/money.ts'
import type { Decimal, Id } from '#domain/registry/bundle.ts'

/** How the months came about: given one by one, a twelfth each, or by the shape that last year had. */
export const BUDGET_SPREADS = ['months', 'even', 'last-year'] as const
export type BudgetSpread = (typeof BUDGET_SPREADS)[number]
/** What its party says: twelve months, or a year to be spread. */
export type BudgetWanted = { category: string; year?: Decimal; months?: Decimal[]; spread?: 'even' | 'last-year' }
export type BudgetLine = { category: string; spread: BudgetSpread; months: Decimal[] }
export type Budget = { year: number; party: Id; lines: BudgetLine[] }
/** State `own` (its party alone sees it) or `shared` (everyone who sees the premises). */
export const BUDGET = paperKind<Budget>('budget')

export const BUDGET_LINES = 100

/** Lines as they are kept, and what is wrong with them (pointers into `lines`). `lastYear` is cents by category, twelve months each. */
export function budgetLines(
  wanted: readonly BudgetWanted[],
  lastYear: ReadonlyMap<string, readonly bigint[]>,
): { lines: BudgetLine[]; problems: Problem[] } {
  const problems: Problem[] = []
  const seen = new Set<string>()
  const lines = wanted.flatMap(({ category, year, months, spread = 'last-year' }, i): BudgetLine[] => {
    const say = (field: string, code: string, message: string): [] => {
      problems.push({ pointer: `/lines/${i}${field}`, code, message })
      return []
    }
    if (seen.has(category)) return say('/category', 'duplicate', `${category} has a line already`)
    seen.add(category)
    if ((year === undefined) === (months === undefined)) return say('', 'form', 'has either a year or twelve months')
    if (months !== undefined) {
      const cents = months.map(parseCents)
      const wrong = cents.indexOf(null)
      if (wrong >= 0) return say(`/months/${wrong}`, 'money', 'is no amount in euros with at most two decimals')
      if (cents.length !== 12) return say('/months', 'form', 'has twelve amounts')
      return [{ category, spread: 'months', months: cents.map((one) => formatCents(one ?? 0n)) }]
    }
    const whole = parseCents(year ?? '')
    if (whole === null) return say('/year', 'money', 'is no amount in euros with at most two decimals')
    const shape = spread === 'last-year' ? lastYear.get(category) : undefined
    const shaped = shape?.some((cents) => cents > 0n) === true
    return [
      {
        category,
        spread: shaped ? 'last-year' : 'even',
        months: spreadYear(whole, shaped ? (shape ?? []) : []).map(formatCents),
      },
    ]
  })
  return { lines, problems }
}

/** Twelve months that add up to the year; months of the shape that are below zero count as nothing. Without a shape all weigh the same. */
export function spreadYear(cents: bigint, shape: readonly bigint[]): bigint[] {
  const weights = Array.from({ length: 12 }, (_, i) => {
    const weight = shape.length === 0 ? 1n : (shape[i] ?? 0n)
    return fraction(weight > 0n ? weight : 0n)
  })
  const parts = divideByWeights(cents, weights)
  if (parts === null) throw new Error('a shape without any month above zero')
  return parts.map((part) => part.cents)
}
