// Disputes of months: those that concern the organisation, one with its conversation, and each step in its life.
import { IdParams } from '#contract/common.ts'
import { DisputePage, DisputeQuery, DisputeShown, DisputeStepWanted, DisputeWanted } from '#contract/disputes.ts'
import { PremisesMonthParams } from '#contract/premises.ts'
import { Failure } from '#domain/failure.ts'
import { DISPUTE, OPEN_STATES, turnOf, type DisputeState } from '#domain/disputes/dispute.ts'
import { actorOf, identityOf, scopeOf } from '#api/access/identity.ts'
import { premisesForCosts } from '#api/access/may-settle.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import type { Disputes, StoredDispute } from '#api/settlement/disputes.ts'
import { iso, isoOrNull, notFound, pageOfQuery, problems } from './answers.ts'
import { MONTH } from './settlements.ts'

export function addDisputeRoutes(app: ApiApp, { records, now }: RouteParts, disputes: Disputes): void {
  const tags = ['disputes']
  const shownOf = (paper: StoredDispute): DisputeShown => disputeShown(paper, now())

  app.get(
    '/disputes',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Disputes that concern the organisation, the newest first',
        querystring: DisputeQuery,
        response: { 200: DisputePage, ...problems },
      },
    },
    async (request) => {
      const { premises, period, state } = request.query
      const page = await records.listPapers(scopeOf(request), DISPUTE, {
        ...pageOfQuery(request.query),
        ...(premises === undefined ? {} : { premises }),
        ...(state === undefined ? {} : { states: state === 'open' ? OPEN_STATES : ['resolved'] }),
        newestFirst: true,
      })
      const items = page.items.filter(({ body }) => period === undefined || body.period === period)
      return { items: items.map(shownOf), next: page.next }
    },
  )
  app.get(
    '/disputes/:id',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'One dispute with its conversation',
        params: IdParams,
        response: { 200: DisputeShown, ...problems },
      },
    },
    async (request) => {
      const found = await records.getPaper(scopeOf(request), DISPUTE, request.params.id)
      if (found === null) throw notFound()
      return shownOf(found)
    },
  )
  app.post(
    `${MONTH}/disputes`,
    {
      config: { who: ['controller', 'signatory'] },
      schema: {
        tags,
        summary: 'Dispute a line of an issued month, or the whole; the undisputed rest stays payable',
        params: PremisesMonthParams,
        body: DisputeWanted,
        response: { 201: DisputeShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      if (identity.organisation !== request.body.party)
        throw new Failure('not-allowed', 'Everyone disputes for their own organisation.')
      const made = await disputes.open(premises, request.params.period, request.body, actorOf(identity))
      return reply.code(201).send(shownOf(made))
    },
  )
  app.post(
    '/disputes/:id/steps',
    {
      config: { who: ['controller', 'signatory'] },
      schema: {
        tags,
        summary: 'Say more, take it on, answer it, ask on, or end it',
        params: IdParams,
        body: DisputeStepWanted,
        response: { 200: DisputeShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const found = await records.getPaper(scopeOf(request), DISPUTE, request.params.id)
      if (found === null) throw notFound()
      return shownOf(await disputes.step(found, request.body, actorOf(identity)))
    },
  )
}

function disputeShown(
  { id, version, premises, state, dueAt, createdAt, body }: StoredDispute,
  at: number,
): DisputeShown {
  const { period, issue, party, item, reason, net, owner, answer, outcome, entries } = body
  return {
    id,
    version,
    premises: premises ?? '',
    period,
    issue,
    party,
    item,
    reason,
    net,
    owner: { organisation: owner.organisation, person: owner.person?.name ?? null },
    state: state as DisputeState,
    turn: turnOf(state, body),
    dueAt: isoOrNull(dueAt),
    overdue: dueAt !== null && dueAt <= at,
    answer,
    outcome,
    openedAt: iso(createdAt),
    entries: entries.map((entry) => ({ ...entry, at: iso(entry.at), files: [...entry.files] })),
  }
}
