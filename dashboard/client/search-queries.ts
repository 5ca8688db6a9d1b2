// One search over everything that has a name: the lists' own `q`, asked side by side; agreements have no name and are found by their premises and parties.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { AlarmRulePage } from '#contract/alarm-rules.ts'
import type { AlarmPage } from '#contract/alarms.ts'
import type { DevicePage } from '#contract/devices.ts'
import type { OrganisationPage } from '#contract/organisations.ts'
import type { PremisesPage } from '#contract/premises.ts'
import { apiPath, getJson } from './http.ts'

/** Results of each kind; more are found by the kind's own list. */
export const RESULTS_SHOWN = 8
const FRESH_MS = 30_000

export type Found = {
  premises: PremisesPage['items']
  devices: DevicePage['items']
  moreDevices: boolean
  organisations: OrganisationPage['items']
  alarms: AlarmPage['items']
  alarmRules: AlarmRulePage['items']
}
export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', q],
    queryFn: async ({ signal }): Promise<Found> => {
      const ask = <T>(path: string) => getJson<T>(apiPath(path, { q, limit: RESULTS_SHOWN }), signal)
      const [premises, devices, organisations, alarms, alarmRules] = await Promise.all([
        ask<PremisesPage>('/premises'),
        ask<DevicePage>('/devices'),
        ask<OrganisationPage>('/organisations'),
        ask<AlarmPage>('/alarms'),
        ask<AlarmRulePage>('/alarm-rules'),
      ])
      return {
        premises: premises.items,
        devices: devices.items,
        moreDevices: devices.next !== null,
        organisations: organisations.items,
        alarms: alarms.items,
        alarmRules: alarmRules.items,
      }
    },
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  })
