// What an import found before it: enough to set everything back, and to see what others have changed since.
import type { Id, ObjectKind, UsageRecord } from '#domain/registry/bundle.ts'
import type { Quality } from '#domain/ports/telemetry.ts'
import type { KeyMapping } from './import.ts'

/** Price of an instant and interval; `before` null when there was none. */
export type PriceBefore = { at: number; interval: string; price: string; before: string | null }
/** Reading of an instant as the bundle wrote it; `before` null when there was none. */
export type ReadingBefore = {
  at: number
  value: string | number | boolean
  before: { value: string | number | boolean; quality: Quality } | null
}

/** Kept as a file of the import: only what it really changed. */
export type Before = {
  /** `version` 0: the object is new. `after` is a hash of what the import made of it. */
  objects: { kind: ObjectKind; id: Id; version: number; after: string }[]
  prices: { series: Id; rows: PriceBefore[] }[]
  usage: UsageRecord[]
  readings: { device: Id; point: string; rows: ReadingBefore[] }[]
  /** Entries of device maps that were not there; files of earlier versions have none. */
  mappings?: readonly KeyMapping[]
  /** Connectors that it made; files of earlier versions have none. */
  connectors?: readonly Id[]
}

/**
 * What stands at the instant of a reading that was taken back and had none before it: a text, which no meter and no chart
 * counts. The reading itself stays among the superseded ones.
 */
export const WITHDRAWN_READING = 'withdrawn'

/** A month, as a closed settlement names it, that rests on what an import brought. */
export type ClosedMonth = { premises: Id; period: string }
