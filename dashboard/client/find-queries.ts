// What finding asks the API: the search, saved views, lists as tables, and bulk edits.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { BulkEditNew, BulkEditShown } from '#contract/bulk-edits.ts'
import type { SavedViewList, SavedViewShown } from '#contract/saved-views.ts'
import type { SearchAnswer } from '#contract/search.ts'
import type { TableName } from '#contract/tables.ts'
import type { Language } from '#domain/writing/language.ts'
import { apiPath, getJson, segment, sendJson } from './http.ts'

const FRESH_MS = 30_000
type Filters = Record<string, string | number | undefined>

export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', q],
    queryFn: ({ signal }) => getJson<SearchAnswer>(apiPath('/search', { q }), signal),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  })

/** A list of these filters as a file. */
export const tablePath = (list: TableName, filters: Filters, format: 'csv' | 'xlsx', language: Language): string =>
  apiPath(`/tables/${list}`, { ...filters, format, language })

export const savedViewsQuery = queryOptions({
  queryKey: ['saved-views'],
  queryFn: ({ signal }) => getJson<SavedViewList>(apiPath('/saved-views'), signal),
  staleTime: FRESH_MS,
})
export const saveView = (view: { name: string; address: string; shared: boolean }) =>
  sendJson<SavedViewShown>('POST', apiPath('/saved-views'), view)
export const changeView = (
  { id, version }: SavedViewShown,
  change: { name?: string; shared?: boolean; start?: boolean },
) => sendJson<SavedViewShown>('PATCH', apiPath(`/saved-views/${segment(id)}`), change, version)
export const deleteView = ({ id }: SavedViewShown) => sendJson<null>('DELETE', apiPath(`/saved-views/${segment(id)}`))

/** How many devices a filter gives; null beyond what one bulk edit takes. */
export const bulkCountQuery = (filter: Filters) =>
  queryOptions({
    queryKey: ['bulk-edits', 'count', filter],
    queryFn: ({ signal }) => getJson<{ devices: number | null }>(apiPath('/bulk-edits/count', filter), signal),
    staleTime: FRESH_MS,
  })
const WORKING = ['checking', 'applying', 'undoing']
export const isWorking = ({ state }: BulkEditShown): boolean => WORKING.includes(state)
const LOOK_AGAIN_MS = 700
export type BulkRows = { from: number; limit: number; only?: string }
export const bulkEditQuery = (id: string, rows: BulkRows) =>
  queryOptions({
    queryKey: ['bulk-edits', id, rows],
    queryFn: ({ signal }) => getJson<BulkEditShown>(apiPath(`/bulk-edits/${segment(id)}`, rows), signal),
    refetchInterval: ({ state: { data } }) => (data !== undefined && isWorking(data) ? LOOK_AGAIN_MS : false),
    placeholderData: keepPreviousData,
  })
export const checkBulkEdit = (wanted: BulkEditNew) =>
  sendJson<BulkEditShown>('POST', apiPath('/bulk-edits'), wanted) as Promise<BulkEditShown>
export const stepBulkEdit = ({ id, version }: BulkEditShown, step: 'apply' | 'undo') =>
  sendJson<BulkEditShown>('POST', apiPath(`/bulk-edits/${segment(id)}/${step}`), {}, version)
