// What an organisation says so that it can invoice and be invoiced; its own only.
import { Changed } from '#contract/change.ts'
import { IdParams } from '#contract/common.ts'
import { InvoicingDetails, InvoicingDetailsRecorded } from '#contract/documents.ts'
import { checkInvoicingDetails, INVOICING_DETAILS, plainDetails } from '#domain/documents/invoicing-details.ts'
import { Failure } from '#domain/failure.ts'
import type { Id, Organisation } from '#domain/registry/bundle.ts'
import { ALL } from '#domain/registry/list-all.ts'
import { actorOf, identityOf, type Identity } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { checkVersion, notFound, problems, setEtag } from './answers.ts'

export function addInvoicingDetailsRoutes(app: ApiApp, parts: RouteParts): void {
  const { records } = parts
  const tags = ['documents']
  app.get(
    '/organisations/:id/invoicing-details',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'What your organisation says so that it can invoice and be invoiced',
        params: IdParams,
        response: { 200: InvoicingDetailsRecorded, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      await mustBeOwn(identityOf(request), id, parts)
      const paper = await records.getPaper(ALL, INVOICING_DETAILS, id)
      setEtag(reply, paper?.version ?? 0)
      return { details: paper?.body ?? null, version: paper?.version ?? 0 }
    },
  )

  app.put(
    '/organisations/:id/invoicing-details',
    {
      config: { who: ['controller', 'admin'] },
      schema: {
        tags,
        summary: 'Says or changes them; checked: OVT, business id, IBAN, BIC',
        params: IdParams,
        body: InvoicingDetails,
        response: { 200: Changed, 201: Changed, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { id } = request.params
      const { businessId } = await mustBeOwn(identity, id, parts)
      const stored = await records.getPaper(ALL, INVOICING_DETAILS, id)
      checkVersion(request, stored?.version ?? null)
      const wrong = checkInvoicingDetails(request.body, businessId)
      if (wrong.length > 0)
        throw new Failure('invalid-body', 'The invoicing details are not right.', { problems: wrong })
      const paper = { id, premises: null, audience: [id], state: 'said', dueAt: null, body: plainDetails(request.body) }
      const { versions } = await records.changePapers(
        { papers: [{ kind: INVOICING_DETAILS, paper, expectedVersion: stored?.version ?? 0 }] },
        actorOf(identity),
        'invoicing-details.put',
      )
      const version = versions[0] ?? 1
      setEtag(reply, version)
      return reply.code(stored === null ? 201 : 200).send({ created: stored === null, version })
    },
  )
}

/** @throws Failure 'not-found' for another organisation's. */
async function mustBeOwn({ organisation }: Identity, id: Id, { records }: RouteParts): Promise<Organisation> {
  const stored = await records.getObject({ organisation }, 'organisations', id)
  if (stored === null || (organisation !== null && organisation !== id)) throw notFound()
  return stored.value
}
