// What waits for the organisation, and for whom it waits.
import { WaitingList, WaitingQuery, type WaitingShown } from '#contract/waiting.ts'
import type { Waiting } from '#domain/waiting/waiting.ts'
import { byDue } from '#domain/waiting/waiting.ts'
import { identityOf, scopeOf } from '#api/access/identity.ts'
import { maySeeCosts } from '#api/access/may-settle.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { waitingOf } from '#api/settlement/waiting.ts'
import { dataRequestsWaiting } from '#api/data-requests/waiting.ts'
import { meterChangesWaiting } from '#api/meter-changes/waiting.ts'
import { serviceWaiting } from '#api/service/waiting.ts'
import { faultsWaiting } from '#api/faults/waiting.ts'
import { transfersWaiting } from '#api/transfers/waiting.ts'
import { isoOrNull, notFound, problems } from './answers.ts'

/** Premises that one answer looks at. */
const MAX_PREMISES = 200

export function addWaitingRoutes(app: ApiApp, parts: RouteParts, settlements: Settlements): void {
  const { records, now } = parts
  app.get(
    '/waiting',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['overview'],
        summary:
          'Months, disputes, proposals, devices and faults that wait for the organisation; what is due first comes first',
        querystring: WaitingQuery,
        response: { 200: WaitingList, ...problems },
      },
    },
    async (request) => {
      const { premises: wanted, period, for: whose = 'own' } = request.query
      const identity = identityOf(request)
      const { items } = await records.listObjects(scopeOf(request), 'premises', {
        limit: MAX_PREMISES,
        ...(wanted === undefined ? {} : { ids: [wanted] }),
      })
      if (wanted !== undefined && items.length === 0) throw notFound()
      const found: Waiting[] = []
      for (const { value } of items) {
        if (!(await maySeeCosts(identity, value, records))) continue
        found.push(...(await waitingOf(parts, value, settlements)))
      }
      found.push(...(await transfersWaiting(records, scopeOf(request), wanted)))
      found.push(...(await serviceWaiting(parts, scopeOf(request), wanted)))
      found.push(...(await meterChangesWaiting(records, scopeOf(request), wanted)))
      found.push(...(await dataRequestsWaiting(records, scopeOf(request), wanted)))
      found.push(...(await faultsWaiting({ records, now }, scopeOf(request), wanted)))
      const isShown = (one: Waiting): boolean =>
        (period === undefined || one.period === period) && (whose === 'all' || one.waitsFor === identity.organisation)
      return { items: found.filter(isShown).sort(byDue).map(shownOf) }
    },
  )
  const shownOf = ({ kind, premises, period, subject, waitsFor, dueAt }: Waiting): WaitingShown => ({
    kind,
    premises,
    period,
    subject,
    waitsFor,
    dueAt: isoOrNull(dueAt),
    overdue: dueAt !== null && dueAt <= now(),
  })
}
