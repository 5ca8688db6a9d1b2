// Comfort of the spaces of premises, hour by hour within the opening hours, and those hours themselves.
import { Comfort, ComfortQuery, OpeningHours, type ComfortMeasured, type ComfortSpace } from '#contract/comfort.ts'
import { IdParams } from '#contract/common.ts'
import {
  co2Range,
  COMFORT_LIMITS,
  HEATING_MONTHS,
  OUTDOOR_CO2,
  temperatureRange,
  type Range,
} from '#domain/comfort/limits.ts'
import { measure, type Span } from '#domain/comfort/measure.ts'
import { COMFORT_QUANTITIES, comfortPoint, type ComfortQuantity } from '#domain/comfort/sensors.ts'
import { Failure } from '#domain/failure.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'
import { datesBetween } from '#domain/twin/schedule.ts'
import { scopeOf } from '#api/access/identity.ts'
import { openDays, openingSchedule } from '#api/comfort/opening-hours.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { hiddenReadings } from '#api/views/points.ts'
import { dateOf, iso, notFound, problems } from './answers.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const DEFAULT_DAYS = 7
const DAYS_AHEAD = 14
const tags = ['premises']
type Sensor = { device: Device; point: string; series: number; quantity: ComfortQuantity }

export function addComfortRoutes(app: ApiApp, { records, telemetry, limits, now }: RouteParts): void {
  app.get(
    '/premises/:id/comfort',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary:
          'Temperature and carbon dioxide of each space: now, and how many open hours were within the limits (decrees 1009/2017, 545/2015)',
        params: IdParams,
        querystring: ComfortQuery,
        response: { 200: Comfort, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      const premises = (await records.getObject(scope, 'premises', request.params.id))?.value
      if (premises === undefined) throw notFound()
      const { timeZone } = premises
      const day = (at: number): Temporal.PlainDate =>
        Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate()
      const start = (date: string): number => Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds
      const to =
        request.query.to === undefined ? day(now()).add({ days: 1 }).toString() : dateOf(request.query.to, 'to')
      const from =
        request.query.from === undefined
          ? Temporal.PlainDate.from(to).subtract({ days: DEFAULT_DAYS }).toString()
          : dateOf(request.query.from, 'from')
      const [begins, ends] = [start(from), Math.min(start(to), now())]
      if (to <= from) throw new Failure('bad-request', 'to comes after from.')
      if (start(to) - begins > limits.comfortDays * DAY_MS)
        throw new Failure('bad-request', `Ask for ${limits.comfortDays} days at most.`)
      const set = COMFORT_LIMITS[request.query.limits ?? 'new-building']
      const schedule = await openingSchedule(records, scope, premises)
      const open =
        schedule === null
          ? null
          : openDays(schedule.body, datesBetween(begins, Math.max(begins, ends - 1), timeZone, 1), timeZone).flatMap(
              (one): Span[] => one.open,
            )
      const rangeAt = (quantity: ComfortQuantity, at: number): Range =>
        quantity === 'co2' ? co2Range(set) : temperatureRange(set, day(at).month)

      const sensors: Sensor[] = []
      let more = false
      const hidden = await hiddenReadings(records, scope, premises.id)
      for await (const device of listAll(records, 'devices', { premises: premises.id }, scope)) {
        if (hidden.has(device.id)) continue
        for (const quantity of COMFORT_QUANTITIES) {
          const point = comfortPoint(device, quantity)
          const series = point === null ? null : telemetry.findSeries(device.id, point.key)
          if (point === null || series === null) continue
          if (sensors.length >= limits.comfortSensors) more = true
          else sensors.push({ device, point: point.key, series, quantity })
        }
      }
      const edges =
        begins < ends
          ? Array.from({ length: Math.ceil((ends - begins) / HOUR_MS) + 1 }, (_, i) => begins + i * HOUR_MS)
          : []
      const buckets =
        edges.length < 2 || sensors.length === 0
          ? []
          : await telemetry.buckets(
              sensors.map(({ series }) => series),
              edges,
            )
      const latest = await telemetry.latest(sensors.map(({ series }) => series))
      const found = new Map<string, ComfortSpace>()
      for (const [i, { device, point, quantity }] of sensors.entries()) {
        const newest = latest[i]
        const value = typeof newest?.value === 'number' ? newest.value : null
        const range = rangeAt(quantity, now())
        const measured: ComfortMeasured = {
          device: device.id,
          point,
          now: newest == null || value === null ? null : { value, at: iso(newest.at) },
          verdict: value === null ? null : value < range[0] ? 'below' : value > range[1] ? 'above' : 'within',
          limits: [range[0], range[1]],
          ...measure(buckets[i] ?? [], open, (at) => rangeAt(quantity, at)),
        }
        const id = device.space ?? ''
        const space = (premises.spaces ?? []).find((one) => one.id === id)
        const before = found.getOrInsertComputed(id, () => ({
          space: id,
          name: space?.name ?? null,
          storey: space?.storey ?? null,
          temperature: null,
          co2: null,
        }))
        // Of several sensors in a space the one that was least within counts.
        if (before[quantity] === null || shareOf(measured) < shareOf(before[quantity])) before[quantity] = measured
      }
      const answer: Comfort = {
        from,
        to,
        timeZone,
        limits: set.set,
        heatingMonths: [...HEATING_MONTHS],
        heating: [set.heating[0], set.heating[1]],
        otherwise: [set.otherwise[0], set.otherwise[1]],
        co2AboveOutdoor: set.co2AboveOutdoor,
        outdoorCo2: OUTDOOR_CO2,
        schedule: schedule?.id ?? null,
        spaces: [...found.values()],
        more,
      }
      return answer
    },
  )
  app.get(
    '/premises/:id/opening-hours',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary:
          'Opening hours of premises by the schedule that says them: today and two weeks on, with holidays and exceptions',
        params: IdParams,
        response: { 200: OpeningHours, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      const premises = (await records.getObject(scope, 'premises', request.params.id))?.value
      if (premises === undefined) throw notFound()
      const { timeZone } = premises
      const paper = await openingSchedule(records, scope, premises)
      if (paper === null) return { timeZone, schedule: null, openNow: null, days: [] }
      const { name, hours, closedOnHolidays, closedOnEves } = paper.body
      const days = openDays(paper.body, datesBetween(now(), now() + (DAYS_AHEAD - 1) * DAY_MS, timeZone), timeZone)
      // Hours that wrap over midnight began yesterday.
      const yesterday = openDays(paper.body, datesBetween(now() - DAY_MS, now() - DAY_MS, timeZone), timeZone)
      const openNow = [...yesterday, ...days].some(({ open }) =>
        open.some(({ from, to }) => from <= now() && now() < to),
      )
      return {
        timeZone,
        schedule: {
          id: paper.id,
          name,
          hours: hours.map((one) => ({ days: [...one.days], from: one.from, to: one.to })),
          closedOnHolidays,
          closedOnEves,
        },
        openNow,
        days: days.map((one) => ({
          ...one,
          open: one.open.map((span) => ({ from: iso(span.from), to: iso(span.to) })),
        })),
      }
    },
  )
}

const shareOf = ({ hours, hoursWithin }: ComfortMeasured): number => (hours === 0 ? 2 : hoursWithin / hours)
