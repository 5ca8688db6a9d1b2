// The settlement of a month as a document to read, print and file: one HTML page without script.
import { createHash } from 'node:crypto'
import { Streamed } from '#contract/common.ts'
import { PremisesMonthParams } from '#contract/premises.ts'
import { DocumentQuery } from '#contract/settlements.ts'
import { contentHtml } from '#domain/explain/content-html.ts'
import { statementContent, type DocumentFacts } from '#domain/explain/document.ts'
import { DOCUMENT_STYLE } from '#domain/explain/document-style.ts'
import { Failure } from '#domain/failure.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { identityOf } from '#api/access/identity.ts'
import { premisesForCosts } from '#api/access/may-settle.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { itemNames, writerFor } from '#api/settlement/names.ts'
import { chainOf } from '#api/settlement/proof.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { problems } from './answers.ts'
import { MONTH } from './settlements.ts'

/** Nothing but the page's own style, named by its hash: the same document has the same bytes and the same policy. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(DOCUMENT_STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export function addDocumentRoutes(app: ApiApp, parts: RouteParts, settlements: Settlements): void {
  const { records } = parts
  app.get(
    `${MONTH}/document`,
    {
      config: { who: 'viewer' },
      handlerTimeout: 120_000,
      schema: {
        tags: ['settlements'],
        summary: 'The month as a document (HTML) with the grounds of every share; of one party with `party`',
        params: PremisesMonthParams,
        querystring: DocumentQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const { period } = request.params
      const { language = 'fi', party = null } = request.query
      const premises = await premisesForCosts(identityOf(request), request.params.id, records)
      const details = await settlements.details(premises, period)
      const explained = await settlements.explained(premises.id, period, 'all')
      // A draft is shown with the figures that the explanations belong to.
      const settlement = details.settlement.status === 'draft' ? explained.settlement : details.settlement
      if (party !== null && !settlement.statements.some((statement) => statement.party === party))
        throw new Failure('bad-request', `${party} is no party of this settlement.`)
      const facts: DocumentFacts = {
        ...details,
        premises,
        settlement,
        party,
        businessIds: await businessIds(settlement),
        itemNames: await itemNames(records, premises.id, settlement),
        explanations: explained.explanations,
        causes: explained.causes,
        link: await linkOf(settlement),
      }
      const spoken = [settlement, explained.explanations, [...explained.causes.values()]]
      const writer = await writerFor(records, premises, language, spoken)
      reply.header('content-security-policy', POLICY)
      reply.header(
        'content-disposition',
        `inline; filename="${[premises.id, period, party, language].filter(Boolean).join('-')}.html"`,
      )
      reply.type('text/html; charset=utf-8')
      return contentHtml(statementContent(facts, writer))
    },
  )

  const linkOf = async ({ premises, period, status }: Settlement): Promise<DocumentFacts['link']> => {
    if (status !== 'closed') return null
    const { links } = await chainOf(premises, parts)
    const at = links.findIndex((link) => link.period === period)
    const link = links[at]
    if (link === undefined) return null
    const chainHolds = links.slice(0, at + 1).every(({ holds }) => holds)
    return { previousDigest: link.previousDigest, chainHolds, countersignatures: link.countersignatures }
  }
  const businessIds = async ({ statements }: Settlement): Promise<Map<Id, string>> => {
    const ids = statements.map(({ party }) => party)
    const found = new Map<Id, string>()
    for await (const { id, businessId } of listAll(records, 'organisations', { ids }))
      if (businessId !== undefined) found.set(id, businessId)
    return found
  }
}
