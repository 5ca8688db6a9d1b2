// An unknown device: a key that a gateway sends and that no device here stands for. It waits as a paper until a person accepts or ignores it.
import { paperKind } from '#domain/ports/papers.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import { isReservedName } from '#domain/registry/check-values.ts'
import type { Id } from '#domain/registry/bundle.ts'

/** What it sends under one key, or, with `count` 0, only declares (discovery configurations, births). */
export type UnknownPoint = {
  key: string
  unit: string | null
  /** The newest value as text, shortened; null before the first. */
  sample: string | null
  name: string | null
  /** Home Assistant's device class or Homie's datatype. */
  deviceClass: string | null
  /** Readings that came, and when the first and the newest did (ms); null before the first. */
  count: number
  firstAt: number | null
  lastAt: number | null
}

export type UnknownDevice = {
  connector: Id
  /** User name of the gateway, or id of the bridge. */
  gateway: Id
  /** The payload family that read it. */
  codec: string
  /** As the family names it. */
  key: string
  name: string | null
  manufacturer: string | null
  model: string | null
  /** The first topics on which it was heard. */
  topics: string[]
  /** It was heard on further topics, so that all of the gateway's quarantine may hold messages of it. */
  moreTopics: boolean
  points: UnknownPoint[]
  /** It sends more keys than are kept here; they are proposed once it is accepted. */
  morePoints: boolean
  messages: number
  firstAt: number
  lastAt: number
  /** The device that stands for it, once it is accepted. */
  device: Id | null
}

/** `waiting` for a person, `ignored` (nothing of it is kept any more), `accepted` as a device. */
export const UNKNOWN_STATES = ['waiting', 'ignored', 'accepted'] as const
export type UnknownState = (typeof UNKNOWN_STATES)[number]

export const UNKNOWN_DEVICE = paperKind<UnknownDevice>('unknown-device')
export type UnknownPaper = StoredPaper<UnknownDevice>

/** The longest key that a connector can map. */
const KEY_CHARACTERS = 200

/** Whether a connector can map this key: printable, on one line, and nothing that every JavaScript object answers to. */
export const isMappableKey = (key: string): boolean =>
  key !== '' &&
  key.length <= KEY_CHARACTERS &&
  key.isWellFormed() &&
  !/[\p{C}\u2028\u2029]/u.test(key) &&
  !isReservedName(key)
