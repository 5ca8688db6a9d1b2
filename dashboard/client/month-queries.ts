// Questions about the life of a month: its checks, who waits for whom, disputes.
import { queryOptions } from '@tanstack/react-query'
import type { MonthChecks } from '#contract/checks.ts'
import type { DisputePage, DisputeShown } from '#contract/disputes.ts'
import type { WaitingList } from '#contract/waiting.ts'
import { apiPath, getJson, segment } from './http.ts'

const CHECKS_FRESH_MS = 60_000

export const checksQuery = (premises: string, period: string) =>
  queryOptions({
    queryKey: ['checks', premises, period],
    queryFn: ({ signal }) =>
      getJson<MonthChecks>(apiPath(`/premises/${segment(premises)}/settlements/${period}/checks`), signal),
    staleTime: CHECKS_FRESH_MS,
  })
/** What waits for the organisation; with premises and period all that waits there, whoever it waits for. */
export const waitingQuery = (of?: { premises: string; period: string }) =>
  queryOptions({
    queryKey: ['waiting', of?.premises ?? '', of?.period ?? ''],
    queryFn: ({ signal }) =>
      getJson<WaitingList>(apiPath('/waiting', of === undefined ? {} : { ...of, for: 'all' }), signal),
  })
export const disputesQuery = (premises: string, period: string) =>
  queryOptions({
    queryKey: ['disputes', premises, period],
    queryFn: ({ signal }) => getJson<DisputePage>(apiPath('/disputes', { premises, period, limit: 200 }), signal),
  })
export const disputeQuery = (id: string) =>
  queryOptions({
    queryKey: ['disputes', id],
    queryFn: ({ signal }) => getJson<DisputeShown>(apiPath(`/disputes/${segment(id)}`), signal),
    refetchInterval: 30_000,
  })

/** What a step in the life of a month may change. */
export const TOUCHED_BY_A_STEP: readonly string[] = [
  'settlement',
  'settlements',
  'overview',
  'waiting',
  'disputes',
  'checks',
]
