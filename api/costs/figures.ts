// What the pages of key figures show: periods, two of them side by side, and the flow of a month. Computed by domain/costs.
import type { CostComparison, CostFigures, CostFlow } from '#contract/cost-figures.ts'
import { comparePeriods, type LineChange } from '#domain/costs/compare-periods.ts'
import { sumOfLines } from '#domain/costs/cost-lines.ts'
import { flowOf } from '#domain/costs/cost-flow.ts'
import { floorOf, peopleOf } from '#domain/costs/floor-and-people.ts'
import { periodFigures, type MonthInput, type MonthWeather } from '#domain/costs/period-figures.ts'
import { Failure } from '#domain/failure.ts'
import {
  add,
  divide,
  formatRounded,
  fraction,
  multiply,
  parseDecimalFraction,
  subtract,
  ZERO,
} from '#domain/quantity/fraction.ts'
import { monthIndex, monthOfIndex } from '#domain/quantity/local-date.ts'
import { formatCents, parseCents } from '#domain/quantity/money.ts'
import { unitFactor } from '#domain/quantity/units.ts'
import type { Id, Names, Premises } from '#domain/registry/bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { RouteParts } from '#api/parts.ts'
import { itemNames } from '#api/settlement/names.ts'
import type { CostMonth, CostMonths } from './cost-months.ts'
import { factorsOf } from './factors.ts'
import { weatherOf, weatherOfMonths } from './weather.ts'

const QUANTITY_PLACES = 3

/** The months of a period YYYY-MM or YYYY. */
const monthsOfPeriod = (period: string): string[] =>
  period.length > 4 ? [period] : Array.from({ length: 12 }, (_, i) => `${period}-${String(i + 1).padStart(2, '0')}`)

export async function figuresOf(
  parts: RouteParts,
  costMonths: CostMonths,
  premises: Premises,
  { from, to, by = 'month', party = null }: { from: string; to: string; by?: 'month' | 'year'; party?: Id | null },
): Promise<Omit<CostFigures, 'mayChange'>> {
  const count = monthIndex(to) - monthIndex(from) + 1
  if (count < 1) throw new Failure('bad-request', 'to is a month not before from; both are in.')
  if (count > parts.limits.settlementMonths)
    throw new Failure('bad-request', `Ask for ${parts.limits.settlementMonths} months at most.`)
  const months = Array.from({ length: count }, (_, i) => monthOfIndex(monthIndex(from) + i))
  const weather = (await weatherOf(parts, premises.id))?.body ?? null
  const seen = await weatherOfMonths(parts, premises, weather, months)
  const known = await factorsOf(parts, premises.id)
  const inputs = (await costMonths.of(premises, months, 'quantities')).map((one) => inputOf(premises, one, party, seen))
  const groups =
    by === 'month'
      ? inputs.map((one) => ({ period: one.month, inputs: [one] }))
      : [...Map.groupBy(inputs, ({ month }) => month.slice(0, 4))].map(([period, group]) => ({ period, inputs: group }))
  const periods = groups.map((one) => periodFigures(one.period, one.inputs, party, known, weather))
  const used = new Set(periods.flatMap(({ emissions }) => emissions.byCategory.flatMap(({ factors }) => factors)))
  return { premises: premises.id, party, periods, factors: known.filter(({ id }) => used.has(id)), weather }
}

function inputOf(
  premises: Premises,
  { settlement, lines }: CostMonth,
  party: Id | null,
  seen: ReadonlyMap<string, MonthWeather>,
): MonthInput {
  const month = settlement.period
  return {
    month,
    status: settlement.status,
    lines,
    blocked: settlement.blocked.length,
    floor: floorOf(premises, month, party),
    people: peopleOf(premises, month, party),
    weather: seen.get(month) ?? { actual: null, normal: null, from: null, missingDays: 0 },
  }
}

