// The checks of a month before it is issued, and suppliers' invoices that are held against the own metering.
import {
  MonthChecks,
  SupplierInvoice,
  SupplierInvoicePage,
  SupplierInvoiceParams,
  SupplierInvoiceStored,
} from '#contract/checks.ts'
import { pageQuery } from '#contract/common.ts'
import { PremisesMonthParams, PremisesParams } from '#contract/premises.ts'
import { Failure } from '#domain/failure.ts'
import { unitFactor } from '#domain/quantity/units.ts'
import { parseCents } from '#domain/quantity/money.ts'
import { SUPPLIER_INVOICE } from '#domain/supplier-invoices/supplier-invoice.ts'
import type { Premises } from '#domain/registry/bundle.ts'
import { actorOf, identityOf, type Identity } from '#api/access/identity.ts'
import { mustSettle, premisesForCosts } from '#api/access/may-settle.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { checksOf, meteredCostOf, supplierPaper } from '#api/settlement/checks.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { checkVersion, dateOf, pageOfQuery, problems, setEtag } from './answers.ts'
import { MONTH } from './settlements.ts'

const ALL = { organisation: null }

export function addCheckRoutes(app: ApiApp, parts: RouteParts, settlements: Settlements): void {
  const { records } = parts

  app.get(
    `${MONTH}/checks`,
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['settlements'],
        summary: 'What to look at before the month is issued, each with its figures and a sentence in fi, sv and en',
        params: PremisesMonthParams,
        response: { 200: MonthChecks, ...problems },
      },
    },
    async (request) => {
      const premises = await premisesForCosts(identityOf(request), request.params.id, records)
      return checksOf(parts, settlements, premises, request.params.period)
    },
  )

  app.get(
    '/premises/:id/supplier-invoices',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['settlements'],
        summary: "Suppliers' invoices that are held against the own metering, the newest first",
        params: PremisesParams,
        querystring: pageQuery({}),
        response: { 200: SupplierInvoicePage, ...problems },
      },
    },
    async (request) => {
      const premises = await premisesForCosts(identityOf(request), request.params.id, records)
      const query = { ...pageOfQuery(request.query), premises: premises.id, newestFirst: true }
      const { items, next } = await records.listPapers(ALL, SUPPLIER_INVOICE, query)
      return { items: items.map(({ version, body }) => ({ ...body, version })), next }
    },
  )
  app.put(
    '/premises/:id/supplier-invoices/:invoice',
    {
      config: { who: ['controller', 'admin'] },
      schema: {
        tags: ['settlements'],
        summary: "Record a supplier's invoice to hold against the own metering; no cost comes of it",
        params: SupplierInvoiceParams,
        body: SupplierInvoice,
        response: { 200: SupplierInvoiceStored, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      await mustSettle(identity, premises, records)
      const { body } = request
      await checkInvoice(identity, premises, body)
      const id = request.params.invoice
      const paper = supplierPaper(premises.id, id)
      const stored = await records.getPaper(ALL, SUPPLIER_INVOICE, paper)
      checkVersion(request, stored?.version ?? null)
      const { versions } = await records.changePapers(
        {
          papers: [
            {
              kind: SUPPLIER_INVOICE,
              paper: {
                id: paper,
                premises: premises.id,
                audience: 'premises',
                state: 'recorded',
                dueAt: null,
                body: { ...body, id },
              },
              expectedVersion: stored?.version ?? 0,
            },
          ],
        },
        actorOf(identity),
        'supplier-invoice.put',
      )
      const version = versions[0] ?? 1
      setEtag(reply, version)
      return { id, version, number: body.number === '' ? null : body.number }
    },
  )

  async function checkInvoice(identity: Identity, premises: Premises, body: SupplierInvoice): Promise<void> {
    const wrong = (pointer: string, message: string): never => {
      throw new Failure('invalid-body', 'The invoice cannot be taken.', {
        problems: [{ pointer, code: 'invalid', message }],
      })
    }
    const cost = await meteredCostOf(parts, premises.id, body.meteredCost)
    if (cost === null) return wrong('/meteredCost', 'is no metered cost of these premises')
    if (![null, cost.payer, premises.landlord].includes(identity.organisation))
      throw new Failure('not-allowed', 'An invoice is entered by who pays the metered cost, or by the landlord.')
    if (cost.unit !== null && unitFactor(body.unit, cost.unit) === null)
      wrong('/unit', `is not of the same kind as the meter's ${cost.unit}`)
    if (dateOf(body.serviceFrom, 'serviceFrom') >= dateOf(body.serviceTo, 'serviceTo'))
      wrong('/serviceTo', 'must be after serviceFrom')
    if (parseCents(body.net) === null) wrong('/net', 'must be in whole cents')
    if (parseCents(body.fixed) === null) wrong('/fixed', 'must be in whole cents')
  }
}
