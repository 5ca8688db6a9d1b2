// Questions of the first page: devices that are silent, the meters that are paid by, disputes that are open.
import { queryOptions } from '@tanstack/react-query'
import type { MeteredCostPage } from '#contract/costs.ts'
import type { DevicePage } from '#contract/devices.ts'
import type { DisputePage } from '#contract/disputes.ts'
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
