// The demonstration, for the operator: what belongs to it, and its removal.
import {
  DemonstrationGone,
  DemonstrationRemoval,
  DemonstrationRemoved,
  DemonstrationState,
} from '#contract/demonstration.ts'
import { actorOf, identityOf } from '#api/access/identity.ts'
import { createDemonstration } from '#api/demonstration/demonstration.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { problems } from './answers.ts'

export function addDemonstrationRoutes(app: ApiApp, parts: RouteParts): void {
  const demonstration = createDemonstration(parts)
  const config = { who: { operator: ['admin'] } } as const
  app.get(
    '/demonstration',
    {
      config,
      handlerTimeout: 120_000,
      schema: {
        tags: ['system'],
        summary: 'What belongs to the demonstration, and what would hinder its removal',
        response: { 200: DemonstrationState, ...problems },
      },
    },
    () => demonstration.state(),
  )
  app.get(
    '/demonstration/removed',
    {
      config,
      schema: {
        tags: ['system'],
        summary: 'When the demonstration was removed',
        response: { 200: DemonstrationGone, ...problems },
      },
    },
    async () => ({ removedAt: await demonstration.removedAt() }),
  )
  app.post(
    '/demonstration/removal',
    {
      config,
      handlerTimeout: 600_000,
      schema: {
        tags: ['system'],
        summary:
          'Takes the demonstration out: premises, devices, costs, papers, and organisations and people of its own',
        body: DemonstrationRemoval,
        response: { 200: DemonstrationRemoved, ...problems },
      },
    },
    (request) => demonstration.remove(request.body, actorOf(identityOf(request))),
  )
}
