// The library of device types, asked once: names in three languages, groups and points.
import { queryOptions } from '@tanstack/react-query'
import type { DeviceTypeList } from '#contract/device-types.ts'
import { apiPath, getJson } from './http.ts'

export const deviceTypesQuery = queryOptions({
  queryKey: ['device-types', 'all'],
  queryFn: ({ signal }) => getJson<DeviceTypeList>(apiPath('/device-types'), signal),
  staleTime: Number.POSITIVE_INFINITY,
})
