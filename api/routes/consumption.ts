// Consumption of meters by step, by the same rules as the settlement (docs/MONEY.md "Consumption").
import { setImmediate } from 'node:timers/promises'
import { ConsumptionAnswer, ConsumptionQuery, type ConsumptionSeries, type Step } from '#contract/series.ts'
import { Failure } from '#domain/failure.ts'
import { consumption } from '#domain/metering/consumption.ts'
import { parseInstant } from '#domain/quantity/instant.ts'
import { monthIndex, monthOfIndex, parseLocalDate } from '#domain/quantity/local-date.ts'
import { dayOfInstant, dayStart, monthOfInstant, periodOf } from '#domain/quantity/period.ts'
import { QUARTER_MS } from '#domain/quantity/quarters.ts'
import { scopeOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { findPoints } from '#api/views/points.ts'
import { iso, notFound, problems } from './answers.ts'

/** Meter months that one query may read. */
const MAX_METER_MONTHS = 400

export function addConsumptionRoutes(app: ApiApp, { records, telemetry, limits, now }: RouteParts): void {
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
      const months = monthsOf(from, to, timeZone)
      if (months.length * points.length > MAX_METER_MONTHS)
        throw new Failure(
          'bad-request',
          `Ask for ${MAX_METER_MONTHS} months of meters at most: fewer points or a shorter time.`,
        )
      const edges = edgesOf(from, to, request.query.step, timeZone)
      if ((edges.length - 1) * points.length > limits.consumptionSteps)
        throw new Failure(
          'bad-request',
          `Ask for ${limits.consumptionSteps} steps at most: longer steps, fewer points or a shorter time.`,
        )
      const series: ConsumptionSeries[] = []
      for (const { device, key, point } of points) {
        if (point === null || (point.kind !== 'counter' && point.kind !== 'interval'))
          throw new Failure(
            'bad-request',
            `${device.id}/${key} is no meter: only counter and interval points have consumption.`,
          )
        const number = telemetry.findSeries(device.id, key)
        // Estimates of interval points rest on whole months.
        const whole = { from: periodOf(months[0] ?? '', timeZone).from, to: periodOf(months.at(-1) ?? '', timeZone).to }
        const readings = number === null ? null : await telemetry.meterReadings(number, whole.from, whole.to)
        const steps = consumption(point, readings, edges, timeZone)
        series.push({
          device: device.id,
          point: key,
          unit: point.unit ?? null,
          // What has not begun yet is not known, also where the settlement would estimate it.
          steps: steps.map(({ from, to, quantity, estimated }) => ({
            from: iso(from),
            to: iso(to),
            quantity: from >= now() ? null : quantity,
            estimated,
          })),
        })
        await setImmediate() // others get their turn between two meters
      }
      return { timeZone, series }
    },
  )
}

/** A local date is its midnight; an instant goes down to its quarter. */
function startOf(text: string, name: string, timeZone: string): number {
  const day = parseLocalDate(text)
  if (day !== null) return dayStart(day, timeZone)
  const at = parseInstant(text)
  if (at === null) throw new Failure('bad-request', `${name} is neither a date nor an instant with offset or Z.`)
  return Math.floor(at / QUARTER_MS) * QUARTER_MS
}

function monthsOf(from: number, to: number, timeZone: string): string[] {
  const first = monthIndex(monthOfInstant(from, timeZone))
  const last = monthIndex(monthOfInstant(to - 1, timeZone))
  return last - first > MAX_METER_MONTHS
    ? []
    : Array.from({ length: last - first + 1 }, (_, i) => monthOfIndex(first + i))
}

/** Edges of the steps: whole local days or months where the step is one, else of equal length. */
function edgesOf(from: number, to: number, step: Step, timeZone: string): number[] {
  const edges = [from]
  if (step === 'PT15M' || step === 'PT1H') {
    const length = step === 'PT15M' ? QUARTER_MS : 4 * QUARTER_MS
    for (let at = from + length - (from % length); at < to; at += length) edges.push(at)
  } else if (step === 'P1D') {
    for (let day = dayOfInstant(from, timeZone) + 1; dayStart(day, timeZone) < to; day++)
      edges.push(dayStart(day, timeZone))
  } else {
    for (const month of monthsOf(from, to, timeZone).slice(1)) edges.push(periodOf(month, timeZone).from)
  }
  edges.push(to)
  return edges
}
