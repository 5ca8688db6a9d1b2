// Settlements of a premises as they are read: months at a glance, one month, its details, the explanation of an item.
import { KnownAtQuery } from '#contract/change.ts'
import { ExplanationAnswer, ExplanationQuery } from '#contract/explanation.ts'
import { PremisesMonthParams, PremisesParams } from '#contract/premises.ts'
import {
  ExplanationParams,
  Settlement,
  SettlementDetails,
  SettlementsQuery,
  SettlementSummaries,
} from '#contract/settlements.ts'
import { explainItem } from '#domain/explain/sentences.ts'
import { Failure } from '#domain/failure.ts'
import { monthIndex, monthOfIndex } from '#domain/quantity/local-date.ts'
import { identityOf } from '#api/access/identity.ts'
import { premisesForCosts } from '#api/access/may-settle.ts'
import { lookOf, type SawRule } from '#api/access/saw.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { itemNames, organisationNames, writerFor } from '#api/settlement/names.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { instantOf, notFound, problems } from './answers.ts'

export const MONTH = '/premises/:id/settlements/:period'

/** It has the statements of all parties: the operator is none of them. */
const ofOperator: SawRule = (request, identity) =>
  identity.organisation === null ? lookOf(request, identity, 'settlement') : null

export function addSettlementRoutes(app: ApiApp, parts: RouteParts, settlements: Settlements): void {
  const { records, limits } = parts
  const tags = ['settlements']

  app.get(
    '/premises/:id/settlements',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Months at a glance',
        params: PremisesParams,
        querystring: SettlementsQuery,
        response: { 200: SettlementSummaries, ...problems },
      },
    },
    async (request) => {
      const premises = await premisesForCosts(identityOf(request), request.params.id, records)
      const [from, to] = [monthIndex(request.query.from), monthIndex(request.query.to)]
      if (to < from) throw new Failure('bad-request', 'to is a month not before from; both are in.')
      if (to - from >= limits.settlementMonths)
        throw new Failure('bad-request', `Ask for ${limits.settlementMonths} months at most.`)
      const months = Array.from({ length: to - from + 1 }, (_, i) => monthOfIndex(from + i))
      return { items: await settlements.list(premises.id, months) }
    },
  )

  app.get(
    MONTH,
    {
      config: { who: 'viewer', saw: ofOperator },
      schema: {
        tags,
        summary: 'The settlement of a month: as frozen, else the draft',
        params: PremisesMonthParams,
        querystring: KnownAtQuery,
        response: { 200: Settlement, ...problems },
      },
    },
    async (request) => {
      const premises = await premisesForCosts(identityOf(request), request.params.id, records)
      const { knownAt } = request.query
      return settlements.show(
        premises.id,
        request.params.period,
        knownAt === undefined ? undefined : instantOf(knownAt, 'knownAt'),
      )
    },
  )

  app.get(
    `${MONTH}/details`,
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The settlement with what the parties said, and what hinders its next step',
        params: PremisesMonthParams,
        response: { 200: SettlementDetails, ...problems },
      },
    },
    async (request) => {
      const premises = await premisesForCosts(identityOf(request), request.params.id, records)
      const details = await settlements.details(premises, request.params.period)
      return {
        ...details,
        organisations: await organisationNames(records, details.settlement),
        itemNames: await itemNames(records, premises.id, details.settlement),
      }
    },
  )

  app.get(
    `${MONTH}/explanations/:item`,
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The whole way from readings to cents of one item; with `language` also in sentences',
        params: ExplanationParams,
        querystring: ExplanationQuery,
        response: { 200: ExplanationAnswer, ...problems },
      },
    },
    async (request) => {
      const premises = await premisesForCosts(identityOf(request), request.params.id, records)
      const { period, item } = request.params
      const { explanations, causes } = await settlements.explained(premises.id, period, [item])
      const [explanation] = explanations
      if (explanation === undefined) throw notFound()
      const why = causes.get(item) ?? null
      const { language } = request.query
      return {
        ...explanation,
        ...(why === null ? {} : { causes: why }),
        ...(language === undefined
          ? {}
          : {
              sentences: explainItem(
                explanation,
                why,
                await writerFor(records, premises, language, [explanation, why]),
              ),
            }),
      }
    },
  )
}
