// Devices: presence, roles on a date, newest readings, and the points that they propose.
import { Type, type Static } from 'typebox'
import { Device, LifecycleState } from './bundle.ts'
import {
  closed,
  Decimal,
  Id,
  Instant,
  LocalDate,
  Names,
  orNull,
  pageOf,
  pageQuery,
  PointKey,
  QualityWord,
  ReadingValue,
  recorded,
} from './common.ts'

export const PresenceState = Type.Union([
  Type.Literal('works'),
  Type.Literal('stale'),
  Type.Literal('offline'),
  Type.Literal('never'),
])
export const Presence = closed({
  state: PresenceState,
  lastHeardAt: orNull(Instant),
  connected: Type.Boolean(),
})
export const DeviceSummary = closed({
  id: Id,
  name: orNull(Names),
  premises: Id,
  space: orNull(Id),
  type: orNull(Type.String()),
  brick: orNull(Type.String()),
  simulated: Type.Boolean(),
  /** Its state today; outside `installed` and `in-use` its presence says nothing. */
  lifecycle: LifecycleState,
  presence: Presence,
  /** Owners today; a share is a fraction of one, as a decimal of at most six places. */
  owners: Type.Array(closed({ organisation: Id, share: Decimal })),
  tags: Type.Array(Type.String()),
  proposedPoints: Type.Integer(),
})
export const DevicePage = pageOf(DeviceSummary)
/** What lists of devices, their tables and bulk edits are filtered by. */
export const DEVICE_FILTER = {
  premises: Type.Optional(Id),
  space: Type.Optional(Id),
  type: Type.Optional(Type.String({ maxLength: 500 })),
  state: Type.Optional(PresenceState),
  lifecycle: Type.Optional(LifecycleState),
  /** One tag; its case and signs do not count. */
  tag: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  /** Organisations that stand in the role today. */
  owner: Type.Optional(Id),
  holder: Type.Optional(Id),
  maintainer: Type.Optional(Id),
  q: Type.Optional(Type.String({ maxLength: 100 })),
}
export const DeviceQuery = pageQuery(DEVICE_FILTER)
export const LatestOfPoint = closed({
  point: PointKey,
  at: Instant,
  value: ReadingValue,
  quality: QualityWord,
  simulated: Type.Boolean(),
  receivedAt: Instant,
})
export const ProposedPointShown = closed({
  key: PointKey,
  unit: orNull(Type.String()),
  sample: Type.String(),
  firstAt: Instant,
  lastAt: Instant,
})
export const RoleAt = closed({
  role: Type.String({ examples: ['owner', 'holder', 'maintainer', 'acquirer', 'payer', 'dataHolder', 'user'] }),
  organisation: Id,
  share: orNull(Decimal),
})
export const DeviceRecorded = closed({
  ...Device.properties,
  ...recorded,
  presence: Presence,
  /** Who stands in which role on `at` (today when absent). */
  rolesAt: Type.Array(RoleAt),
  /** Classified fields that only its owners, holder and maintainer see: they are left out here. */
  hidden: Type.Array(Type.String()),
  /** Its state between plan and scrap on `at`. */
  lifecycleAt: LifecycleState,
  /** What it is worth in the books at the start of `at` (today when absent), past or future; null without an acquisition or before it. */
  bookValue: orNull(Decimal),
  latest: Type.Array(LatestOfPoint),
  proposed: Type.Array(ProposedPointShown),
})
export const DeviceOneQuery = closed({ at: Type.Optional(LocalDate), knownAt: Type.Optional(Instant) })
export const ProposedPointsAnswer = closed({
  accept: Type.Array(
    closed({
      key: PointKey,
      unit: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
      kind: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    }),
    { maxItems: 200 },
  ),
  dismiss: Type.Optional(Type.Array(PointKey, { maxItems: 200 })),
})
export const NewVersion = closed({ version: Type.Integer() })

export type PresenceState = Static<typeof PresenceState>
export type Presence = Static<typeof Presence>
export type DeviceSummary = Static<typeof DeviceSummary>
export type DevicePage = Static<typeof DevicePage>
export type DeviceRecorded = Static<typeof DeviceRecorded>
export type RoleAt = Static<typeof RoleAt>
export type LatestOfPoint = Static<typeof LatestOfPoint>
export type ProposedPointShown = Static<typeof ProposedPointShown>
export type ProposedPointsAnswer = Static<typeof ProposedPointsAnswer>
