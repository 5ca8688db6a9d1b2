// Documents of closed months, and what organisations say so that they can be made.
import { Type, type Static } from 'typebox'
import { closed, Decimal, Id, Instant, LanguageCode, LocalDate, Month, orNull, VatCategory } from './common.ts'
import { patterned } from './patterned.ts'

const Short = Type.String({ minLength: 1, maxLength: 70 })
const wishes = {
  buyerReference: Type.Optional(Short),
  orderNumber: Type.Optional(Short),
  contractNumber: Type.Optional(Short),
}
export const InvoicingDetails = closed({
  address: closed({
    street: Type.String({ minLength: 2, maxLength: 35 }),
    postCode: patterned('^[A-Z0-9 -]{2,10}$', 'a post code'),
    town: Type.String({ minLength: 2, maxLength: 35 }),
    country: patterned('^[A-Z]{2}$', 'the two capitals of a country, such as FI'),
  }),
  ovt: Type.String({ maxLength: 40 }),
  operator: patterned('^[A-Za-z0-9]{2,35}$', '2–35 letters a–z and digits'),
  iban: Type.Optional(Type.String({ maxLength: 50 })),
  bic: Type.Optional(Type.String({ maxLength: 11 })),
  vatRegistered: Type.Boolean(),
  paymentDays: Type.Integer({ minimum: 0, maximum: 365 }),
  numberPrefix: Type.Optional(Type.String({ maxLength: 8 })),
  language: LanguageCode,
  asBuyer: Type.Optional(
    closed({
      ...wishes,
      fromSellers: Type.Optional(Type.Array(closed({ seller: Id, ...wishes }), { maxItems: 200 })),
    }),
  ),
})
export const InvoicingDetailsRecorded = closed({
  /** Null when the organisation has said nothing yet. */
  details: orNull(InvoicingDetails),
  version: Type.Integer({ minimum: 0 }),
})

const DocumentType = Type.Union([Type.Literal('invoice'), Type.Literal('credit-note'), Type.Literal('memo')])
const DocumentFileName = Type.Union([Type.Literal('pdf'), Type.Literal('finvoice'), Type.Literal('ubl')])
export const DocumentShown = closed({
  id: Id,
  type: DocumentType,
  /** What a month came to, an advance payment, or the year's true-up of advances. */
  about: Type.Union([Type.Literal('month'), Type.Literal('advance'), Type.Literal('true-up')]),
  number: Type.String(),
  date: LocalDate,
  dueDate: LocalDate,
  seller: Id,
  buyer: Id,
  premises: Id,
  period: Month,
  net: Decimal,
  vat: Decimal,
  gross: Decimal,
  reference: Type.String(),
  breakdown: Type.Array(
    closed({ category: VatCategory, rate: Decimal, net: Decimal, vat: Decimal, reason: orNull(Type.String()) }),
  ),
  madeAt: Instant,
  files: Type.Array(DocumentFileName),
  /** The document that it credits, and the credit note that takes it back. */
  credits: orNull(Id),
  creditedBy: orNull(Id),
})
/** What is still to be made, and by whom. */
export const DocumentPlanned = closed({
  seller: Id,
  buyer: Id,
  net: Decimal,
  vat: Decimal,
  gross: Decimal,
  /** The plan of advance payments whose true-up settles it: no document of the month is made. */
  coveredBy: orNull(Id),
})
export const MonthDocuments = closed({ items: Type.Array(DocumentShown), planned: Type.Array(DocumentPlanned) })
export const MadeDocuments = closed({ items: Type.Array(DocumentShown), made: Type.Integer({ minimum: 0 }) })
export const DocumentParams = closed({ id: Id })
export const DocumentFileParams = closed({ id: Id, file: DocumentFileName })

export const LedgerQuery = closed({
  party: Id,
  language: Type.Optional(LanguageCode),
  format: Type.Optional(Type.Union([Type.Literal('json'), Type.Literal('csv'), Type.Literal('xlsx')])),
})
export const PublicRecordQuery = closed({ language: Type.Optional(LanguageCode) })

export type InvoicingDetails = Static<typeof InvoicingDetails>
export type InvoicingDetailsRecorded = Static<typeof InvoicingDetailsRecorded>
export type DocumentShown = Static<typeof DocumentShown>
export type DocumentPlanned = Static<typeof DocumentPlanned>
export type MonthDocuments = Static<typeof MonthDocuments>
export type MadeDocuments = Static<typeof MadeDocuments>
