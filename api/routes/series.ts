// Time series: buckets for charts, newest readings, raw readings as a stream, and what was superseded.
import { Readable } from 'node:stream'
import type { Static } from 'typebox'
import { Streamed } from '#contract/common.ts'
import {
  LatestAnswer,
  LatestQuery,
  ReadingsQuery,
  SeriesAnswer,
  SeriesColumnsAnswer,
  SeriesQuery,
  SupersededAnswer,
  SupersededQuery,
  type LatestReading,
} from '#contract/series.ts'
import { Failure } from '#domain/failure.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { Scope } from '#domain/ports/records.ts'
import type { Reading, Telemetry } from '#domain/ports/telemetry.ts'
import { scopeOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { findPoints, hiddenReadings, type FoundPoint } from '#api/views/points.ts'
import { instantOf, iso, notFound, problems, valueShown } from './answers.ts'

const DAY_MS = 86_400_000
const DEFAULT_BUCKETS = 300
const READINGS_PAGE = 10_000
const MAX_SUPERSEDED = 1000
const MAX_LATEST = 10_000

export function addSeriesRoutes(app: ApiApp, { records, telemetry, limits }: RouteParts): void {
  const range = (query: { from: string; to: string }): { from: number; to: number } => {
    const [from, to] = [instantOf(query.from, 'from'), instantOf(query.to, 'to')]
    if (to <= from) throw new Failure('bad-request', 'to comes after from.')
    if (to - from > limits.seriesDays * DAY_MS)
      throw new Failure('bad-request', `Ask for ${limits.seriesDays} days at most.`)
    return { from, to }
  }
  /** What was found of the asked points, the edges of their buckets, and the buckets of each; null: the point never sent. */
  const bucketsOf = async (query: Static<typeof SeriesQuery>, scope: Scope) => {
    const { from, to } = range(query)
    const points = await findPoints(query.points, scope, records)
    // Neighbouring edges differ by a millisecond at least.
    const buckets = Math.min(query.buckets ?? DEFAULT_BUCKETS, to - from)
    const edges = Array.from({ length: buckets + 1 }, (_, i) => from + Math.round(((to - from) * i) / buckets))
    const known = points.map(({ device, key }) => telemetry.findSeries(device.id, key))
    const asked = known.filter((series) => series !== null)
    const answered = asked.length === 0 ? [] : await telemetry.buckets(asked, edges)
    let next = 0
    return {
      edges,
      series: points.map(({ device, key, point }, i) => ({
        shown: { device: device.id, point: key, unit: point?.unit ?? null, kind: point?.kind ?? null },
        buckets: known[i] === null ? null : (answered[next++] ?? []),
      })),
    }
  }
  app.get(
    '/series',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['series'],
        summary: 'Buckets of points: min, max, mean, first, last, count, worst quality',
        querystring: SeriesQuery,
        response: { 200: SeriesAnswer, ...problems },
      },
    },
    async (request) => {
      const { edges, series } = await bucketsOf(request.query, scopeOf(request))
      return {
        from: iso(edges[0] ?? 0),
        to: iso(edges.at(-1) ?? 0),
        series: series.map(({ shown, buckets }) => ({
          ...shown,
          buckets:
            buckets === null
              ? edges.slice(1).map((edge, b) => ({ ...EMPTY_BUCKET, from: iso(edges[b] ?? 0), to: iso(edge) }))
              : buckets.map((bucket) => ({ ...bucket, from: iso(bucket.from), to: iso(bucket.to) })),
        })),
      }
    },
  )

  app.get(
    '/series/columns',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['series'],
        summary: 'The same buckets as parallel arrays with their edges once: a fifth of the bytes, for charts',
        querystring: SeriesQuery,
        response: { 200: SeriesColumnsAnswer, ...problems },
      },
    },
    async (request) => {
      const { edges, series } = await bucketsOf(request.query, scopeOf(request))
      const none = edges.slice(1).map(() => EMPTY_BUCKET)
      return {
        edges: edges.map(iso),
        series: series.map(({ shown, buckets: found }) => {
          const buckets = found ?? none
          return {
            ...shown,
            min: buckets.map(({ min }) => min),
            max: buckets.map(({ max }) => max),
            mean: buckets.map(({ mean }) => mean),
            count: buckets.map(({ count }) => count),
            quality: buckets.map(({ quality }) => quality),
            simulated: buckets.map(({ simulated }) => simulated),
          }
        }),
      }
    },
  )

  app.get(
    '/latest',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['series'],
        summary: 'Newest readings of points, or of all points of a premises',
        querystring: LatestQuery,
        response: { 200: LatestAnswer, ...problems },
      },
    },
    async (request) => {
      const { points, premises } = request.query
      const scope = scopeOf(request)
      if ((points === undefined) === (premises === undefined))
        throw new Failure('bad-request', 'Give either points or premises.')
      if (points !== undefined) return { items: await latestOf(await findPoints(points, scope, records), telemetry) }
      if (premises === undefined || (await records.getObject(scope, 'premises', premises)) === null) throw notFound()
      const found: FoundPoint[] = []
      const hidden = await hiddenReadings(records, scope, premises)
      for await (const device of listAll(records, 'devices', { premises }, scope)) {
        if (hidden.has(device.id)) continue
        for (const { point: key } of telemetry.seriesOfDevice(device.id))
          found.push({ device, key, point: device.points?.find((point) => point.key === key) ?? null })
        if (found.length >= MAX_LATEST) break
      }
      return { items: await latestOf(found, telemetry) }
    },
  )

  app.get(
    '/readings',
    {
      config: { who: 'viewer' },
      handlerTimeout: 3_600_000,
      schema: {
        tags: ['series'],
        summary: 'Raw readings as NDJSON or CSV',
        querystring: ReadingsQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const { from, to } = range(request.query)
      const [found] = await findPoints(request.query.point, scopeOf(request), records)
      if (found === undefined) throw notFound()
      const series = telemetry.findSeries(found.device.id, found.key)
      const csv = request.query.format === 'csv'
      const name = `${found.device.id}-${found.key}`.replaceAll(/[^A-Za-z0-9_-]/g, '_')
      reply.header('content-disposition', `attachment; filename="${name}.${csv ? 'csv' : 'ndjson'}"`)
      reply.type(csv ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8')
      return reply.send(Readable.from(linesOf(telemetry, series, from, to, csv)))
    },
  )

  app.get(
    '/superseded',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['series'],
        summary: 'Values that a later one of the same instant replaced',
        querystring: SupersededQuery,
        response: { 200: SupersededAnswer, ...problems },
      },
    },
    async (request) => {
      const { from, to } = range(request.query)
      const [found] = await findPoints(request.query.point, scopeOf(request), records)
      const series = found === undefined ? null : telemetry.findSeries(found.device.id, found.key)
      const replaced = series === null ? [] : await telemetry.superseded(series, from, to, MAX_SUPERSEDED)
      return {
        items: replaced.map(({ at, value, quality, simulated, receivedAt, supersededAt }) => ({
          at: iso(at),
          value: valueShown(value),
          quality,
          simulated,
          receivedAt: iso(receivedAt),
          supersededAt: iso(supersededAt),
        })),
      }
    },
  )
}

