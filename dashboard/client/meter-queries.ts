// What the pages of meters ask the API.
import { queryOptions } from '@tanstack/react-query'
import type { MeterChangePage, MeterChangeShown, WitnessList } from '#contract/meter-changes.ts'
import type { MeterTreeAnswer } from '#contract/meters.ts'
import type { Language } from '#domain/writing/language.ts'
import { apiPath, getJson, segment } from './http.ts'

const get =
  <T>(path: string) =>
  ({ signal }: { signal: AbortSignal }) =>
    getJson<T>(path, signal)

export const meterTreeQuery = (premises: string, from: string, to: string, step: 'P1D' | 'P1M') =>
  queryOptions({
    queryKey: ['premises', premises, 'meter-tree', from, to, step],
    queryFn: get<MeterTreeAnswer>(apiPath(`/premises/${segment(premises)}/meter-tree`, { from, to, step })),
  })
export const witnessesQuery = (device: string) =>
  queryOptions({
    queryKey: ['devices', device, 'witnesses'],
    queryFn: get<WitnessList>(apiPath(`/devices/${segment(device)}/witnesses`)),
  })
export const meterChangesQuery = (device: string) =>
  queryOptions({
    queryKey: ['devices', device, 'meter-changes'],
    queryFn: get<MeterChangePage>(apiPath('/meter-changes', { device, limit: 200 })),
  })
export const meterChangeQuery = (id: string) =>
  queryOptions({
    queryKey: ['meter-changes', id],
    queryFn: get<MeterChangeShown>(apiPath(`/meter-changes/${segment(id)}`)),
  })
export const protocolPath = (id: string, language: Language): string =>
  apiPath(`/meter-changes/${segment(id)}/protocol`, { language })
export const filePath = (digest: string): string => apiPath(`/files/${segment(digest)}`)
