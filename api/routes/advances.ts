// Advance payments: plans of a year, their invoices, the year's true-up.
import {
  AdvanceAnswer,
  AdvanceInvoiceWanted,
  AdvancePlanParams,
  AdvancePlans,
  AdvancePlanShown,
  AdvancePlanWanted,
  AdvanceYearParams,
  TrueUpShown,
} from '#contract/advances.ts'
import { MadeDocuments } from '#contract/documents.ts'
import { Failure } from '#domain/failure.ts'
import type { Premises } from '#domain/registry/bundle.ts'
import { ALL } from '#domain/registry/list-all.ts'
import { ADVANCE_PLAN } from '#domain/year/advances.ts'
import { actorOf, identityOf, type Identity } from '#api/access/identity.ts'
import { premisesForCosts } from '#api/access/may-settle.ts'
import { documentShown } from '#api/documents/document-shown.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import {
  makeAdvance,
  makeTrueUp,
  trueUpNow,
  trueUpsOf,
  type DocumentPaper,
  type Plan,
} from '#api/year/advance-documents.ts'
import { answerPlan, planShown, plansOf, proposePlan, standingOf, storedPlan } from '#api/year/advance-plans.ts'
import { ownOrganisation } from '#api/year/year-access.ts'
import { checkVersion, notFound, problems, setEtag } from './answers.ts'

const MAKE_MS = 120_000

export function addAdvanceRoutes(app: ApiApp, parts: RouteParts): void {
  const { records } = parts
  const tags = ['year']
  const planOf = async ({ organisation }: Identity, id: string): Promise<{ plan: Plan; premises: Premises }> => {
    const plan = await records.getPaper({ organisation }, ADVANCE_PLAN, id)
    const premises = plan === null ? null : await records.getObject(ALL, 'premises', plan.premises ?? '')
    if (plan === null || premises === null) throw notFound()
    return { plan, premises: premises.value }
  }
  const mustSell = (identity: Identity, { body }: Plan): void => {
    if (ownOrganisation(identity) !== body.seller)
      throw new Failure('not-allowed', 'Advances and the true-up are invoiced by who is paid.')
  }
  const madeShown = async ({ documents, made }: { documents: DocumentPaper[]; made: number }) => ({
    items: await Promise.all(documents.map((paper) => documentShown(records, paper))),
    made,
  })

  app.get(
    '/premises/:id/years/:year/advances',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Plans of advance payments between your organisation and others, with their invoices',
        params: AdvanceYearParams,
        response: { 200: AdvancePlans, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const plans = await plansOf(parts, { organisation: identity.organisation }, premises.id, request.params.year)
      return { items: await Promise.all(plans.map((plan) => planShown(parts, plan))) }
    },
  )

  app.put(
    '/premises/:id/years/:year/advances',
    {
      config: { who: ['controller'] },
      schema: {
        tags,
        summary: 'Proposes what another party pays you each month in advance; If-Match changes a proposal',
        params: AdvanceYearParams,
        body: AdvancePlanWanted,
        response: { 200: AdvancePlanShown, 201: AdvancePlanShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const seller = ownOrganisation(identity)
      const { year } = request.params
      const stored = await storedPlan(parts, premises.id, year, seller, request.body.buyer)
      checkVersion(request, stored?.version ?? null)
      const plan = await proposePlan(parts, premises, year, seller, request.body, actorOf(identity))
      setEtag(reply, plan.version)
      return reply.code(stored === null ? 201 : 200).send(await planShown(parts, plan))
    },
  )

  app.get(
    '/advance-plans/:id',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'One plan of advance payments',
        params: AdvancePlanParams,
        response: { 200: AdvancePlanShown, ...problems },
      },
    },
    async (request, reply) => {
      const { plan } = await planOf(identityOf(request), request.params.id)
      setEtag(reply, plan.version)
      return planShown(parts, plan)
    },
  )

  app.post(
    '/advance-plans/:id/answer',
    {
      config: { who: ['controller', 'signatory'] },
      schema: {
        tags,
        summary: 'The word of who is to pay: agreed or declined',
        params: AdvancePlanParams,
        body: AdvanceAnswer,
        response: { 200: AdvancePlanShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { plan } = await planOf(identity, request.params.id)
      const organisation = ownOrganisation(identity)
      return planShown(parts, await answerPlan(parts, plan, organisation, request.body.answer, actorOf(identity)))
    },
  )

  app.post(
    '/advance-plans/:id/invoices',
    {
      config: { who: ['controller'] },
      handlerTimeout: MAKE_MS,
      schema: {
        tags,
        summary: 'Makes the advance invoice of a month; what is made is never made twice',
        params: AdvancePlanParams,
        body: AdvanceInvoiceWanted,
        response: { 200: MadeDocuments, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { plan, premises } = await planOf(identity, request.params.id)
      mustSell(identity, plan)
      return madeShown(await makeAdvance(parts, premises, plan, request.body.month, actorOf(identity)))
    },
  )

  app.get(
    '/advance-plans/:id/true-up',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'What the closed months of the plan come to less its advances, and which months are still open',
        params: AdvancePlanParams,
        response: { 200: TrueUpShown, ...problems },
      },
    },
    async (request) => {
      const { plan } = await planOf(identityOf(request), request.params.id)
      const { trueUp, open } = await trueUpNow(parts, plan)
      const { parts: _parts, ...figures } = trueUp
      const made = await standingOf(parts, await trueUpsOf(parts, plan.id))
      return { ...figures, open, documents: await Promise.all(made.map((paper) => documentShown(records, paper))) }
    },
  )

  app.post(
    '/advance-plans/:id/true-up',
    {
      config: { who: ['controller'] },
      handlerTimeout: MAKE_MS,
      schema: {
        tags,
        summary: 'Makes the year’s true-up as an invoice or credit note, once every month of the plan is closed',
        params: AdvancePlanParams,
        response: { 200: MadeDocuments, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { plan, premises } = await planOf(identity, request.params.id)
      mustSell(identity, plan)
      return madeShown(await makeTrueUp(parts, premises, plan, actorOf(identity)))
    },
  )
}
