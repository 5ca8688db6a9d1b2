// Imports as the dashboard asks for them.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { ImportPage, ImportRowsAnswer, ImportShown, PriceGapsAnswer } from '#contract/imports.ts'
import { apiPath, getJson, segment, sendLarge } from './http.ts'

const RUNNING_MS = 600

export const IMPORT_LISTS = ['imports', 'list']
export type ImportFilter = { kind?: string; state?: string; premises?: string }
export const importListQuery = (filter: ImportFilter) =>
  infiniteQueryOptions({
    queryKey: [...IMPORT_LISTS, filter],
    queryFn: ({ pageParam, signal }) =>
      getJson<ImportPage>(apiPath('/imports', { ...filter, limit: 20, after: pageParam }), signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
/** Asked again and again while it is being taken. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => getJson<ImportShown>(apiPath(`/imports/${segment(id)}`), signal),
    refetchInterval: ({ state }) => (state.data?.state === 'taking' ? RUNNING_MS : false),
  })
export const importRowsQuery = (id: string, version: number, only: 'all' | 'problems', limit: number) =>
  queryOptions({
    queryKey: ['imports', id, 'rows', version, only, limit],
    queryFn: ({ signal }) =>
      getJson<ImportRowsAnswer>(apiPath(`/imports/${segment(id)}/rows`, { only, limit }), signal),
    placeholderData: keepPreviousData,
  })
export const priceGapsQuery = queryOptions({
  queryKey: ['price-gaps'],
  queryFn: ({ signal }) => getJson<PriceGapsAnswer>(apiPath('/price-gaps'), signal),
  staleTime: 60_000,
})

export const uploadImport = (file: File, kind: string, onSent: (part: number) => void): Promise<ImportShown> =>
  sendLarge(apiPath('/imports', { name: file.name.slice(0, 200), kind }), file, onSent)
