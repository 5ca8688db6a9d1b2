// Invoices, credit notes and memo vouchers of closed months: made, listed, given as files, credited.
import {
  DocumentFileParams,
  DocumentParams,
  DocumentShown,
  MadeDocuments,
  MonthDocuments,
} from '#contract/documents.ts'
import { Streamed } from '#contract/common.ts'
import { PremisesMonthParams } from '#contract/premises.ts'
import { DOCUMENT, type DocumentBody } from '#domain/documents/document.ts'
import { Failure } from '#domain/failure.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Page } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { ALL } from '#domain/registry/list-all.ts'
import { actorOf, identityOf, scopeOf, type Identity } from '#api/access/identity.ts'
import { premisesForCosts } from '#api/access/may-settle.ts'
import { documentShown } from '#api/documents/document-shown.ts'
import { logExport } from '#api/documents/log-export.ts'
import { mustNotBeSettled } from '#api/year/advance-documents.ts'
import { creditDocument, makeDocuments, plannedDocuments } from '#api/documents/make-documents.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { notFound, problems } from './answers.ts'
import { MONTH } from './settlements.ts'

export function addInvoiceRoutes(app: ApiApp, parts: RouteParts): void {
  const { records } = parts
  const tags = ['documents']
  const shown = (paper: StoredPaper<DocumentBody>) => documentShown(records, paper)
  /** All documents of a month that the organisation sees, in the order in which they were made. */
  const documentsOf = async (identity: Identity, premises: Id, period: string) => {
    const found: StoredPaper<DocumentBody>[] = []
    let after: string | null = null
    do {
      const page: Page<StoredPaper<DocumentBody>> = await records.listPapers(
        { organisation: identity.organisation },
        DOCUMENT,
        {
          premises,
          limit: 200,
          ...(after === null ? {} : { after }),
        },
      )
      found.push(...page.items.filter(({ body }) => body.document.period === period))
      after = page.next
    } while (after !== null)
    return Promise.all(found.map(shown))
  }

  app.get(
    `${MONTH}/documents`,
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Documents of a month between your organisation and others, and those that are still to be made',
        params: PremisesMonthParams,
        response: { 200: MonthDocuments, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const { period } = request.params
      const items = await documentsOf(identity, premises.id, period)
      const planned = await plannedDocuments(parts, premises, period).catch((error: unknown) => {
        if (error instanceof Failure && error.code === 'settlement-state') return []
        throw error
      })
      const own = planned.filter(
        ({ made, part }) =>
          made === null &&
          (identity.organisation === null || [part.seller, part.buyer].includes(identity.organisation)),
      )
      return {
        items,
        planned: own.map(({ part: { seller, buyer, net, vat, gross }, coveredBy }) => ({
          seller,
          buyer,
          net,
          vat,
          gross,
          coveredBy,
        })),
      }
    },
  )

  app.post(
    `${MONTH}/documents`,
    {
      config: { who: ['controller'] },
      handlerTimeout: 120_000,
      schema: {
        tags,
        summary: 'Makes the documents of a closed month that your organisation gives; what is made is never made twice',
        params: PremisesMonthParams,
        response: { 200: MadeDocuments, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const seller = ownOrganisation(identity)
      const { documents, made } = await makeDocuments(parts, premises, request.params.period, seller, actorOf(identity))
      return { items: await Promise.all(documents.map(shown)), made }
    },
  )

  const paperOf = async (scope: { organisation: Id | null }, id: Id): Promise<StoredPaper<DocumentBody>> => {
    const paper = await records.getPaper(scope, DOCUMENT, id)
    if (paper === null) throw notFound()
    return paper
  }

  app.get(
    '/documents/:id',
    {
      config: { who: 'viewer' },
      schema: { tags, summary: 'One document', params: DocumentParams, response: { 200: DocumentShown, ...problems } },
    },
    async (request) => shown(await paperOf(scopeOf(request), request.params.id)),
  )

  app.get(
    '/documents/:id/files/:file',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'A file of a document: PDF, Finvoice 3.0 or Peppol BIS Billing 3 (UBL), as it was made',
        params: DocumentFileParams,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { body, premises } = await paperOf(scopeOf(request), request.params.id)
      const digest = body.files[request.params.file]
      const file = digest === undefined ? null : await records.getFile(scopeOf(request), digest)
      if (file === null) throw notFound()
      await logExport(records, identity, `document.${request.params.file}`, body.document.number, premises)
      reply.header('content-disposition', `attachment; filename="${file.name}"`)
      reply.header('x-content-type-options', 'nosniff')
      reply.type(file.mediaType)
      return Buffer.from(file.bytes)
    },
  )

  app.post(
    '/documents/:id/credit',
    {
      config: { who: ['controller'] },
      schema: {
        tags,
        summary: 'Makes the credit note that takes a document back; afterwards it can be made anew',
        params: DocumentParams,
        response: { 200: DocumentShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const paper = await paperOf(scopeOf(request), request.params.id)
      if (paper.body.document.seller.id !== ownOrganisation(identity))
        throw new Failure('not-allowed', 'A document is credited by whoever gave it.')
      const premises = await records.getObject(ALL, 'premises', paper.body.document.premises.id)
      if (premises === null) throw notFound()
      await mustNotBeSettled(parts, paper.body.document)
      return shown(await creditDocument(parts, paper, premises.value, actorOf(identity)))
    },
  )
}

/** Documents are given by an organisation for itself. */
function ownOrganisation({ organisation }: Identity): Id {
  if (organisation === null)
    throw new Failure('not-allowed', 'Documents are made by the payer’s own controller, never by the platform.')
  return organisation
}
