// Budgets of parties: kept, read from a table, and the year's months held against them.
import type { BudgetAnswer, BudgetWanted, ThisMonth } from '#contract/budgets.ts'
import { Failure } from '#domain/failure.ts'
import { amountHint, decimalOfCell, isAmbiguousAmount } from '#domain/imports/cells.ts'
import type { ImportTable } from '#domain/imports/import.ts'
import { formatCents } from '#domain/quantity/money.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Actor, Scope } from '#domain/ports/records.ts'
import type { Id, Premises } from '#domain/registry/bundle.ts'
import { allPapers } from '#domain/registry/list-all.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import {
  BUDGET,
  BUDGET_LINES,
  budgetLines,
  type Budget,
  type BudgetLine,
  type BudgetWanted as Wanted,
} from '#domain/year/budget.ts'
import { budgetReport } from '#domain/year/budget-report.ts'
import { missingOf, monthsOfYear, sharesByCategory } from '#domain/year/party-figures.ts'
import { costCategoryOf } from '#domain/imports/cost-category.ts'
import { monthIndex, monthOfIndex } from '#domain/quantity/local-date.ts'
import type { RouteParts } from '#api/parts.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { paperIdOf } from './year-access.ts'

type StoredBudget = StoredPaper<Budget>
const idOf = (premises: Id, year: number, party: Id): Id => paperIdOf('budget', [premises, year, party])
const TOTAL_WORDS = new Set(['yhteensä', 'totalt', 'total', 'summa', 'sum'])

export const budgetOf = (
  { records }: RouteParts,
  scope: Scope,
  premises: Id,
  year: number,
  party: Id,
): Promise<StoredBudget | null> => records.getPaper(scope, BUDGET, idOf(premises, year, party))

/** The month that runs at the premises. */
export const monthNow = ({ now }: RouteParts, { timeZone }: Premises): string =>
  Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(timeZone).toPlainDate().toString().slice(0, 7)

async function figuresOf(
  settlements: Settlements,
  premises: Premises,
  months: readonly string[],
): Promise<Map<string, Settlement>> {
  return new Map((await settlements.figures(premises.id, months)).map((one) => [one.period, one]))
}

/** The year of a party against its budget, where the scope sees that; of another party only when it is shared. @throws Failure 'not-found'. */
export async function budgetAnswer(
  parts: RouteParts,
  settlements: Settlements,
  scope: Scope,
  premises: Premises,
  year: number,
  party: Id,
  forecastBy: 'last-year' | 'budget',
): Promise<BudgetAnswer> {
  const stored = await budgetOf(parts, scope, premises.id, year, party)
  const seen: Id[] = []
  for await (const { body } of allPapers(parts.records, scope, BUDGET, { premises: premises.id }))
    if (body.year === year) seen.push(body.party)
  if (stored === null && scope.organisation !== null && scope.organisation !== party)
    throw new Failure('not-found', `${party} has no budget of ${year} that it shares.`)
  const thisMonth = monthNow(parts, premises)
  const months = [...monthsOfYear(year - 1), ...monthsOfYear(year)].filter((month) => month <= thisMonth)
  const report = budgetReport({
    year,
    party,
    budget: stored?.body ?? null,
    settlements: await figuresOf(settlements, premises, months),
    thisMonth,
    forecastBy,
  })
  return {
    report,
    version: stored?.version ?? 0,
    shared: stored?.state === 'shared',
    parties: [...new Set([...(scope.organisation === null ? [] : [scope.organisation]), ...seen])].toSorted(),
  }
}

/** @throws Failure 'invalid-body' with pointers into `lines`. */
export async function saveBudget(
  parts: RouteParts,
  settlements: Settlements,
  premises: Premises,
  year: number,
  party: Id,
  wanted: BudgetWanted,
  expectedVersion: number,
  actor: Actor,
): Promise<{ version: number; lines: BudgetLine[] }> {
  const thisMonth = monthNow(parts, premises)
  const before = monthsOfYear(year - 1).filter((month) => month <= thisMonth)
  const byLastYear = wanted.lines.some((line) => line.year !== undefined && line.spread !== 'even')
  const found = byLastYear ? await figuresOf(settlements, premises, before) : new Map<string, Settlement>()
  const { lines, problems } = budgetLines(wanted.lines, shapeOf(found, year - 1, party))
  if (problems.length > 0) throw new Failure('invalid-body', 'The budget is not right.', { problems })
  const { versions } = await parts.records.changePapers(
    {
      papers: [
        {
          kind: BUDGET,
          paper: {
            id: idOf(premises.id, year, party),
            premises: premises.id,
            audience: wanted.shared ? 'premises' : [party],
            state: wanted.shared ? 'shared' : 'own',
            dueAt: null,
            body: { year, party, lines } satisfies Budget,
          },
          expectedVersion,
        },
      ],
    },
    actor,
    'budget.put',
  )
  return { version: versions[0] ?? 1, lines }
}

