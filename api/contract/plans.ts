// Plans of storeys: the picture, where spaces and devices are on it, and from which day it holds.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, itemsOf, LocalDate, orNull } from './common.ts'
import { DeviceSummary } from './devices.ts'

/** What a plan may be; the bytes decide, not the header. */
export const PLAN_TYPES = [
  'image/svg+xml',
  'image/png',
  'image/jpeg',
  'image/webp',
  'application/octet-stream',
] as const

const Part = Type.Number({
  minimum: 0,
  maximum: 1,
  description: '0 is the left or upper edge, 1 the right or lower one',
})
const Spot = Type.Tuple([Part, Part])
const Storey = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'The word by which the spaces name their storey',
})
const ShownTo = Type.Union([Type.Literal('premises'), Type.Literal('landlord')], {
  description: '`premises`: everyone who sees the premises; `landlord`: the landlord alone',
})
export const PlanOutline = closed({ space: Id, corners: Type.Array(Spot, { minItems: 3, maxItems: 400 }) })
export const PlanPlacement = closed({ device: Id, at: Spot })
export const PlanPicture = closed({
  name: Type.String(),
  mediaType: Type.String(),
  width: Type.Number(),
  height: Type.Number(),
})
export const PlanShown = closed({
  id: Id,
  premises: Id,
  storey: Type.String(),
  from: LocalDate,
  shownTo: ShownTo,
  picture: PlanPicture,
  widthM: orNull(Type.Number()),
  elevationM: orNull(Type.Number()),
  outlines: Type.Array(PlanOutline),
  /** Without devices whose place is classified for who asks. */
  placements: Type.Array(PlanPlacement),
  /** The import that drew it. */
  import: orNull(Id),
  version: Type.Integer(),
  changedAt: Instant,
  changedBy: Type.String(),
  /** Whether who asks may change the plan itself. */
  mayEdit: Type.Boolean(),
})
export const PlanSent = closed({
  plan: PlanShown,
  leftOut: Type.Array(Type.String(), {
    description: 'What of an SVG was not taken, because it runs or loads something',
  }),
})
export const PlanOpened = closed({
  plan: PlanShown,
  /** Devices that stand on the plan, and those of its storey that do not. */
  devices: Type.Array(closed({ device: DeviceSummary, mayPlace: Type.Boolean() })),
})
export const PlanList = itemsOf(PlanShown)
export const PlanListQuery = closed({
  at: Type.Optional(LocalDate),
  all: Type.Optional(Type.Boolean({ description: 'Also plans that hold no longer, or not yet' })),
})
export const PlanSendQuery = closed({
  storey: Storey,
  name: Type.String({ minLength: 1, maxLength: 200, description: 'The name of the file, as people know it' }),
  from: Type.Optional(LocalDate),
  shownTo: Type.Optional(ShownTo),
})
export const PlanChange = closed({
  storey: Type.Optional(Storey),
  from: Type.Optional(LocalDate),
  shownTo: Type.Optional(ShownTo),
  widthM: Type.Optional(orNull(Type.Number({ exclusiveMinimum: 0, maximum: 10_000 }))),
  outlines: Type.Optional(Type.Array(PlanOutline, { maxItems: 2000 })),
})
export const PlacementsChange = closed({
  place: Type.Optional(Type.Array(PlanPlacement, { maxItems: 2000 })),
  remove: Type.Optional(Type.Array(Id, { maxItems: 2000 })),
})
export type PlanShown = Static<typeof PlanShown>
export type PlanOpened = Static<typeof PlanOpened>
export type PlanSent = Static<typeof PlanSent>
export type PlanPlacement = Static<typeof PlanPlacement>
export type PlanOutline = Static<typeof PlanOutline>
