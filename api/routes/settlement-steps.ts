// The steps in the life of a settlement: issue, the parties' answers, close.
import { PremisesMonthParams } from '#contract/premises.ts'
import { Force, PartyResponseWanted, Recorded, Settlement } from '#contract/settlements.ts'
import { Failure } from '#domain/failure.ts'
import { actorOf, identityOf } from '#api/access/identity.ts'
import { mustSettle, premisesForCosts } from '#api/access/may-settle.ts'
import { hasRole } from '#api/access/who.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import type { Disputes } from '#api/settlement/disputes.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { problems } from './answers.ts'
import { MONTH } from './settlements.ts'

export function addSettlementSteps(
  app: ApiApp,
  { records }: RouteParts,
  settlements: Settlements,
  disputes: Disputes,
): void {
  const tags = ['settlements']

  app.post(
    `${MONTH}/issue`,
    {
      config: { who: ['controller', 'admin'] },
      schema: {
        tags,
        summary: 'Freeze the draft and show it to the parties',
        params: PremisesMonthParams,
        body: Force,
        response: { 200: Settlement, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      await mustSettle(identity, premises, records)
      return settlements.issue(premises, request.params.period, actorOf(identity))
    },
  )

  app.post(
    `${MONTH}/close`,
    {
      config: { who: ['controller', 'admin'] },
      schema: {
        tags,
        summary: 'Close the month for good; with `force` without the acceptances',
        params: PremisesMonthParams,
        body: Force,
        response: { 200: Settlement, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      await mustSettle(identity, premises, records)
      const { force, reason } = request.body
      if (force === true && (identity.organisation !== null || !hasRole(identity, ['admin'])))
        throw new Failure(
          'not-allowed',
          'Only an administrator of the platform, of no party, may waive the acceptances.',
        )
      if (force === true && (reason ?? '').trim() === '')
        throw new Failure('invalid-body', 'Say the reason: it is shown to every party.', {
          problems: [{ pointer: '/reason', code: 'required', message: 'is missing' }],
        })
      return settlements.close(
        premises,
        request.params.period,
        actorOf(identity),
        force === true ? { reason: reason ?? '' } : null,
      )
    },
  )

  app.post(
    `${MONTH}/responses`,
    {
      config: { who: ['controller', 'signatory'] },
      schema: {
        tags,
        summary: 'Accept, dispute or comment, on the whole or on one item',
        params: PremisesMonthParams,
        body: PartyResponseWanted,
        response: { 201: Recorded, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const { party, item, answer, text } = request.body
      if (identity.organisation !== party)
        throw new Failure('not-allowed', 'Everyone answers for their own organisation.')
      if (answer === 'disputed' && (text ?? '').trim() === '')
        throw new Failure('invalid-body', 'Say what is disputed.', {
          problems: [{ pointer: '/text', code: 'required', message: 'is missing' }],
        })
      await disputes.respond(
        premises,
        request.params.period,
        { party, item, answer, text: text ?? '' },
        actorOf(identity),
      )
      return reply.code(201).send({ recorded: true as const })
    },
  )
}
