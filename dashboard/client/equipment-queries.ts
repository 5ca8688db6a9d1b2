// What the pages of documents, security, data requests and equipment ask the API.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { DataAct } from '#contract/data-requests.ts'
import type { DeviceDocumentPage } from '#contract/device-documents.ts'
import type { EquipmentShown } from '#contract/equipment.ts'
import type { DeviceSecurity, VulnerabilityImported, VulnerabilityPage } from '#contract/security.ts'
import type { Language } from '#domain/writing/language.ts'
import { apiPath, getJson, segment, sendJson } from './http.ts'

const get =
  <T>(path: string) =>
  ({ signal }: { signal: AbortSignal }) =>
    getJson<T>(path, signal)

/** Of a device, or of a space of premises. */
export type DocumentsOf = { device: string } | { premises: string; space: string }
export const documentsQuery = (of: DocumentsOf) =>
  queryOptions({
    queryKey: ['device-documents', of],
    queryFn: get<DeviceDocumentPage>(apiPath('/device-documents', { ...of, limit: 200 })),
  })
export const documentFilePath = (id: string, number: number): string =>
  apiPath(`/device-documents/${segment(id)}/files/${number}`)
export const securityQuery = (device: string) =>
  queryOptions({
    queryKey: ['devices', device, 'security'],
    queryFn: get<DeviceSecurity>(apiPath(`/devices/${segment(device)}/security`)),
  })
export type VulnerabilityFilter = { q?: string; severity?: string; affecting?: string; premises?: string }
export const vulnerabilitiesQuery = (filter: VulnerabilityFilter) =>
  queryOptions({
    queryKey: ['vulnerabilities', filter],
    queryFn: get<VulnerabilityPage>(apiPath('/vulnerabilities', { ...filter, limit: 200 })),
    placeholderData: keepPreviousData,
  })
/** With `apply` the list is taken into use, otherwise it is only read. */
export const sendVulnerabilities = (file: File, apply: boolean): Promise<VulnerabilityImported | null> =>
  sendJson('POST', apiPath('/vulnerabilities', { name: file.name, apply: String(apply) }), file)
export const dataActQuery = (device: string) =>
  queryOptions({
    queryKey: ['devices', device, 'data-act'],
    queryFn: get<DataAct>(apiPath(`/devices/${segment(device)}/data-act`)),
  })
export const letterPath = (request: string, language: Language): string =>
  apiPath(`/data-requests/${segment(request)}/letter`, { language })
export type EquipmentFilter = { at: string; facts?: string }
export const equipmentQuery = (premises: string, filter: EquipmentFilter) =>
  queryOptions({
    queryKey: ['premises', premises, 'equipment', filter],
    queryFn: get<EquipmentShown>(apiPath(`/premises/${segment(premises)}/equipment`, filter)),
    placeholderData: keepPreviousData,
  })
