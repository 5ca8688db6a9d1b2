// Days whose spot prices are missing, seen before the month is settled.
import { PriceGapsAnswer, PriceGapsQuery } from '#contract/imports.ts'
import type { Scope } from '#domain/ports/records.ts'
import { missingPriceDays, type PriceGap } from '#domain/imports/missing-prices.ts'
import { dayNumber, formatDay, monthDays, monthIndex, monthOfIndex } from '#domain/quantity/local-date.ts'
import { monthOfInstant } from '#domain/quantity/period.ts'
import type { Id, MeteredCost, Premises, Tariff } from '#domain/registry/bundle.ts'
import { listAll, listChunked } from '#domain/registry/list-all.ts'
import { scopeOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { localDate } from '#api/views/premises-summary.ts'
import { problems } from './answers.ts'

const DAY_MS = 86_400_000

export function addPriceGapRoutes(app: ApiApp, { records, now }: RouteParts): void {
  app.get(
    '/price-gaps',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['tariffs'],
        summary:
          'Days without all spot prices that a metered cost needs: of a month, or of the last month and this one until today',
        querystring: PriceGapsQuery,
        response: { 200: PriceGapsAnswer, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      const today = localDate(now(), 'Europe/Helsinki')
      const thisMonth = monthOfInstant(now(), 'Europe/Helsinki')
      const month = request.query.month
      const from = `${month ?? monthOfIndex(monthIndex(thisMonth) - 1)}-01`
      const end = month === undefined ? today : formatDay(monthDays(month).end)
      const to = end < today ? end : today
      const gaps = await priceGaps(scope, request.query.premises, from, to)
      return { items: gaps.map((gap) => ({ ...gap, until: to })) }
    },
  )

  async function priceGaps(scope: Scope, wanted: Id | undefined, from: string, to: string): Promise<PriceGap[]> {
    const tariffs: Tariff[] = []
    const series = new Set<Id>()
    for await (const tariff of listAll(records, 'tariffs', wanted === undefined ? {} : { premises: wanted }, scope)) {
      const named = tariff.versions.flatMap(({ components }) =>
        components.flatMap((one) => (one.kind === 'spot' ? [one.series] : [])),
      )
      if (named.length > 0) tariffs.push(tariff)
      for (const id of named) series.add(id)
    }
    const meteredCosts: MeteredCost[] = []
    for await (const cost of listChunked(
      records,
      'meteredCosts',
      tariffs.map(({ id }) => id),
      (ids) => ({ refersTo: { kind: 'tariffs', ids } }),
      scope,
    ))
      if (wanted === undefined || cost.premises === wanted) meteredCosts.push(cost)
    const premises: Premises[] = []
    for await (const one of listChunked(
      records,
      'premises',
      [...new Set(meteredCosts.map((cost) => cost.premises))],
      (ids) => ({ ids }),
      scope,
    ))
      premises.push(one)
    const [begin, finish] = [dayNumber(from) * DAY_MS - DAY_MS, dayNumber(to) * DAY_MS + DAY_MS]
    const rows = new Map<Id, Awaited<ReturnType<typeof records.prices>>>()
    for (const id of series) rows.set(id, await records.prices(id, begin, finish))
    return missingPriceDays({ premises, tariffs, meteredCosts }, (id) => rows.get(id) ?? [], from, to)
  }
}
