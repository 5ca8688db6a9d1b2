// Consumption of meters by step, by the same rules as the settlement (docs/MONEY.md "Consumption").
import { ConsumptionAnswer, ConsumptionQuery, type ConsumptionSeries } from '#contract/series.ts'
import { Failure } from '#domain/failure.ts'
import { isMeterKind } from '#domain/metering/meter-tree.ts'
import { scopeOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { meterSteps, metersBehind } from '#api/views/meter-steps.ts'
import { findPoints } from '#api/views/points.ts'
import { edgesOf, monthsOf, mustBeFew, startOf } from '#api/views/step-edges.ts'
import { iso, notFound, problems } from './answers.ts'

export function addConsumptionRoutes(app: ApiApp, parts: RouteParts): void {
  const { records } = parts
  app.get(
    '/consumption',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['series'],
        summary: 'Consumption of meters by step',
        querystring: ConsumptionQuery,
        response: { 200: ConsumptionAnswer, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      const points = await findPoints(request.query.points, scope, records)
      const places = new Set(points.map(({ device }) => device.premises))
      const premises = await Promise.all([...places].map((id) => records.getObject(scope, 'premises', id)))
      const timeZones = new Set(premises.map((one) => one?.value.timeZone))
      const [timeZone] = timeZones
      if (timeZone === undefined) throw notFound()
      if (timeZones.size > 1)
        throw new Failure('bad-request', 'The points lie in different time zones: ask for each by itself.')
      const from = startOf(request.query.from, 'from', timeZone)
      const to = startOf(request.query.to, 'to', timeZone)
      if (to <= from) throw new Failure('bad-request', 'to comes after from.')
      const edges = edgesOf(from, to, request.query.step, timeZone)
      const meters = points.reduce((sum, { point }) => sum + (point === null ? 1 : metersBehind(point)), 0)
      mustBeFew(
        meters,
        points.length,
        monthsOf(from, to, timeZone).length,
        edges.length - 1,
        parts.limits.consumptionSteps,
      )
      const series: ConsumptionSeries[] = []
      for (const { device, key, point } of points) {
        if (point === null || !isMeterKind(point.kind))
          throw new Failure(
            'bad-request',
            `${device.id}/${key} is no meter: only counter, interval and virtual points have consumption.`,
          )
        const steps = await meterSteps(device, point, edges, timeZone, scope, parts)
        series.push({
          device: device.id,
          point: key,
          unit: point.unit ?? null,
          steps: steps.map(({ from, to, quantity, estimated }) => ({
            from: iso(from),
            to: iso(to),
            quantity,
            estimated,
          })),
        })
      }
      return { timeZone, series }
    },
  )
}
