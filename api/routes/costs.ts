// Metered costs, recurring costs and invoices.
import { Invoice, MeteredCost, RecurringCost } from '#contract/bundle.ts'
import {
  CostQuery,
  InvoicePage,
  InvoiceRecorded,
  MeteredCostPage,
  MeteredCostRecorded,
  RecurringCostPage,
  RecurringCostRecorded,
} from '#contract/costs.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { shown } from './answers.ts'
import { addChange, addHistory, addList, addOne } from './objects.ts'

const NOUNS = [
  {
    path: '/metered-costs',
    kind: 'meteredCosts',
    tag: 'metered costs',
    body: MeteredCost,
    one: MeteredCostRecorded,
    page: MeteredCostPage,
  },
  {
    path: '/recurring-costs',
    kind: 'recurringCosts',
    tag: 'recurring costs',
    body: RecurringCost,
    one: RecurringCostRecorded,
    page: RecurringCostPage,
  },
  { path: '/invoices', kind: 'invoices', tag: 'invoices', body: Invoice, one: InvoiceRecorded, page: InvoicePage },
] as const

export function addCostRoutes(app: ApiApp, parts: RouteParts): void {
  for (const { path, kind, tag, body, one, page } of NOUNS) {
    const noun = { app, parts, path, kind, tag }
    addList(noun, { query: CostQuery, answer: page }, shown)
    addOne(noun, one, shown)
    addChange(noun, body)
    addHistory(noun)
  }
}
