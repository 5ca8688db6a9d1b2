// Every question the dashboard asks the API, as query options: path, type of the answer, how long it stays fresh.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { AgreementPage, AgreementRecorded } from '#contract/agreements.ts'
import type { History } from '#contract/change.ts'
import type { DeviceMoney } from '#contract/device-money.ts'
import type { DevicePage, DeviceRecorded } from '#contract/devices.ts'
import type { LifecycleShown } from '#contract/lifecycle.ts'
import type { TransferPage, TransferShown } from '#contract/transfers.ts'
import type { OrganisationPage } from '#contract/organisations.ts'
import type { Overview } from '#contract/overview.ts'
import type { PremisesPage, PremisesRecorded } from '#contract/premises.ts'
import type { QuarantinePage } from '#contract/quarantine.ts'
import type { ConsumptionAnswer, LatestAnswer, Step, SupersededAnswer } from '#contract/series.ts'
import type { Session } from '#contract/session.ts'
import type { Chain, SettlementDetails, SettlementSummaries } from '#contract/settlements.ts'
import type { SystemState } from '#contract/system.ts'
import type { ExplanationAnswer } from '#contract/explanation.ts'
import type { Language } from '#domain/writing/language.ts'
import { apiPath, getJson, getText, segment } from './http.ts'
import { askSeries, type SeriesWanted } from './series.ts'
import { RequestError } from './problem.ts'

const get =
  <T>(path: string) =>
  ({ signal }: { signal: AbortSignal }) =>
    getJson<T>(path, signal)

/** The most that one page of a list gives. */
const PAGE_LIMIT = 200
const LIST_FRESH_MS = 60_000
const SETTLEMENT_FRESH_MS = 60_000

