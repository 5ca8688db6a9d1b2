// Organisations, and the passing of one body's rights and duties to another.
import { Organisation } from '#contract/bundle.ts'
import { IdParams } from '#contract/common.ts'
import {
  OrganisationPage,
  OrganisationQuery,
  OrganisationRecorded,
  Succession,
  SuccessionAnswer,
} from '#contract/organisations.ts'
import { Failure } from '#domain/failure.ts'
import { applySuccession, previewSuccession } from '#domain/registry/apply-succession.ts'
import { actorOf, identityOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { notFound, problems, shown } from './answers.ts'
import { addChange, addHistory, addList, addOne } from './objects.ts'

export function addOrganisationRoutes(app: ApiApp, parts: RouteParts): void {
  const noun = { app, parts, path: '/organisations', kind: 'organisations' as const, tag: 'organisations' }
  addList(noun, { query: OrganisationQuery, answer: OrganisationPage }, shown)
  addOne(noun, OrganisationRecorded, shown)
  addChange(noun, Organisation)
  addHistory(noun)

  app.post(
    '/organisations/:id/succession',
    {
      // It reaches into the facts of every premises that the organisation has to do with.
      config: { who: { operator: ['admin'] } },
      schema: {
        tags: ['organisations'],
        summary: 'Look at what passes to a successor, or do it',
        params: IdParams,
        body: Succession,
        response: { 200: SuccessionAnswer, ...problems },
      },
    },
    async (request) => {
      const { records, telemetry, now } = parts
      const { successor, from, apply } = request.body
      if ((await records.getObject({ organisation: null }, 'organisations', request.params.id)) === null)
        throw notFound()
      const order = { organisation: request.params.id, successor, from }
      const result = apply
        ? await applySuccession({ records, telemetry }, order, now(), actorOf(identityOf(request)))
        : await previewSuccession(records, order)
      if (!result.ok)
        throw new Failure('invalid-bundle', 'The succession is not possible; nothing was changed.', {
          problems: result.problems,
        })
      return { effects: result.effects, applied: apply }
    },
  )
}