export async function comparisonOf(
  parts: RouteParts,
  costMonths: CostMonths,
  premises: Premises,
  { before, after, party = null }: { before: string; after: string; party?: Id | null },
): Promise<CostComparison> {
  if (before.length !== after.length) throw new Failure('bad-request', 'Compare two months, or two years.')
  const weather = (await weatherOf(parts, premises.id))?.body ?? null
  const sides = await Promise.all(
    [before, after].map(async (period) => {
      const months = (await costMonths.of(premises, monthsOfPeriod(period), 'quantities')).filter(
        ({ lines }) => lines.length > 0,
      )
      const seen = await weatherOfMonths(
        parts,
        premises,
        weather,
        months.map(({ settlement }) => settlement.period),
      )
      return {
        period,
        months,
        lines: sumOfLines(months.map(({ lines }) => lines)),
        degreeDays: degreeDaysOf(months, seen),
      }
    }),
  )
  const [first, second] = sides
  if (first === undefined || second === undefined) throw new Error('two periods were asked for')
  const compared = comparePeriods(first.lines, second.lines, party, (category, { unit, amount }) => {
    if (weather === null || !weather.categories.includes(category)) return null
    if (first.degreeDays === null || second.degreeDays === null || first.degreeDays.n <= 0n || amount.n <= 0n)
      return null
    const water = multiply(
      multiply(parseDecimalFraction(weather.hotWater) ?? ZERO, fraction(BigInt(first.months.length))),
      unitFactor(weather.hotWaterUnit, unit) ?? ZERO,
    )
    const followed = subtract(amount, water)
    if (followed.n <= 0n) return null
    const colder = subtract(divide(second.degreeDays, first.degreeDays), fraction(1n))
    return multiply(colder, divide(followed, amount))
  })
  const named = await namesOfLines(parts, premises, [...first.months, ...second.months])
  const itemAt = itemMonths([...first.months, ...second.months])
  return {
    premises: premises.id,
    party,
    before: { period: before, months: first.months.length, net: formatCents(compared.beforeCents) },
    after: { period: after, months: second.months.length, net: formatCents(compared.afterCents) },
    change: formatCents(compared.afterCents - compared.beforeCents),
    reasons: compared.reasons.map(({ reason, cents }) => ({ reason, net: formatCents(cents) })),
    lines: compared.lines.map((line) => lineShown(line, named, itemAt)),
  }
}

function lineShown(
  { key, category, source, beforeCents, afterCents, quantity, reasons, beforeItems, afterItems }: LineChange,
  named: ReadonlyMap<string, Names>,
  monthOf: ReadonlyMap<string, string>,
): CostComparison['lines'][number] {
  const id = afterItems.at(-1) ?? beforeItems.at(-1)
  const month = id === undefined ? undefined : monthOf.get(id)
  return {
    key,
    name: named.get(id ?? '') ?? null,
    category,
    source,
    before: formatCents(beforeCents),
    after: formatCents(afterCents),
    change: formatCents(afterCents - beforeCents),
    quantity:
      quantity === null
        ? null
        : {
            unit: quantity.unit,
            before: formatRounded(quantity.before, QUANTITY_PLACES),
            after: formatRounded(quantity.after, QUANTITY_PLACES),
          },
    reasons: reasons.map(({ reason, cents }) => ({ reason, net: formatCents(cents) })),
    item: id === undefined || month === undefined ? null : { month, id },
  }
}

/** The newest month in which each item stands. */
const itemMonths = (months: readonly CostMonth[]): Map<string, string> =>
  new Map(months.flatMap(({ settlement }) => settlement.items.map(({ id }) => [id, settlement.period] as const)))

function degreeDaysOf(months: readonly CostMonth[], seen: ReadonlyMap<string, MonthWeather>) {
  let total = ZERO
  for (const { settlement } of months) {
    const actual = seen.get(settlement.period)?.actual ?? null
    if (actual === null) return null
    total = add(total, actual)
  }
  return months.length === 0 ? null : total
}

async function namesOfLines(
  { records }: RouteParts,
  premises: Premises,
  months: readonly CostMonth[],
): Promise<Map<string, Names>> {
  const named = new Map<string, Names>()
  for await (const { id, supplier } of listAll(records, 'invoices', { premises: premises.id }))
    if (supplier !== undefined) named.set(`invoice:${id}`, { fi: supplier })
  for (const { settlement } of months)
    for (const [id, name] of Object.entries(await itemNames(records, premises.id, settlement))) named.set(id, name)
  return named
}

export async function costFlowOf(costMonths: CostMonths, premises: Premises, month: string): Promise<CostFlow> {
  const [found] = await costMonths.of(premises, [month], 'all')
  if (found === undefined) throw new Error('a month was asked for')
  const { settlement, grounds } = found
  const bands = flowOf(settlement, grounds)
  const sums = (of: 'category' | 'method' | 'party'): { key: string; net: string }[] => {
    const all = new Map<string, bigint>()
    for (const band of bands) all.set(band[of], (all.get(band[of]) ?? 0n) + band.cents)
    return [...all]
      .sort(([, a], [, b]) => (a > b ? -1 : a < b ? 1 : 0))
      .map(([key, cents]) => ({ key, net: formatCents(cents) }))
  }
  const parties = sums('party')
  const order = settlement.statements.map(({ party }) => party)
  return {
    premises: premises.id,
    period: month,
    net: formatCents(bands.reduce((sum, { cents }) => sum + cents, 0n)),
    bands: bands.map(({ category, method, party, cents }) => ({ category, method, party, net: formatCents(cents) })),
    stations: {
      categories: sums('category'),
      methods: sums('method'),
      parties: order.flatMap((party) => parties.filter(({ key }) => key === party)),
    },
    blocked: settlement.items.filter(({ net, blocked }) => blocked !== null || parseCents(net ?? '') === null).length,
  }
}
