// Tariffs and price series.
import { IdParams } from '#contract/common.ts'
import { PriceSeries, Tariff } from '#contract/bundle.ts'
import {
  PricesAnswer,
  PriceSeriesPage,
  PriceSeriesRecorded,
  PricesQuery,
  TariffPage,
  TariffQuery,
  TariffRecorded,
} from '#contract/tariffs.ts'
import { Failure } from '#domain/failure.ts'
import { scopeOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { instantOf, iso, notFound, problems, shown } from './answers.ts'
import { addChange, addHistory, addList, addOne, covering } from './objects.ts'

const DAY_MS = 86_400_000
/** Prices of a year and a bit in one answer. */
const MAX_PRICE_DAYS = 400

export function addTariffRoutes(app: ApiApp, parts: RouteParts): void {
  const tariffs = { app, parts, path: '/tariffs', kind: 'tariffs' as const, tag: 'tariffs' }
  addList(tariffs, { query: TariffQuery, answer: TariffPage }, shown)
  addOne(tariffs, TariffRecorded, shown, (tariff, at) => ({ ...tariff, versions: covering(tariff.versions, at) }))
  addChange(tariffs, Tariff)
  addHistory(tariffs)
  const series = { app, parts, path: '/price-series', kind: 'priceSeries' as const, tag: 'price series' }
  addList(series, { query: TariffQuery, answer: PriceSeriesPage }, shown)
  addOne(series, PriceSeriesRecorded, shown)
  addChange(series, PriceSeries)
  app.get(
    '/price-series/:id/prices',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['price series'],
        summary: 'Prices of a time',
        params: IdParams,
        querystring: PricesQuery,
        response: { 200: PricesAnswer, ...problems },
      },
    },
    async (request) => {
      const { records } = parts
      if ((await records.getObject(scopeOf(request), 'priceSeries', request.params.id)) === null) throw notFound()
      const [from, to] = [instantOf(request.query.from, 'from'), instantOf(request.query.to, 'to')]
      if (to <= from) throw new Failure('bad-request', 'to comes after from.')
      if (to - from > MAX_PRICE_DAYS * DAY_MS)
        throw new Failure('bad-request', `Ask for ${MAX_PRICE_DAYS} days at most.`)
      const { knownAt } = request.query
      const rows = await records.prices(
        request.params.id,
        from,
        to,
        knownAt === undefined ? undefined : instantOf(knownAt, 'knownAt'),
      )
      return {
        items: rows
          .filter((row) => row.at >= from)
          .map((row) => ({ at: iso(row.at), interval: row.interval, price: row.price })),
      }
    },
  )
}
