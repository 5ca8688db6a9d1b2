// The inbox: unknown devices behind gateways and bridges, and undeclared points of known devices, accepted or turned down singly or in bulk.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, Names, orNull, pageOf, pageQuery, PointKey, Text } from './common.ts'

const UnknownId = Type.String({ pattern: '^u-[0-9a-f]{32}$', maxLength: 34 })
export const UnknownStateWord = Type.Union([Type.Literal('waiting'), Type.Literal('ignored'), Type.Literal('accepted')])
export const PointKindWord = Type.Union([
  Type.Literal('counter'),
  Type.Literal('interval'),
  Type.Literal('gauge'),
  Type.Literal('state'),
])
const UnknownPointShown = closed({
  key: Type.String(),
  unit: orNull(Type.String()),
  /** The newest value as text; null when it was only declared (discovery configuration, birth). */
  sample: orNull(Type.String()),
  name: orNull(Type.String()),
  deviceClass: orNull(Type.String()),
  /** What it would be accepted as. */
  kind: PointKindWord,
  count: Type.Integer(),
  firstAt: orNull(Instant),
  lastAt: orNull(Instant),
})
export const UnknownShown = closed({
  id: UnknownId,
  version: Type.Integer(),
  state: UnknownStateWord,
  premises: Id,
  connector: Id,
  gateway: Type.String(),
  codec: Type.String(),
  /** The device's key as its family names it. */
  key: Type.String(),
  name: orNull(Type.String()),
  manufacturer: orNull(Type.String()),
  model: orNull(Type.String()),
  topics: Type.Array(Type.String()),
  points: Type.Array(UnknownPointShown),
  /** It sends more keys than are shown; they become proposed points once it is accepted. */
  morePoints: Type.Boolean(),
  messages: Type.Integer(),
  firstAt: Instant,
  lastAt: Instant,
  /** The device that stands for it, once it is accepted. */
  device: orNull(Id),
  suggestion: closed({
    id: Id,
    name: Type.String(),
    type: orNull(Type.String()),
    brick: orNull(Type.String()),
    space: orNull(Id),
  }),
})
export const UnknownPage = pageOf(UnknownShown)
export const UnknownQuery = pageQuery({
  premises: Type.Optional(Id),
  connector: Type.Optional(Id),
  gateway: Type.Optional(Id),
  state: Type.Optional(UnknownStateWord),
  q: Type.Optional(Type.String({ maxLength: 200 })),
})

const AcceptedPoint = closed({
  key: PointKey,
  unit: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
  kind: Type.Optional(PointKindWord),
  name: Type.Optional(Names),
})
/** What is absent is as suggested. `existing`: the key stands for this device, and no device is made. */
export const UnknownAccepted = closed({
  id: UnknownId,
  /** The version that was seen; absent: the one that is there. */
  version: Type.Optional(Type.Integer({ minimum: 1 })),
  existing: Type.Optional(Id),
  device: Type.Optional(
    closed({
      id: Type.Optional(Id),
      name: Type.Optional(Names),
      type: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 100 }))),
      brick: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 100 }))),
      space: Type.Optional(orNull(Id)),
      manufacturer: Type.Optional(Text),
      model: Type.Optional(Text),
      points: Type.Optional(Type.Array(AcceptedPoint, { maxItems: 200 })),
    }),
  ),
})
export const MAX_ACCEPTED = 200
export const UnknownsAccepted = closed({
  items: Type.Array(UnknownAccepted, { minItems: 1, maxItems: MAX_ACCEPTED }),
})
const Replayed = closed({
  /** Messages of the quarantine that were read again, and the readings that went to the store. */
  messages: Type.Integer(),
  stored: Type.Integer(),
  /** Messages that still can't be used. */
  refused: Type.Integer(),
})
export const AcceptedAnswer = closed({
  accepted: Type.Array(closed({ id: UnknownId, device: Id })),
  replayed: Replayed,
})
export const UnknownIds = closed({ ids: Type.Array(UnknownId, { minItems: 1, maxItems: MAX_ACCEPTED }) })
export const UnknownsChanged = closed({ changed: Type.Integer() })

export const ProposedPointShown = closed({
  device: Id,
  deviceName: orNull(Names),
  premises: Id,
  version: Type.Integer(),
  points: Type.Array(
    closed({
      key: Type.String(),
      /** As the device's type or a discovery configuration names it. */
      name: orNull(Names),
      unit: orNull(Type.String()),
      /** Home Assistant's device class. */
      deviceClass: orNull(Type.String()),
      sample: Type.String(),
      kind: PointKindWord,
      firstAt: Instant,
      lastAt: Instant,
    }),
  ),
})
export const ProposedPointList = closed({
  items: Type.Array(ProposedPointShown),
  /** There are more than one answer gives: deal with these first. */
  more: Type.Boolean(),
})
export const ProposedPointQuery = closed({ premises: Type.Optional(Id) })
/** All proposed points of these devices with the units they were sent with, or only those named. */
export const ProposedPointsDecided = closed({
  devices: Type.Array(
    closed({
      device: Id,
      accept: Type.Optional(Type.Array(AcceptedPoint, { maxItems: 200 })),
      acceptAll: Type.Optional(Type.Boolean()),
      dismiss: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 200 })),
    }),
    { minItems: 1, maxItems: MAX_ACCEPTED },
  ),
})
export const PointsDecided = closed({ accepted: Type.Integer(), dismissed: Type.Integer() })

export type UnknownShown = Static<typeof UnknownShown>
export type UnknownPage = Static<typeof UnknownPage>
export type UnknownAccepted = Static<typeof UnknownAccepted>
export type UnknownsAccepted = Static<typeof UnknownsAccepted>
export type AcceptedAnswer = Static<typeof AcceptedAnswer>
export type ProposedPointList = Static<typeof ProposedPointList>
export type ProposedPointsDecided = Static<typeof ProposedPointsDecided>
export type PointsDecided = Static<typeof PointsDecided>