/** null: nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await getJson<Session>(apiPath('/session'), signal)
    } catch (error) {
      if (error instanceof RequestError && error.status === 401) return null
      throw error
    }
  },
  staleTime: 5 * 60_000,
  // Who comes back to this tab may have signed in in another.
  refetchOnWindowFocus: ({ state }) => (state.data === null ? 'always' : true),
})

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: get<Overview>(apiPath('/overview')),
  refetchInterval: 30_000,
})

export const organisationsQuery = queryOptions({
  queryKey: ['organisations'],
  queryFn: async ({ signal }) => {
    const items: OrganisationPage['items'] = []
    let after: string | undefined
    do {
      const page: OrganisationPage = await getJson(apiPath('/organisations', { limit: PAGE_LIMIT, after }), signal)
      items.push(...page.items)
      after = page.next ?? undefined
    } while (after !== undefined && items.length < 10_000)
    return items
  },
  staleTime: 10 * 60_000,
})

export const premisesListQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['premises', 'list', q],
    queryFn: ({ pageParam, signal }) =>
      getJson<PremisesPage>(apiPath('/premises', { q, limit: PAGE_LIMIT, after: pageParam }), signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })

export const premisesQuery = (id: string) =>
  queryOptions({
    queryKey: ['premises', id],
    queryFn: get<PremisesRecorded>(apiPath(`/premises/${segment(id)}`)),
    staleTime: LIST_FRESH_MS,
  })

export const historyQuery = (noun: 'premises' | 'devices' | 'agreements', id: string) =>
  queryOptions({ queryKey: [noun, id, 'history'], queryFn: get<History>(apiPath(`/${noun}/${segment(id)}/history`)) })

export type DeviceFilter = {
  premises?: string
  space?: string
  type?: string
  state?: string
  lifecycle?: string
  tag?: string
  owner?: string
  holder?: string
  maintainer?: string
  q?: string
}
export const deviceListQuery = (filter: DeviceFilter, limit = PAGE_LIMIT) =>
  infiniteQueryOptions({
    queryKey: ['devices', 'list', filter, limit],
    queryFn: ({ pageParam, signal }) =>
      getJson<DevicePage>(apiPath('/devices', { ...filter, limit, after: pageParam }), signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })

export const lifecycleQuery = (id: string) =>
  queryOptions({
    queryKey: ['devices', id, 'lifecycle'],
    queryFn: get<LifecycleShown>(apiPath(`/devices/${segment(id)}/lifecycle`)),
  })
export const deviceMoneyQuery = (id: string, at: string) =>
  queryOptions({
    queryKey: ['devices', id, 'money', at],
    queryFn: get<DeviceMoney>(apiPath(`/devices/${segment(id)}/money`, { at })),
    placeholderData: keepPreviousData,
  })
export const deviceTransfersQuery = (id: string) =>
  queryOptions({
    queryKey: ['devices', id, 'transfers'],
    queryFn: get<TransferPage>(apiPath('/transfers', { device: id })),
  })
export const transferQuery = (id: string) =>
  queryOptions({ queryKey: ['transfers', id], queryFn: get<TransferShown>(apiPath(`/transfers/${segment(id)}`)) })
export const deviceQuery = (id: string) =>
  queryOptions({
    queryKey: ['devices', id],
    queryFn: get<DeviceRecorded>(apiPath(`/devices/${segment(id)}`)),
    refetchInterval: 60_000,
  })

export const latestOfPremisesQuery = (premises: string) =>
  queryOptions({ queryKey: ['latest', premises], queryFn: get<LatestAnswer>(apiPath('/latest', { premises })) })

export const seriesQuery = (wanted: SeriesWanted) =>
  queryOptions({
    queryKey: ['series', wanted.points, wanted.from, wanted.to, wanted.buckets],
    queryFn: () => askSeries(wanted),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })

export const consumptionQuery = (points: string, from: string, to: string, step: Step) =>
  queryOptions({
    queryKey: ['consumption', points, from, to, step],
    queryFn: get<ConsumptionAnswer>(apiPath('/consumption', { points, from, to, step })),
    placeholderData: keepPreviousData,
    staleTime: LIST_FRESH_MS,
  })

export const readingsPath = (point: string, from: number, to: number, format: 'ndjson' | 'csv') =>
  apiPath('/readings', { point, from: new Date(from).toISOString(), to: new Date(to).toISOString(), format })
export const readingsTextQuery = (point: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['readings', point, from, to],
    queryFn: ({ signal }) => getText(readingsPath(point, from, to, 'ndjson'), signal),
    placeholderData: keepPreviousData,
  })
export const supersededQuery = (point: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['superseded', point, from, to],
    queryFn: get<SupersededAnswer>(
      apiPath('/superseded', { point, from: new Date(from).toISOString(), to: new Date(to).toISOString() }),
    ),
  })

const settlementsPath = (premises: string) => `/premises/${segment(premises)}/settlements`
export const settlementsQuery = (premises: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['settlements', premises, from, to],
    queryFn: get<SettlementSummaries>(apiPath(settlementsPath(premises), { from, to })),
    staleTime: SETTLEMENT_FRESH_MS,
    placeholderData: keepPreviousData,
  })
export const settlementDetailsQuery = (premises: string, period: string) =>
  queryOptions({
    queryKey: ['settlement', premises, period],
    queryFn: get<SettlementDetails>(apiPath(`${settlementsPath(premises)}/${period}/details`)),
    staleTime: SETTLEMENT_FRESH_MS,
  })
export const explanationQuery = (premises: string, period: string, item: string, language: Language) =>
  queryOptions({
    queryKey: ['explanation', premises, period, item, language],
    queryFn: get<ExplanationAnswer>(
      apiPath(`${settlementsPath(premises)}/${period}/explanations/${segment(item)}`, { language }),
    ),
    staleTime: SETTLEMENT_FRESH_MS,
  })

/** The proof file of a closed month, the chain, and the month as a document: files, not questions. */
export const proofPath = (premises: string, period: string) => apiPath(`${settlementsPath(premises)}/${period}/proof`)
export const chainFilePath = (premises: string) => apiPath(`/premises/${segment(premises)}/chain/file`)
export const documentPath = (premises: string, period: string, language: Language, party?: string) =>
  apiPath(`${settlementsPath(premises)}/${period}/document`, { language, party })
export const chainQuery = (premises: string) =>
  queryOptions({
    queryKey: ['chain', premises],
    queryFn: get<Chain>(apiPath(`/premises/${segment(premises)}/chain`)),
    staleTime: SETTLEMENT_FRESH_MS,
  })

export const agreementsQuery = (premises?: string) =>
  queryOptions({
    queryKey: ['agreements', 'list', premises ?? ''],
    queryFn: get<AgreementPage>(apiPath('/agreements', { premises, limit: PAGE_LIMIT })),
    staleTime: LIST_FRESH_MS,
  })
export const agreementQuery = (id: string) =>
  queryOptions({
    queryKey: ['agreements', id],
    queryFn: get<AgreementRecorded>(apiPath(`/agreements/${segment(id)}`)),
    staleTime: LIST_FRESH_MS,
  })

export const quarantineQuery = queryOptions({
  queryKey: ['quarantine'],
  queryFn: get<QuarantinePage>(apiPath('/quarantine', { limit: PAGE_LIMIT })),
})
export const systemQuery = queryOptions({
  queryKey: ['system'],
  queryFn: get<SystemState>(apiPath('/system')),
  refetchInterval: 10_000,
})
