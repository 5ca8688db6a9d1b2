// A year against its budget: per category and month what was budgeted, what is borne, what last year was, and what the year will come to.
import { formatCents, parseCents } from '#domain/quantity/money.ts'
import { monthIndex, monthOfIndex } from '#domain/quantity/local-date.ts'
import type { Decimal, Id } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import type { Budget, BudgetSpread } from './budget.ts'
import { missingOf, monthsOfYear, sharesByCategory } from './party-figures.ts'

/** What a month counts with in the forecast. */
export type ForecastFrom = 'actual' | 'last-year' | 'budget' | 'nothing'
export type BudgetMonth = {
  month: string
  /** Null without a budget. */
  budget: Decimal | null
  /** What is borne: of the running month so far. Null for a month to come. */
  actual: Decimal | null
  lastYear: Decimal | null
  forecast: Decimal
}
export type BudgetSums = {
  budget: Decimal | null
  closed: Decimal
  /** Issued and draft months that have ended. */
  open: Decimal
  /** The running month so far. */
  soFar: Decimal
  lastYear: Decimal | null
  forecast: Decimal
  /** Forecast less budget: above zero is more than was budgeted. */
  difference: Decimal | null
}
export type BudgetRow = BudgetSums & { category: string; spread: BudgetSpread | null; months: BudgetMonth[] }
export type BudgetReport = {
  year: number
  party: Id
  /** State of each month and whence the forecast takes it; null for a month to come. `missing`: categories that its figures lack, or lack a part of. */
  months: {
    month: string
    status: Settlement['status'] | null
    ended: boolean
    forecastFrom: ForecastFrom
    missing: string[]
  }[]
  rows: BudgetRow[]
  total: BudgetSums & { months: BudgetMonth[] }
}

export type BudgetFigures = {
  year: number
  party: Id
  budget: Budget | null
  /** Of this year and last year, by month; months to come are not there. */
  settlements: ReadonlyMap<string, Settlement>
  /** The running month, `YYYY-MM`. */
  thisMonth: string
  /** What months to come are forecast by, where both are to be had. */
  forecastBy: 'last-year' | 'budget'
}

/** All amounts are net of VAT; rows and months add up to the total exactly. */
export function budgetReport(given: BudgetFigures): BudgetReport {
  const { year, party, budget, settlements, thisMonth, forecastBy } = given
  const months = monthsOfYear(year)
  const figures = new Map([...settlements].map(([month, one]) => [month, sharesByCategory(one, party)]))
  const monthBefore = (month: string): string => monthOfIndex(monthIndex(month) - 12)
  const ended = (month: string): boolean => month < thisMonth
  const hasLastYear = (month: string): boolean => (figures.get(monthBefore(month))?.size ?? 0) > 0
  const fromOf = (month: string): ForecastFrom => {
    if (ended(month)) return 'actual'
    const orders = forecastBy === 'last-year' ? (['last-year', 'budget'] as const) : (['budget', 'last-year'] as const)
    return orders.find((one) => (one === 'budget' ? budget !== null : hasLastYear(month))) ?? 'nothing'
  }
  const heads = months.map((month) => ({
    month,
    status: settlements.get(month)?.status ?? null,
    ended: ended(month),
    forecastFrom: fromOf(month),
    missing: missingOf(settlements.get(month) ?? { items: [] }),
  }))
  const categories = new Set(budget?.lines.map(({ category }) => category))
  for (const month of months)
    for (const one of [month, monthBefore(month)])
      for (const category of figures.get(one)?.keys() ?? []) categories.add(category)

  const cellsOf = (category: string): Cell[] => {
    const line = budget?.lines.find((one) => one.category === category)
    return heads.map(({ month, forecastFrom }, i) => {
      const budgeted = budget === null ? null : (parseCents(line?.months[i] ?? '0') ?? 0n)
      const actual = settlements.has(month) ? (figures.get(month)?.get(category) ?? 0n) : null
      const lastYear = hasLastYear(month) ? (figures.get(monthBefore(month))?.get(category) ?? 0n) : null
      const forecast = { actual, 'last-year': lastYear, budget: budgeted, nothing: 0n }[forecastFrom] ?? 0n
      return { budget: budgeted, actual, lastYear, forecast }
    })
  }
  const shown = (cells: readonly Cell[]): BudgetMonth[] =>
    cells.map((cell, i) => ({
      month: months[i] ?? '',
      budget: orNull(cell.budget),
      actual: orNull(cell.actual),
      lastYear: orNull(cell.lastYear),
      forecast: formatCents(cell.forecast),
    }))
  const sums = (cells: readonly Cell[]): BudgetSums => {
    const sumOf = (of: (cell: Cell, i: number) => bigint | null): bigint =>
      cells.reduce((sum, cell, i) => sum + (of(cell, i) ?? 0n), 0n)
    const lastYear = sumOf(({ lastYear: one }) => one)
    const budgeted = sumOf(({ budget: one }) => one)
    const forecast = sumOf((cell) => cell.forecast)
    const isClosed = (i: number): boolean => heads[i]?.status === 'closed'
    return {
      budget: budget === null ? null : formatCents(budgeted),
      closed: formatCents(sumOf(({ actual }, i) => (isClosed(i) ? actual : 0n))),
      open: formatCents(sumOf(({ actual }, i) => (!isClosed(i) && heads[i]?.ended === true ? actual : 0n))),
      soFar: formatCents(sumOf(({ actual }, i) => (!isClosed(i) && heads[i]?.ended === false ? actual : 0n))),
      lastYear: cells.some((cell) => cell.lastYear !== null) ? formatCents(lastYear) : null,
      forecast: formatCents(forecast),
      difference: budget === null ? null : formatCents(forecast - budgeted),
    }
  }
  const rows = [...categories].toSorted().map((category) => ({ category, cells: cellsOf(category) }))
  const all = heads.map((_, i): Cell => ({
    budget: together(
      rows.map(({ cells }) => cells[i]?.budget ?? null),
      budget !== null,
    ),
    actual: together(
      rows.map(({ cells }) => cells[i]?.actual ?? null),
      settlements.has(months[i] ?? ''),
    ),
    lastYear: together(
      rows.map(({ cells }) => cells[i]?.lastYear ?? null),
      hasLastYear(months[i] ?? ''),
    ),
    forecast: rows.reduce((sum, { cells }) => sum + (cells[i]?.forecast ?? 0n), 0n),
  }))
  return {
    year,
    party,
    months: heads,
    rows: rows.map(({ category, cells }) => ({
      category,
      spread: budget?.lines.find((one) => one.category === category)?.spread ?? null,
      months: shown(cells),
      ...sums(cells),
    })),
    total: { months: shown(all), ...sums(all) },
  }
}

type Cell = { budget: bigint | null; actual: bigint | null; lastYear: bigint | null; forecast: bigint }
const orNull = (cents: bigint | null): Decimal | null => (cents === null ? null : formatCents(cents))
const together = (cents: readonly (bigint | null)[], there: boolean): bigint | null =>
  there ? cents.reduce<bigint>((sum, one) => sum + (one ?? 0n), 0n) : null
