// A document or photo of a device or space: its kind, who may see it, and all its versions.
import { isKeeper } from '#domain/lifecycle/classification.ts'
import { paperKind, type Audience } from '#domain/ports/papers.ts'
import type { Classification, Device, Id, Instant, LocalDate, Premises } from '#domain/registry/bundle.ts'
import { isInForce } from '#domain/registry/roles.ts'

export const DOCUMENT_KINDS = ['manual', 'certificate', 'warranty', 'photo', 'plan', 'inspection'] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]
/** Whose document it is; of a device it goes along wherever the device goes. */
export type DocumentOf = { device: Id } | { space: Id }
export type DocumentVersion = {
  digest: string
  name: string
  at: Instant
  by: string
  /** What is new in it. */
  note?: string
}
export type DeviceDocument = {
  of: DocumentOf
  title: string
  kind: DocumentKind
  /** `owner`: of a device its owners, holder and maintainer; of a space the landlord and its tenants. */
  classification: Classification
  /** The last day on which it holds, of a certificate or a warranty. */
  validUntil?: LocalDate
  /** The first first; none goes. */
  versions: DocumentVersion[]
}
/** States: kept → removed; a removed one keeps its history. */
export const DEVICE_DOCUMENT = paperKind<DeviceDocument>('device-document')

/** What is classified is nobody's paper but the operator's: who keeps the device on the day is decided when it is asked for. */
export const audienceOf = ({ classification }: Pick<DeviceDocument, 'classification'>): Audience =>
  classification === 'owner' ? 'operator' : 'premises'

/** Whether these bodies keep what it is about on a day. */
export const keepsThing = (
  thing: { device: Device } | { space: Id; premises: Premises },
  bodies: ReadonlySet<Id>,
  date: LocalDate,
): boolean =>
  'device' in thing
    ? isKeeper(thing.device, bodies, date)
    : bodies.has(thing.premises.landlord) ||
      (thing.premises.tenancies ?? []).some(
        (row) => row.space === thing.space && bodies.has(row.organisation) && isInForce(row, date),
      )
