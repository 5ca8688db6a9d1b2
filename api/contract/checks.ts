// The checks of a month before it is issued, and suppliers' invoices that are held against the own metering.
import { Type, type Static } from 'typebox'
import { closed, Decimal, Id, Instant, LocalDate, Month, orNull, pageOf, PositiveDecimal, Text } from './common.ts'

export const Finding = closed({
  /** not-over, blocked, estimated, changed-category, changed-item, remainder-outside-band, no-reading-near-end, interpolated, vacant-without-landlord, invoice-missing, price-missing, readings-damaged, supplier-invoice. */
  code: Type.String(),
  /** `hinders`: the month cannot be issued. */
  severity: Type.Union([Type.Literal('hinders'), Type.Literal('warn'), Type.Literal('note')]),
  items: Type.Array(Type.String()),
  /** Amounts and quantities as decimals, parts as fractions of one, dates and instants, ids. */
  figures: Type.Record(Type.String({ pattern: '^[A-Za-z0-9]{1,40}$' }), Type.String(), { additionalProperties: false }),
  sentence: closed({ fi: Type.String(), sv: Type.String(), en: Type.String() }),
})
export const MonthChecks = closed({
  premises: Id,
  period: Month,
  /** When they were made: everything but closed months is checked as it is now. */
  checkedAt: Instant,
  findings: Type.Array(Finding),
})

export const SupplierInvoice = closed({
  /** The metered cost that bills the same thing. */
  meteredCost: Id,
  serviceFrom: LocalDate,
  serviceTo: LocalDate,
  net: Decimal,
  /** Of the net what does not depend on consumption. */
  fixed: Decimal,
  quantity: PositiveDecimal,
  unit: Type.String({ minLength: 1, maxLength: 20 }),
  number: Type.String({ maxLength: 100 }),
  supplier: Type.String({ maxLength: 200 }),
})
export const SupplierInvoiceParams = closed({ id: Id, invoice: Id })
export const SupplierInvoiceShown = closed({ ...SupplierInvoice.properties, id: Id, version: Type.Integer() })
export const SupplierInvoicePage = pageOf(SupplierInvoiceShown)
export const SupplierInvoiceStored = closed({ id: Id, version: Type.Integer(), number: orNull(Text) })

export type Finding = Static<typeof Finding>
export type MonthChecks = Static<typeof MonthChecks>
export type SupplierInvoice = Static<typeof SupplierInvoice>
export type SupplierInvoicePage = Static<typeof SupplierInvoicePage>