const EMPTY_BUCKET = {
  min: null,
  max: null,
  mean: null,
  first: null,
  last: null,
  count: 0,
  quality: null,
  simulated: false,
}

/** Newest readings of the points that have any. */
export async function latestOf(points: readonly FoundPoint[], telemetry: Telemetry): Promise<LatestReading[]> {
  const known = points.flatMap((point) => {
    const series = telemetry.findSeries(point.device.id, point.key)
    return series === null ? [] : [{ ...point, series }]
  })
  const latest = known.length === 0 ? [] : await telemetry.latest(known.map(({ series }) => series))
  return known.flatMap(({ device, key, point }, i) => {
    const reading = latest[i]
    if (reading === null || reading === undefined) return []
    return [
      {
        device: device.id,
        point: key,
        unit: point?.unit ?? null,
        ...(point?.multiplier === undefined ? {} : { multiplier: point.multiplier }),
        at: iso(reading.at),
        value: valueShown(reading.value),
        quality: reading.quality,
        simulated: reading.simulated,
        receivedAt: iso(reading.receivedAt),
      },
    ]
  })
}

async function* linesOf(
  telemetry: Telemetry,
  series: number | null,
  from: number,
  to: number,
  csv: boolean,
): AsyncGenerator<string> {
  if (csv) yield 'at,value,quality,simulated,receivedAt\n'
  if (series === null) return
  for (let start = from; ;) {
    const readings = await telemetry.readings(series, start, to, READINGS_PAGE)
    if (readings.length > 0) yield readings.map(csv ? csvLine : jsonLine).join('')
    const last = readings.at(-1)
    if (last === undefined || readings.length < READINGS_PAGE) return
    start = last.at + 1
  }
}
const jsonLine = ({ at, value, quality, simulated, receivedAt }: Reading): string =>
  `${JSON.stringify({ at: iso(at), value: typeof value === 'object' ? value.decimal : value, quality, simulated, receivedAt: iso(receivedAt) })}\n`
const csvLine = ({ at, value, quality, simulated, receivedAt }: Reading): string =>
  `${iso(at)},${csvField(value)},${quality},${simulated},${iso(receivedAt)}\n`
/** A text that a spreadsheet would take for a formula is made plain by an apostrophe. */
export function csvField(value: Reading['value']): string {
  if (typeof value === 'object') return value.decimal
  if (typeof value !== 'string') return String(value)
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
