// Accruals of a party at a year's end, their voucher, their reversal, and what the months came to afterwards.
import { Type, type Static } from 'typebox'
import { YearNumber } from './budgets.ts'
import { closed, Decimal, Id, Instant, LanguageCode, LocalDate, Month, orNull } from './common.ts'

const Account = Type.String({ minLength: 1, maxLength: 40 })
const Key = Type.String({ minLength: 1, maxLength: 300 })
export const AccrualWanted = closed({
  /** The last day that belongs to it: a month's last day of the year. */
  cutOff: LocalDate,
  leftOut: Type.Optional(
    Type.Array(closed({ key: Key, reason: Type.String({ minLength: 1, maxLength: 500 }) }), { maxItems: 500 }),
  ),
  liabilityAccount: Type.Optional(Account),
  receivableAccount: Type.Optional(Account),
})
export const AccrualReverse = closed({
  /** 1 January of the next year unless said; a day of the year itself takes the voucher back. */
  date: Type.Optional(LocalDate),
})
const Posting = closed({ number: Type.String(), date: LocalDate, at: Instant, by: Type.String() })
export const AccrualShown = closed({
  id: Id,
  version: Type.Integer({ minimum: 1 }),
  state: Type.Union([
    Type.Literal('draft'),
    Type.Literal('posted'),
    Type.Literal('reversed'),
    Type.Literal('withdrawn'),
  ]),
  premises: Id,
  party: Id,
  year: YearNumber,
  cutOff: LocalDate,
  liabilityAccount: orNull(Type.String()),
  receivableAccount: orNull(Type.String()),
  lines: Type.Array(
    closed({
      key: Key,
      ground: Type.Union([Type.Literal('open-month'), Type.Literal('missing-cost')]),
      /** The ground as a sentence, in the language asked for. */
      text: Type.String(),
      month: Month,
      category: Type.String(),
      side: Type.Union([Type.Literal('cost'), Type.Literal('recovered')]),
      /** Null: the supplier. */
      counterparty: orNull(Id),
      supplier: orNull(Type.String()),
      basis: Type.Array(closed({ month: Month, net: Decimal })),
      net: Decimal,
      /** Why the line is left out of the voucher; null when it is in it. */
      leftOut: orNull(Type.String()),
      account: orNull(Type.String()),
      costCentre: orNull(Type.String()),
      /** What the closed month came to, and actual less accrual; null while it is open. */
      actual: orNull(Decimal),
      difference: orNull(Decimal),
    }),
  ),
  /** Sums of the lines in the voucher. */
  cost: Decimal,
  recovered: Decimal,
  debit: Decimal,
  credit: Decimal,
  posted: orNull(Posting),
  reversed: orNull(Posting),
})
export const AccrualAnswer = closed({
  /** Null before the first draft. */
  accrual: orNull(AccrualShown),
  /** Ids of earlier vouchers of the year that were taken back. */
  withdrawn: Type.Array(Id),
})
export const AccrualQuery = closed({ party: Type.Optional(Id), language: Type.Optional(LanguageCode) })
export const AccrualParams = closed({ id: Id })
export const AccrualFileQuery = closed({
  language: Type.Optional(LanguageCode),
  format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]),
  /** The reversal instead of the accrual. */
  reversal: Type.Optional(Type.Boolean()),
})
export type AccrualWanted = Static<typeof AccrualWanted>
export type AccrualShown = Static<typeof AccrualShown>
export type AccrualAnswer = Static<typeof AccrualAnswer>
