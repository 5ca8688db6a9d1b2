// The correction of a closed invoice whose payer or VAT is wrong: credited and entered anew.
import { Type, type Static } from 'typebox'
import { Invoice, Vat } from './bundle.ts'
import { closed, Decimal, Id, Month, orNull } from './common.ts'
import { Statement, Transfer } from './settlements.ts'

export const CorrectionWanted = closed({
  payer: Type.Optional(Id),
  vat: Type.Optional(Vat),
  net: Type.Optional(Decimal),
  /** false: only shows what it would do. */
  apply: Type.Boolean(),
})
export const Correction = closed({
  applied: Type.Boolean(),
  /** The open month in which credit and new entry begin. */
  month: Month,
  /** The invoice with its right net, where that changes too; the difference is adjusted in the month. */
  changed: orNull(Invoice),
  credit: Invoice,
  entry: Invoice,
  /** What changes on the statements of the month; the nets are zero unless the net was wrong too. */
  moved: Type.Array(Statement),
  /** Who owes whom in the month, before and after. */
  transfers: closed({ before: Type.Array(Transfer), after: Type.Array(Transfer) }),
})
export type CorrectionWanted = Static<typeof CorrectionWanted>
export type Correction = Static<typeof Correction>
