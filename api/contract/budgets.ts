// Budgets of parties for a year of a premises, and the year against them.
import { Type, type Static } from 'typebox'
import { SettlementState } from './premises.ts'
import { closed, Decimal, Id, LanguageCode, Month, orNull, Text } from './common.ts'

export const YearNumber = Type.Integer({ minimum: 2000, maximum: 2199 })
export const YearParams = closed({ id: Id, year: YearNumber })
/** Which party's; of an organisation its own unless said. */
export const BudgetQuery = closed({
  party: Type.Optional(Id),
  forecastBy: Type.Optional(Type.Union([Type.Literal('last-year'), Type.Literal('budget')])),
})
export const BudgetFileQuery = closed({
  ...BudgetQuery.properties,
  language: Type.Optional(LanguageCode),
  format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]),
})
export const BudgetUploadQuery = closed({ shared: Type.Optional(Type.Boolean()) })

const Category = Type.String({ minLength: 1, maxLength: 100 })
export const BudgetWanted = closed({
  lines: Type.Array(
    closed({
      category: Category,
      /** The whole year, to be spread; or twelve months. Euros without VAT. */
      year: Type.Optional(Decimal),
      months: Type.Optional(Type.Array(Decimal, { minItems: 12, maxItems: 12 })),
      spread: Type.Optional(Type.Union([Type.Literal('even'), Type.Literal('last-year')])),
    }),
    { maxItems: 100 },
  ),
  /** Whether everyone whose business the costs are sees it. */
  shared: Type.Boolean(),
})

const month = {
  budget: orNull(Decimal),
  actual: orNull(Decimal),
  lastYear: orNull(Decimal),
  forecast: Decimal,
}
const sums = {
  budget: orNull(Decimal),
  closed: Decimal,
  open: Decimal,
  soFar: Decimal,
  lastYear: orNull(Decimal),
  forecast: Decimal,
  difference: orNull(Decimal),
}
/** Categories of costs that cannot be shared yet, such as a meter's without readings: the figures of the month lack them, or a part of them. */
const Missing = Type.Array(Category)
const BudgetMonths = Type.Array(closed({ month: Month, ...month }))
export const BudgetReport = closed({
  year: YearNumber,
  party: Id,
  months: Type.Array(
    closed({
      month: Month,
      /** Null for a month to come. */
      status: orNull(SettlementState),
      ended: Type.Boolean(),
      /** What the forecast of the month is. */
      forecastFrom: Type.Union([
        Type.Literal('actual'),
        Type.Literal('last-year'),
        Type.Literal('budget'),
        Type.Literal('nothing'),
      ]),
      missing: Missing,
    }),
  ),
  rows: Type.Array(
    closed({
      category: Category,
      spread: orNull(Type.Union([Type.Literal('months'), Type.Literal('even'), Type.Literal('last-year')])),
      months: BudgetMonths,
      ...sums,
    }),
  ),
  total: closed({ months: BudgetMonths, ...sums }),
})
export const BudgetAnswer = closed({
  report: BudgetReport,
  /** 0 when there is no budget. */
  version: Type.Integer({ minimum: 0 }),
  shared: Type.Boolean(),
  /** Parties whose budgets you see, and your own. */
  parties: Type.Array(Id),
})
export const BudgetSaved = closed({
  version: Type.Integer({ minimum: 1 }),
  lines: Type.Array(
    closed({
      category: Category,
      spread: Type.Union([Type.Literal('months'), Type.Literal('even'), Type.Literal('last-year')]),
      months: Type.Array(Decimal),
    }),
  ),
})
/** What a party bears this month so far, against its budget and the same month last year. */
export const ThisMonth = closed({
  month: Month,
  party: Text,
  soFar: Decimal,
  missing: Missing,
  budget: orNull(Decimal),
  lastYear: orNull(Decimal),
})
export const ThisMonthQuery = closed({ party: Type.Optional(Id) })

export type BudgetWanted = Static<typeof BudgetWanted>
export type BudgetReport = Static<typeof BudgetReport>
export type BudgetAnswer = Static<typeof BudgetAnswer>
export type BudgetSaved = Static<typeof BudgetSaved>
export type ThisMonth = Static<typeof ThisMonth>
