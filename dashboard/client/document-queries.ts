// Questions about documents of months, invoicing details and retention, and the addresses of their files.
import { queryOptions } from '@tanstack/react-query'
import type { InvoicingDetailsRecorded, MonthDocuments } from '#contract/documents.ts'
import type { RetentionState } from '#contract/retention.ts'
import type { Language } from '#domain/writing/language.ts'
import { apiPath, getJson, segment } from './http.ts'

const monthPath = (premises: string, period: string): string => `/premises/${segment(premises)}/settlements/${period}`
export const documentsPath = (premises: string, period: string) => apiPath(`${monthPath(premises, period)}/documents`)
export const monthDocumentsQuery = (premises: string, period: string) =>
  queryOptions({
    queryKey: ['documents', premises, period],
    queryFn: ({ signal }) => getJson<MonthDocuments>(documentsPath(premises, period), signal),
  })
export const documentFilePath = (id: string, file: string) => apiPath(`/documents/${segment(id)}/files/${file}`)
export const creditPath = (id: string) => apiPath(`/documents/${segment(id)}/credit`)
export const statementFilePath = (
  premises: string,
  period: string,
  wanted: { language: Language; format: string; party?: string },
) => apiPath(`${monthPath(premises, period)}/document`, wanted)
export const ledgerPath = (
  premises: string,
  period: string,
  wanted: { party: string; language: Language; format: string },
) => apiPath(`${monthPath(premises, period)}/ledger`, wanted)
export const publicRecordPath = (premises: string, period: string, language: Language) =>
  apiPath(`${monthPath(premises, period)}/public-record`, { language })

export const invoicingDetailsPath = (organisation: string) =>
  apiPath(`/organisations/${segment(organisation)}/invoicing-details`)
export const invoicingDetailsQuery = (organisation: string) =>
  queryOptions({
    queryKey: ['invoicing-details', organisation],
    queryFn: ({ signal }) => getJson<InvoicingDetailsRecorded>(invoicingDetailsPath(organisation), signal),
  })
export const retentionQuery = queryOptions({
  queryKey: ['retention'],
  queryFn: ({ signal }) => getJson<RetentionState>(apiPath('/retention'), signal),
})
export const retentionPath = (path: string) => apiPath(`/retention/${path}`)
