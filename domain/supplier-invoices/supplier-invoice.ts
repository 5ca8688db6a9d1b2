// What a supplier charges for something that is also metered here: not a cost to be shared, but held against the own metering.
import type { Decimal, Id, LocalDate } from '#domain/registry/bundle.ts'
import { paperKind } from '#domain/ports/papers.ts'

export type SupplierInvoice = {
  /** Of its premises. */
  id: Id
  /** The metered cost that bills the same thing. */
  meteredCost: Id
  serviceFrom: LocalDate
  serviceTo: LocalDate
  net: Decimal
  /** Of the net what does not depend on consumption. */
  fixed: Decimal
  quantity: Decimal
  unit: string
  number: string
  supplier: string
}
export const SUPPLIER_INVOICE = paperKind<SupplierInvoice>('supplier-invoice')
