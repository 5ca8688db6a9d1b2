// Questions about faults.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { LabelSheetList } from '#contract/claims.ts'
import type { FaultPage, FaultShown, FaultTimes, WasteShown } from '#contract/faults.ts'
import type { ReportCodePage } from '#contract/reports.ts'
import { apiPath, getJson, segment } from './http.ts'

const PAGE_LIMIT = 100
const ANSWER_FRESH_MS = 60_000
export type FaultFilter = {
  premises?: string
  device?: string
  state?: string
  whose?: string
  q?: string
}

export const faultListQuery = (filter: FaultFilter) =>
  infiniteQueryOptions({
    queryKey: ['faults', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      getJson<FaultPage>(apiPath('/faults', { ...filter, limit: PAGE_LIMIT, after: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  })
export const openFaultsQuery = (of: { premises: string; device?: string }) =>
  queryOptions({
    queryKey: ['faults', 'open', of],
    queryFn: ({ signal }) =>
      getJson<FaultPage>(apiPath('/faults', { ...of, state: 'open', limit: PAGE_LIMIT }), signal),
  })
export const faultQuery = (id: string) =>
  queryOptions({
    queryKey: ['faults', id],
    queryFn: ({ signal }) => getJson<FaultShown>(apiPath(`/faults/${segment(id)}`), signal),
    refetchInterval: 30_000,
  })
export const wasteQuery = (id: string) =>
  queryOptions({
    queryKey: ['faults', id, 'waste'],
    queryFn: ({ signal }) => getJson<WasteShown>(apiPath(`/faults/${segment(id)}/waste`), signal),
    staleTime: ANSWER_FRESH_MS,
  })
export const faultTimesQuery = (filter: { premises?: string; from?: string; to?: string }) =>
  queryOptions({
    queryKey: ['faults', 'times', filter],
    queryFn: ({ signal }) => getJson<FaultTimes>(apiPath('/faults/statistics', filter), signal),
    staleTime: ANSWER_FRESH_MS,
  })
export const reportCodesQuery = (premises: string) =>
  queryOptions({
    queryKey: ['report-codes', premises],
    queryFn: ({ signal }) =>
      getJson<ReportCodePage>(apiPath('/report-codes', { premises, state: 'open', limit: 200 }), signal),
    enabled: premises !== '',
  })
export const labelSheetsQuery = queryOptions({
  queryKey: ['label-sheets'],
  queryFn: ({ signal }) => getJson<LabelSheetList>(apiPath('/claims/sheets'), signal),
  staleTime: Infinity,
})
/** Whatever a step in the life of a fault may change. */
export const TOUCHED_BY_A_FAULT: readonly string[] = ['faults', 'waiting', 'overview', 'settlement', 'settlements']
/** Files of the API. */
export const faultExportPath = (filter: FaultFilter, format: 'csv' | 'json', language: string): string =>
  apiPath('/faults/export', { ...filter, format, language })
export const custodyPath = (id: string, format: 'csv' | 'json', language: string): string =>
  apiPath(`/faults/${segment(id)}/custody`, { format, language })
export const filePath = (digest: string): string => apiPath(`/files/${segment(digest)}`)
