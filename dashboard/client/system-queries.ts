// What the operator asks about the installation: its settings, and the demonstration in it.
import { queryOptions } from '@tanstack/react-query'
import type { DemonstrationState } from '#contract/demonstration.ts'
import type { SettingList } from '#contract/system.ts'
import { apiPath, getJson } from './http.ts'

export const settingsQuery = queryOptions({
  queryKey: ['system', 'settings'],
  queryFn: ({ signal }) => getJson<SettingList>(apiPath('/system/settings'), signal),
})
export const demonstrationQuery = queryOptions({
  queryKey: ['demonstration'],
  queryFn: ({ signal }) => getJson<DemonstrationState>(apiPath('/demonstration'), signal),
})
