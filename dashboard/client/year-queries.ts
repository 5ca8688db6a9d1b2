// Questions about a year: budget, accruals, advance payments, this month so far.
import { queryOptions } from '@tanstack/react-query'
import type { AccrualAnswer } from '#contract/accruals.ts'
import type { AdvancePlans, TrueUpShown } from '#contract/advances.ts'
import type { BudgetAnswer, ThisMonth } from '#contract/budgets.ts'
import type { Language } from '#domain/writing/language.ts'
import { apiPath, getJson, segment } from './http.ts'

const ofYear = (premises: string, year: number): string => `/premises/${segment(premises)}/years/${year}`
export type BudgetAsked = { party: string; forecastBy: string }
export const budgetPath = (premises: string, year: number, query: Record<string, string> = {}) =>
  apiPath(`${ofYear(premises, year)}/budget`, query)
export const budgetFilePath = (premises: string, year: number, query: Record<string, string> = {}) =>
  apiPath(`${ofYear(premises, year)}/budget/file`, query)
export const budgetQuery = (premises: string, year: number, asked: BudgetAsked) =>
  queryOptions({
    queryKey: ['year', premises, year, 'budget', asked],
    queryFn: ({ signal }) => getJson<BudgetAnswer>(budgetPath(premises, year, asked), signal),
  })
export const accrualsPath = (premises: string, year: number, query: Record<string, string> = {}) =>
  apiPath(`${ofYear(premises, year)}/accruals`, query)
export const accrualsQuery = (premises: string, year: number, party: string, language: Language) =>
  queryOptions({
    queryKey: ['year', premises, year, 'accruals', party, language],
    queryFn: ({ signal }) => getJson<AccrualAnswer>(accrualsPath(premises, year, { party, language }), signal),
  })
export const accrualPath = (id: string, step: string, query: Record<string, string> = {}) =>
  apiPath(`/accruals/${segment(id)}/${step}`, query)
export const advancesPath = (premises: string, year: number) => apiPath(`${ofYear(premises, year)}/advances`)
export const advancesQuery = (premises: string, year: number) =>
  queryOptions({
    queryKey: ['year', premises, year, 'advances'],
    queryFn: ({ signal }) => getJson<AdvancePlans>(advancesPath(premises, year), signal),
  })
export const planPath = (id: string, step: string) => apiPath(`/advance-plans/${segment(id)}/${step}`)
export const trueUpQuery = (premises: string, year: number, plan: string) =>
  queryOptions({
    queryKey: ['year', premises, year, 'advances', plan, 'true-up'],
    queryFn: ({ signal }) => getJson<TrueUpShown>(planPath(plan, 'true-up'), signal),
  })
export const thisMonthQuery = (premises: string) =>
  queryOptions({
    queryKey: ['year', premises, 'this-month'],
    queryFn: ({ signal }) => getJson<ThisMonth>(apiPath(`/premises/${segment(premises)}/this-month`), signal),
  })