/** Cents by category, a figure for each month of the year; nothing when the year is not known whole: then it has no shape. */
function shapeOf(settlements: ReadonlyMap<string, Settlement>, year: number, party: Id): Map<string, bigint[]> {
  const shape = new Map<string, bigint[]>()
  const isWhole = monthsOfYear(year).every((month) => {
    const settlement = settlements.get(month)
    return settlement !== undefined && sharesByCategory(settlement, party).size > 0
  })
  if (!isWhole) return shape
  for (const [i, month] of monthsOfYear(year).entries()) {
    const settlement = settlements.get(month)
    if (settlement === undefined) continue
    for (const [category, cents] of sharesByCategory(settlement, party)) {
      const months = shape.get(category) ?? Array.from({ length: 12 }, () => 0n)
      months[i] = cents
      shape.set(category, months)
    }
  }
  return shape
}

/** A table of categories and either a year or twelve months as a budget. Rows of totals and empty rows are passed over. @throws Failure 'invalid-body' by row. */
export function budgetOfTable({ header, rows, lines: numbers }: ImportTable): Wanted[] {
  const byMonth = header.length >= 13
  if (header.length < 2)
    throw new Failure(
      'invalid-body',
      'The file has a column of cost types, and either one of the year or twelve of the months.',
    )
  const problems: { pointer: string; code: string; message: string }[] = []
  const wanted = rows.flatMap((row, i): Wanted[] => {
    const name = (row[0] ?? '').trim()
    if (name === '' || TOTAL_WORDS.has(name.toLowerCase())) return []
    const cells = (byMonth ? row.slice(1, 13) : row.slice(1, 2)).map((cell) =>
      cell.trim() === '' ? '0' : isAmbiguousAmount(cell) ? null : decimalOfCell(cell),
    )
    const wrong = cells.indexOf(null)
    if (wrong >= 0) {
      const text = row[wrong + 1] ?? ''
      problems.push({
        pointer: `/rows/${numbers[i] ?? i + 1}/${wrong + 1}`,
        code: 'money',
        message: isAmbiguousAmount(text) ? amountHint(text) : `“${text}” is no amount in euros`,
      })
      return []
    }
    const amounts = cells.map((cell) => cell ?? '0')
    const category = costCategoryOf(name.replace(/^'/, ''))
    while (byMonth && amounts.length < 12) amounts.push('0')
    return [byMonth ? { category, months: amounts } : { category, year: amounts[0] ?? '0' }]
  })
  if (wanted.length === 0 && problems.length === 0)
    throw new Failure('invalid-body', 'The file has no row of a cost type.')
  if (wanted.length > BUDGET_LINES) throw new Failure('too-large', `A budget has at most ${BUDGET_LINES} lines.`)
  if (problems.length > 0)
    throw new Failure('invalid-body', 'Rows of the file are not right; nothing was kept.', { problems })
  return wanted
}

/** This month so far of a party, with its budget if the scope sees it. */
export async function thisMonthOf(
  parts: RouteParts,
  settlements: Settlements,
  scope: Scope,
  premises: Premises,
  party: Id,
): Promise<ThisMonth> {
  const month = monthNow(parts, premises)
  const year = Number(month.slice(0, 4))
  const [before, now] = await settlements.figures(premises.id, [monthOfIndex(monthIndex(month) - 12), month])
  const sum = (settlement: Settlement | undefined): bigint | null => {
    const shares = settlement === undefined ? null : sharesByCategory(settlement, party)
    return shares === null || shares.size === 0 ? null : [...shares.values()].reduce((total, one) => total + one, 0n)
  }
  const stored = await budgetOf(parts, scope, premises.id, year, party)
  const report =
    stored === null
      ? null
      : budgetReport({
          year,
          party,
          budget: stored.body,
          settlements: new Map(),
          thisMonth: month,
          forecastBy: 'budget',
        })
  const lastYear = sum(before)
  return {
    month,
    party,
    soFar: formatCents(sum(now) ?? 0n),
    missing: now === undefined ? [] : missingOf(now),
    budget: report?.total.months.find((one) => one.month === month)?.budget ?? null,
    lastYear: lastYear === null ? null : formatCents(lastYear),
  }
}
