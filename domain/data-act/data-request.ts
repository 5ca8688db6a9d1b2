// A request for the data of a connected product under the Data Act, Regulation (EU) 2023/2854: who asks whom for what, and its log.
import { paperKind } from '#domain/ports/papers.ts'
import type { Device, Id, Instant, Language, LocalDate } from '#domain/registry/bundle.ts'
import { isInForce } from '#domain/registry/roles.ts'

/** Article 4: to the user itself; article 5: to a third party that the user names. */
export type DataArticle = 4 | 5
export type DataRequestWanted = {
  article: DataArticle
  /** What data, in words. */
  data: string
  /** Of which days; absent: all that is readily available. */
  from?: LocalDate
  to?: LocalDate
  /** Article 5: to whom, with its address. */
  thirdParty?: string
  language: Language
}
export type DataHolderNamed = { organisation: Id | null; name: string; contact: string | null }
export type DataRequestEvent = {
  what: 'sent' | 'received' | 'partly' | 'refused' | 'withdrawn'
  at: Instant
  by: string
  organisation: Id | null
  note: string | null
}
export type DataRequest = {
  device: Id
  /** The user that asks. */
  by: Id
  holder: DataHolderNamed
  wanted: DataRequestWanted
  events: DataRequestEvent[]
}
/** States: sent → received, partly, refused or withdrawn. */
export const DATA_REQUEST = paperKind<DataRequest>('data-request')
/** The Act says "without undue delay" (art. 4(1)); this is when an answer is asked after. */
export const ANSWER_DAYS = 30

/**
 * Users in the sense of art. 2(12) on a day: who owns the product, or has a right to use it. With each the ground.
 */
export function dataUsers(
  device: Device,
  date: LocalDate,
): { organisation: Id; ground: 'owner' | 'holder' | 'user' }[] {
  const found = new Map<Id, 'owner' | 'holder' | 'user'>()
  for (const row of device.ownership ?? [])
    if (isInForce(row, date)) for (const id of Object.keys(row.shares)) found.set(id, 'owner')
  for (const { role, organisation, ...row } of device.roles ?? [])
    if ((role === 'holder' || role === 'user') && isInForce(row, date) && !found.has(organisation))
      found.set(organisation, role)
  return [...found].map(([organisation, ground]) => ({ organisation, ground }))
}

/** Who holds the data on a day: as recorded of the product, else the body with the role; null where nobody has recorded it. */
export function dataHolderOn(device: Device, date: LocalDate): DataHolderNamed | null {
  const role = (device.roles ?? []).find((row) => row.role === 'dataHolder' && isInForce(row, date))
  if (device.dataHolder !== undefined)
    return { organisation: null, name: device.dataHolder.name, contact: device.dataHolder.contact ?? null }
  return role === undefined ? null : { organisation: role.organisation, name: role.organisation, contact: null }
}
