// The day so far of meters beside what is usual at this time: the same weekday of the last four weeks.
import { TodayAnswer, TodayQuery, type TodaySeries } from '#contract/series.ts'
import { Failure } from '#domain/failure.ts'
import { isMeterKind } from '#domain/metering/meter-tree.ts'
import { formatRounded } from '#domain/quantity/fraction.ts'
import { scopeOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { consumptionToday, TODAY_MONTHS, TODAY_STEPS, type Today } from '#api/views/consumption-today.ts'
import { metersBehind } from '#api/views/meter-steps.ts'
import { findPoints } from '#api/views/points.ts'
import { mustBeFew } from '#api/views/step-edges.ts'
import { iso, notFound, problems } from './answers.ts'

const DECIMALS = 3

export function addConsumptionTodayRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, limits } = parts
  app.get(
    '/consumption/today',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['series'],
        summary: 'Consumption of meters today so far, beside the same weekday of the last four weeks',
        querystring: TodayQuery,
        response: { 200: TodayAnswer, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      const points = await findPoints(request.query.points, scope, records)
      const [place] = points
      const premises = place === undefined ? null : await records.getObject(scope, 'premises', place.device.premises)
      if (premises === null) throw notFound()
      const { timeZone } = premises.value
      const meters = points.reduce((count, { point }) => count + (point === null ? 1 : metersBehind(point)), 0)
      mustBeFew(meters, points.length, TODAY_MONTHS, TODAY_STEPS, limits.consumptionSteps)
      const series: TodaySeries[] = []
      for (const { device, key, point } of points) {
        if (device.premises !== premises.value.id)
          throw new Failure('bad-request', 'The points lie in different premises: ask for each by itself.')
        if (point === null || !isMeterKind(point.kind))
          throw new Failure('bad-request', `${device.id}/${key} is no meter.`)
        series.push({
          device: device.id,
          point: key,
          unit: point.unit ?? null,
          ...shown(await consumptionToday(device, point, timeZone, scope, parts)),
        })
      }
      return { timeZone, series }
    },
  )
}

const shown = ({ from, to, soFar, expected, weeks }: Today) => ({
  from: iso(from),
  to: iso(to),
  soFar: soFar === null ? null : formatRounded(soFar, DECIMALS),
  expected: expected === null ? null : formatRounded(expected, DECIMALS),
  weeks,
})
