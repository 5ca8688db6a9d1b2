// Metered costs, recurring costs and invoices.
import { Type, type Static } from 'typebox'
import { Invoice, MeteredCost, RecurringCost } from './bundle.ts'
import { closed, Id, pageOf, pageQuery, recorded } from './common.ts'

export const CostQuery = pageQuery({ premises: Type.Optional(Id) })
export const MeteredCostRecorded = closed({ ...MeteredCost.properties, ...recorded })
export const MeteredCostPage = pageOf(MeteredCostRecorded)
export const RecurringCostRecorded = closed({ ...RecurringCost.properties, ...recorded })
export const RecurringCostPage = pageOf(RecurringCostRecorded)
export const InvoiceRecorded = closed({ ...Invoice.properties, ...recorded })
export const InvoicePage = pageOf(InvoiceRecorded)

export type MeteredCostRecorded = Static<typeof MeteredCostRecorded>
export type MeteredCostPage = Static<typeof MeteredCostPage>
export type RecurringCostRecorded = Static<typeof RecurringCostRecorded>
export type RecurringCostPage = Static<typeof RecurringCostPage>
export type InvoiceRecorded = Static<typeof InvoiceRecorded>
export type InvoicePage = Static<typeof InvoicePage>
