// Questions about key figures: periods, two of them compared, the flow of a month, and what figures go by.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { CostComparison, CostFigures, CostFlow, EmissionFactors, WeatherShown } from '#contract/cost-figures.ts'
import { apiPath, getJson, segment } from './http.ts'

const FRESH_MS = 60_000
const of = (premises: string): string => `/premises/${segment(premises)}`

export const figuresQuery = (
  premises: string,
  asked: { from: string; to: string; by: 'month' | 'year'; party: string },
) =>
  queryOptions({
    queryKey: ['cost-figures', premises, asked],
    queryFn: ({ signal }) => getJson<CostFigures>(apiPath(`${of(premises)}/cost-figures`, asked), signal),
    staleTime: FRESH_MS,
  })
export const periodComparisonQuery = (premises: string, asked: { before: string; after: string; party: string }) =>
  queryOptions({
    queryKey: ['cost-comparison', premises, asked],
    queryFn: ({ signal }) => getJson<CostComparison>(apiPath(`${of(premises)}/cost-comparison`, asked), signal),
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  })
export const flowQuery = (premises: string, month: string) =>
  queryOptions({
    queryKey: ['cost-flow', premises, month],
    queryFn: ({ signal }) => getJson<CostFlow>(apiPath(`${of(premises)}/settlements/${month}/flow`), signal),
    staleTime: FRESH_MS,
  })
export const factorsPath = (premises: string, factor?: string) =>
  apiPath(`${of(premises)}/emission-factors${factor === undefined ? '' : `/${segment(factor)}`}`)
export const factorsQuery = (premises: string) =>
  queryOptions({
    queryKey: ['emission-factors', premises],
    queryFn: ({ signal }) => getJson<EmissionFactors>(factorsPath(premises), signal),
  })
export const weatherPath = (premises: string) => apiPath(`${of(premises)}/weather`)
export const weatherQuery = (premises: string) =>
  queryOptions({
    queryKey: ['weather', premises],
    queryFn: ({ signal }) => getJson<WeatherShown>(weatherPath(premises), signal),
  })
