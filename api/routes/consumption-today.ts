// The day so far of meters beside what is usual at this time: the same weekday of the last four weeks.
import { TodayAnswer, TodayQuery, type TodaySeries } from '#contract/series.ts'
import { Failure } from '#domain/failure.ts'
import { isMeterKind } from '#domain/metering/meter-tree.ts'
import type { Scope } from '#domain/ports/records.ts'
import { divide, formatRounded, fraction, parseDecimalFraction, sum, type Fraction } from '#domain/quantity/fraction.ts'
import { dayOfInstant, dayStart } from '#domain/quantity/period.ts'
import { QUARTER_MS } from '#domain/quantity/quarters.ts'
import type { Device, Point } from '#domain/registry/bundle.ts'
import { scopeOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { meterSteps, metersBehind } from '#api/views/meter-steps.ts'
import { findPoints } from '#api/views/points.ts'
import { mustBeFew } from '#api/views/step-edges.ts'
import { iso, notFound, problems } from './answers.ts'

const WEEKS = 4
const WEEK_DAYS = 7
const DECIMALS = 3
/** A week touches two months at most, and so does the day. */
const MONTHS_READ = 2 * (WEEKS + 1)

export function addConsumptionTodayRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, limits, now } = parts
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
      mustBeFew(meters, points.length, MONTHS_READ, WEEKS + 1, limits.consumptionSteps)
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
          ...(await today(device, point, timeZone, scope)),
        })
      }
      return { timeZone, series }
    },
  )

  const today = async (device: Device, point: Point, timeZone: string, scope: Scope) => {
    const to = Math.floor(now() / QUARTER_MS) * QUARTER_MS
    const day = dayOfInstant(to, timeZone)
    const from = dayStart(day, timeZone)
    const usual: Fraction[] = []
    for (let week = 1; week <= WEEKS; week++) {
      const start = dayStart(day - week * WEEK_DAYS, timeZone)
      const known = await quantityOf(device, point, [start, start + (to - from)], timeZone, scope)
      if (known !== null) usual.push(known)
    }
    const soFar = await quantityOf(device, point, [from, to], timeZone, scope)
    return {
      from: iso(from),
      to: iso(to),
      soFar: soFar === null ? null : formatRounded(soFar, DECIMALS),
      expected: usual.length === 0 ? null : formatRounded(divide(sum(usual), fraction(BigInt(usual.length))), DECIMALS),
      weeks: usual.length,
    }
  }
  /** Null where it is unknown, or nothing but an estimate. */
  const quantityOf = async (
    device: Device,
    point: Point,
    edges: [from: number, to: number],
    timeZone: string,
    scope: Scope,
  ): Promise<Fraction | null> => {
    if (edges[1] <= edges[0]) return null
    const [step] = await meterSteps(device, point, edges, timeZone, scope, parts)
    if (step === undefined || step.quantity === null || Number(step.estimated) >= 1) return null
    return parseDecimalFraction(step.quantity)
  }
}
