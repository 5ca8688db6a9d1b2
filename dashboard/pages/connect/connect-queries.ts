// What the pages of connecting ask the API.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { BridgeList } from '#contract/bridges.ts'
import type { ConnectorList } from '#contract/connectors.ts'
import type { CodecList } from '#contract/decode.ts'
import type { ProposedPointList, UnknownPage } from '#contract/inbox.ts'
import { apiPath, getJson } from '#dashboard/client/http.ts'

const PAGE_LIMIT = 200
const REFRESH_MS = 10_000

export type InboxFilter = { state: string; premises?: string; gateway?: string; q?: string }
export const inboxQuery = (filter: InboxFilter) =>
  infiniteQueryOptions({
    queryKey: ['inbox', filter],
    queryFn: ({ pageParam, signal }) =>
      getJson<UnknownPage>(apiPath('/inbox', { ...filter, limit: PAGE_LIMIT, after: pageParam }), signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })
export const proposedPointsQuery = queryOptions({
  queryKey: ['proposed-points'],
  queryFn: ({ signal }) => getJson<ProposedPointList>(apiPath('/inbox/proposed-points'), signal),
  refetchInterval: 6 * REFRESH_MS,
})
export const connectorsQuery = queryOptions({
  queryKey: ['connectors'],
  queryFn: ({ signal }) => getJson<ConnectorList>(apiPath('/connectors'), signal),
})
export const codecsQuery = queryOptions({
  queryKey: ['codecs'],
  queryFn: ({ signal }) => getJson<CodecList>(apiPath('/codecs'), signal),
  staleTime: Number.POSITIVE_INFINITY,
})
export const bridgesQuery = queryOptions({
  queryKey: ['bridges'],
  queryFn: ({ signal }) => getJson<BridgeList>(apiPath('/bridges'), signal),
  refetchInterval: REFRESH_MS,
})
