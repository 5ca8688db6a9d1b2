// Questions of the first page: devices that are silent, the meters that are paid by, disputes that are open.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { MeteredCostPage } from '#contract/costs.ts'
import type { DevicePage } from '#contract/devices.ts'
import type { DisputePage } from '#contract/disputes.ts'
import type { Changes } from '#contract/overview.ts'
import type { TodayAnswer } from '#contract/series.ts'
import { apiPath, getJson } from './http.ts'

const MINUTE_MS = 60_000
const SILENT_SHOWN = 6
const METERS_ASKED = 200
const DISPUTES_SHOWN = 20

/** Devices that do not work, those heard last coming first; `more` where there are others. */
export const silentDevicesQuery = queryOptions({
  queryKey: ['devices', 'silent'],
  queryFn: async ({ signal }) => {
    const ask = (state: string) => getJson<DevicePage>(apiPath('/devices', { state, limit: SILENT_SHOWN }), signal)
    const pages = await Promise.all([ask('offline'), ask('stale')])
    const items = pages
      .flatMap((page) => page.items)
      .toSorted((a, b) => (b.presence.lastHeardAt ?? '').localeCompare(a.presence.lastHeardAt ?? ''))
    return {
      items: items.slice(0, SILENT_SHOWN),
      more: items.length > SILENT_SHOWN || pages.some(({ next }) => next !== null),
    }
  },
  refetchInterval: MINUTE_MS,
})
export const electricityMetersQuery = queryOptions({
  queryKey: ['metered-costs', 'electricity'],
  queryFn: async ({ signal }) => {
    const { items } = await getJson<MeteredCostPage>(apiPath('/metered-costs', { limit: METERS_ASKED }), signal)
    return items.filter(({ category }) => category === 'electricity')
  },
  staleTime: 10 * MINUTE_MS,
})
export const openDisputesQuery = queryOptions({
  queryKey: ['disputes', 'open'],
  queryFn: ({ signal }) => getJson<DisputePage>(apiPath('/disputes', { state: 'open', limit: DISPUTES_SHOWN }), signal),
})
/** A meter's consumption today until the last quarter-hour, beside what is usual. */
export const todayQuery = (point: string) =>
  queryOptions({
    queryKey: ['consumption', 'today', point],
    queryFn: ({ signal }) => getJson<TodayAnswer>(apiPath('/consumption/today', { points: point }), signal),
    refetchInterval: 5 * MINUTE_MS,
  })
const DAY_MS = 86_400_000
const TEN_MINUTES_MS = 600_000
/** What changed in the last 24 hours; the instant moves on in steps, so that the question stays the same for a while. */
export const changesQuery = (now: number) => {
  const since = new Date(Math.floor(now / TEN_MINUTES_MS) * TEN_MINUTES_MS - DAY_MS).toISOString()
  return queryOptions({
    queryKey: ['alarms', 'changes', since],
    queryFn: ({ signal }) => getJson<Changes>(apiPath('/overview/changes', { since }), signal),
    placeholderData: keepPreviousData,
    refetchInterval: MINUTE_MS,
  })
}
