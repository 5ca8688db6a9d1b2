// Plans of advance payments between two for a year, their invoices, and the year's true-up.
import { Type, type Static } from 'typebox'
import { closed, Decimal, Id, LocalDate, Month, PositiveDecimal, Text, VatCategory } from './common.ts'
import { DocumentShown } from './documents.ts'
import { YearNumber } from './budgets.ts'

const AdvanceLine = closed({
  /** Euros a month without VAT. */
  net: PositiveDecimal,
  vat: closed({ category: VatCategory, rate: PositiveDecimal }),
  /** The written ground of the VAT treatment. */
  basis: Type.Optional(Text),
})
export const AdvancePlanWanted = closed({
  buyer: Id,
  from: Type.Optional(Month),
  dueDay: Type.Integer({ minimum: 1, maximum: 31 }),
  lines: Type.Array(AdvanceLine, { minItems: 1, maxItems: 10 }),
  text: Type.Optional(Type.String({ maxLength: 500 })),
})
export const AdvancePlanState = Type.Union([Type.Literal('proposed'), Type.Literal('agreed'), Type.Literal('declined')])
export const AdvancePlanShown = closed({
  id: Id,
  version: Type.Integer({ minimum: 1 }),
  state: AdvancePlanState,
  premises: Id,
  year: YearNumber,
  seller: Id,
  buyer: Id,
  from: Month,
  dueDay: Type.Integer(),
  lines: Type.Array(AdvanceLine),
  text: Type.String(),
  /** What one month's advance comes to. */
  monthly: closed({ net: Decimal, vat: Decimal, gross: Decimal }),
  /** Each month, when its advance is due, and the number of its invoice when it is made and not credited. */
  months: Type.Array(
    closed({ month: Month, dueDate: LocalDate, documents: Type.Array(Id), numbers: Type.Array(Type.String()) }),
  ),
  documents: Type.Array(DocumentShown),
  settled: Type.Boolean(),
})
export const AdvancePlans = closed({ items: Type.Array(AdvancePlanShown) })
export const AdvanceAnswer = closed({ answer: Type.Union([Type.Literal('agreed'), Type.Literal('declined')]) })
export const AdvanceInvoiceWanted = closed({ month: Month })
const Amount = closed({ net: Decimal, vat: Decimal })
export const TrueUpShown = closed({
  /** Months that are not closed yet: until then there is no true-up. */
  open: Type.Array(Month),
  months: Type.Array(closed({ month: Month, net: Decimal, vat: Decimal, gross: Decimal })),
  groups: Type.Array(
    closed({ category: VatCategory, rate: Decimal, actual: Amount, advance: Amount, balance: Amount }),
  ),
  net: Decimal,
  vat: Decimal,
  /** Above zero the buyer pays it, below zero the seller gives it back. */
  gross: Decimal,
  /** Made and not credited. */
  documents: Type.Array(DocumentShown),
})
export const AdvanceYearParams = closed({ id: Id, year: YearNumber })
export const AdvancePlanParams = closed({ id: Id })

export type AdvancePlanWanted = Static<typeof AdvancePlanWanted>
export type AdvancePlanShown = Static<typeof AdvancePlanShown>
export type AdvancePlans = Static<typeof AdvancePlans>
export type TrueUpShown = Static<typeof TrueUpShown>
