// Key figures of costs: periods, comparisons, the flow of a month; and what they go by: emission factors and the weather.
import { Nothing } from '#contract/common.ts'
import {
  CompareQuery,
  CostComparison,
  CostFigures,
  CostFiguresQuery,
  CostFlow,
  EmissionFactors,
  EmissionFactorShown,
  EmissionFactorWanted,
  FactorParams,
  PlatformFactorParams,
  WeatherShown,
  WeatherWanted,
} from '#contract/cost-figures.ts'
import { PremisesMonthParams, PremisesParams } from '#contract/premises.ts'
import { WEATHER } from '#domain/costs/weather.ts'
import { Failure } from '#domain/failure.ts'
import { actorOf, identityOf } from '#api/access/identity.ts'
import { premisesForCosts } from '#api/access/may-settle.ts'
import type { CostMonths } from '#api/costs/cost-months.ts'
import {
  factorsOf,
  maySayFigures,
  mustSayFigures,
  FACTOR_ROLES,
  putFactor,
  withdrawFactor,
} from '#api/costs/factors.ts'
import { comparisonOf, costFlowOf, figuresOf } from '#api/costs/figures.ts'
import { weatherIdOf, weatherOf } from '#api/costs/weather.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { checkVersion, dateOf, problems, setEtag } from './answers.ts'
import { MONTH } from './settlements.ts'

export function addCostFigureRoutes(app: ApiApp, parts: RouteParts, costMonths: CostMonths): void {
  const { records } = parts
  const tags = ['key figures']

  app.get(
    '/premises/:id/cost-figures',
    {
      config: { who: 'viewer' },
      handlerTimeout: 120_000,
      schema: {
        tags,
        summary: 'Costs by month or year: by type, party and source, per m² and person, use, weather, emissions',
        params: PremisesParams,
        querystring: CostFiguresQuery,
        response: { 200: CostFigures, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const figures = await figuresOf(parts, costMonths, premises, request.query)
      return { ...figures, mayChange: maySayFigures(identity, premises) }
    },
  )

  app.get(
    '/premises/:id/cost-comparison',
    {
      config: { who: 'viewer' },
      handlerTimeout: 120_000,
      schema: {
        tags,
        summary: 'Two months or two years side by side: what rose and fell, and why, to the cent',
        params: PremisesParams,
        querystring: CompareQuery,
        response: { 200: CostComparison, ...problems },
      },
    },
    async (request) => {
      const premises = await premisesForCosts(identityOf(request), request.params.id, records)
      return comparisonOf(parts, costMonths, premises, request.query)
    },
  )

  app.get(
    `${MONTH}/flow`,
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'What a month cost, how it was split, who bears it: sums by cost type, method and party',
        params: PremisesMonthParams,
        response: { 200: CostFlow, ...problems },
      },
    },
    async (request) => {
      const premises = await premisesForCosts(identityOf(request), request.params.id, records)
      return costFlowOf(costMonths, premises, request.params.period)
    },
  )

  app.get(
    '/premises/:id/emission-factors',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Emission factors of the premises, and those of all premises',
        params: PremisesParams,
        response: { 200: EmissionFactors, ...problems },
      },
    },
    async (request) => {
      const premises = await premisesForCosts(identityOf(request), request.params.id, records)
      return { items: await factorsOf(parts, premises.id) }
    },
  )
  app.post(
    '/premises/:id/emission-factors',
    {
      config: { who: FACTOR_ROLES },
      schema: {
        tags,
        summary: 'A dated emission factor with its source; one of the same cost type and date is replaced',
        params: PremisesParams,
        body: EmissionFactorWanted,
        response: { 201: EmissionFactorShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      mustSayFigures(identity, premises)
      dateOf(request.body.from, 'from')
      return reply.code(201).send(await putFactor(parts, premises.id, request.body, actorOf(identity)))
    },
  )
  app.delete(
    '/premises/:id/emission-factors/:factor',
    {
      config: { who: FACTOR_ROLES },
      schema: {
        tags,
        summary: 'Takes an emission factor of the premises out of use',
        params: FactorParams,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      mustSayFigures(identity, premises)
      await withdrawFactor(parts, premises.id, request.params.factor, actorOf(identity))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/emission-factors',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Emission factors of all premises that have none of their own',
        response: { 200: EmissionFactors, ...problems },
      },
    },
    async () => ({ items: await factorsOf(parts, null) }),
  )
  app.post(
    '/emission-factors',
    {
      config: { who: { operator: FACTOR_ROLES } },
      schema: {
        tags,
        summary: 'A dated emission factor of all premises, with its source',
        body: EmissionFactorWanted,
        response: { 201: EmissionFactorShown, ...problems },
      },
    },
    async (request, reply) => {
      dateOf(request.body.from, 'from')
      return reply.code(201).send(await putFactor(parts, null, request.body, actorOf(identityOf(request))))
    },
  )
  app.delete(
    '/emission-factors/:factor',
    {
      config: { who: { operator: FACTOR_ROLES } },
      schema: {
        tags,
        summary: 'Takes an emission factor of all premises out of use',
        params: PlatformFactorParams,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      await withdrawFactor(parts, null, request.params.factor, actorOf(identityOf(request)))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/premises/:id/weather',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'What the weather of the premises goes by: sensor or entered degree days, and the normal year',
        params: PremisesParams,
        response: { 200: WeatherShown, ...problems },
      },
    },
    async (request, reply) => {
      const premises = await premisesForCosts(identityOf(request), request.params.id, records)
      const stored = await weatherOf(parts, premises.id)
      setEtag(reply, stored?.version ?? 0)
      return { weather: stored?.body ?? null, version: stored?.version ?? 0 }
    },
  )
  app.put(
    '/premises/:id/weather',
    {
      config: { who: FACTOR_ROLES },
      schema: {
        tags,
        summary: 'Says what the weather of the premises goes by',
        params: PremisesParams,
        body: WeatherWanted,
        response: { 200: WeatherShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      mustSayFigures(identity, premises)
      const { sensor, normal } = request.body
      if (normal.length !== 0 && normal.length !== 12)
        throw new Failure('invalid-body', 'A normal year has twelve months, or none is given.', {
          problems: [{ pointer: '/normal', code: 'length', message: 'give twelve figures, January first, or none' }],
        })
      if (sensor !== null) {
        const device = await records.getObject({ organisation: identity.organisation }, 'devices', sensor.device)
        const point = device?.value.points?.find(({ key }) => key === sensor.point)
        if (device === null || device.value.premises !== premises.id || point?.unit !== '°C')
          throw new Failure('invalid-body', 'The sensor is a temperature in °C of a device of these premises.', {
            problems: [{ pointer: '/sensor', code: 'reference', message: 'no such temperature here' }],
          })
      }
      const stored = await weatherOf(parts, premises.id)
      checkVersion(request, stored?.version ?? null)
      const paper = {
        id: weatherIdOf(premises.id),
        premises: premises.id,
        audience: 'premises' as const,
        state: 'in-use',
        dueAt: null,
        body: request.body,
      }
      const { versions } = await records.changePapers(
        { papers: [{ kind: WEATHER, paper, expectedVersion: stored?.version ?? 0 }] },
        actorOf(identity),
        'weather.put',
      )
      const version = versions[0] ?? 1
      setEtag(reply, version)
      return { weather: request.body, version }
    },
  )
}
