// What if other rules had held: months gone by under draft rules, against what was. Writes nothing.
import { PremisesParams } from '#contract/premises.ts'
import { WhatIfAnswer, WhatIfWanted } from '#contract/what-if.ts'
import type { Id, Names } from '#domain/registry/bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'
import { identityOf } from '#api/access/identity.ts'
import { mustSettle, premisesForCosts } from '#api/access/may-settle.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { computeWhatIf } from '#api/what-if/compute.ts'
import { problems } from './answers.ts'

export function addWhatIfRoutes(app: ApiApp, parts: RouteParts, settlements: Settlements): void {
  const { records } = parts
  app.post(
    '/premises/:id/what-if',
    {
      config: { who: ['controller', 'manager', 'admin'] },
      handlerTimeout: 120_000,
      schema: {
        tags: ['what-if'],
        summary: 'Who would have borne what under other rules, by month and category, against what was; writes nothing',
        params: PremisesParams,
        body: WhatIfWanted,
        response: { 200: WhatIfAnswer, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      await mustSettle(identity, premises, records)
      const {
        settlements: standing,
        variants,
        outcome,
      } = await computeWhatIf(identity, premises, request.body, settlements, parts)
      const organisations: Record<Id, Names> = {}
      for await (const { id, name } of listAll(records, 'organisations', { ids: outcome.parties }))
        organisations[id] = name
      return {
        premises: premises.id,
        ...outcome,
        months: standing.map(({ period, status }) => ({ period, status })),
        variants: outcome.variants.map((variant, i) => ({
          ...variant,
          rules: variants[i]?.rules === undefined ? null : [...variants[i].rules],
        })),
        demonstration: premises.demonstration === true,
        organisations,
      }
    },
  )
}
