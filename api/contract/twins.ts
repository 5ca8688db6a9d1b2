// The twin of a device, its commands, and who may steer it.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, Names, orNull, pageOf } from './common.ts'
import { patterned } from './patterned.ts'

/** Members by key; what a key may be, the twin tells in `fields`. */
export const Members = Type.Record(Type.String({ minLength: 1, maxLength: 64 }), Type.Unknown(), { maxProperties: 200 })
const Words = closed({ fi: Type.String(), sv: Type.String(), en: Type.String() })
export const FieldShown = closed({
  key: Type.String(),
  name: Words,
  kind: Type.Union([Type.Literal('number'), Type.Literal('boolean'), Type.Literal('choice'), Type.Literal('text')]),
  least: orNull(Type.Number()),
  most: orNull(Type.Number()),
  unit: orNull(Type.String()),
  options: Type.Array(Type.String()),
  needed: Type.Boolean(),
})
export const DriftShown = closed({
  key: Type.String(),
  desired: Type.Unknown(),
  reported: Type.Unknown(),
  since: Instant,
})
export const TwinShown = closed({
  device: Id,
  version: Type.Integer(),
  desired: Members,
  desiredVersion: Type.Integer(),
  desiredAt: orNull(Instant),
  desiredBy: orNull(Type.String()),
  reported: Members,
  reportedVersion: Type.Integer(),
  reportedAt: orNull(Instant),
  drift: Type.Array(DriftShown),
  connected: Type.Boolean(),
  /** The keys of the device's type; null where the type is not in the library: then any key may be set. */
  fields: orNull(Type.Array(FieldShown)),
})
export const TwinChange = closed({ desired: Members })
export const TwinVersion = closed({
  version: Type.Integer(),
  changedAt: Instant,
  changedBy: Type.String(),
  desired: Members,
  reported: Members,
})
export const TwinHistory = closed({ items: Type.Array(TwinVersion) })

export const SteerGroundWord = Type.Union([
  Type.Literal('matrix'),
  Type.Literal('owner'),
  Type.Literal('holder'),
  Type.Literal('maintainer'),
  Type.Literal('landlord'),
  Type.Literal('operator'),
])
const OrganisationNamed = closed({ id: Id, name: orNull(Names) })
export const SteeringShown = closed({
  allowed: Type.Boolean(),
  ground: orNull(SteerGroundWord),
  /** Why not: the agreement names others, the device is theirs, or it lets people in; `role`: they may, but not in this role. */
  reason: orNull(
    Type.Union([Type.Literal('matrix'), Type.Literal('not-theirs'), Type.Literal('access'), Type.Literal('role')]),
  ),
  organisations: Type.Array(OrganisationNamed),
  /** It lets people in: a reason must be given, and nothing waits for it. */
  access: Type.Boolean(),
  commands: Type.Array(
    closed({ name: Type.String(), title: Words, repeatable: Type.Boolean(), params: Type.Array(FieldShown) }),
  ),
})

export const CommandWanted = closed({
  name: patterned('^[A-Za-z0-9_.:-]+$', 'letters a–z, digits and _ . : - only', { minLength: 1, maxLength: 64 }),
  params: Type.Optional(Members),
  expiresAt: Type.Optional(Instant),
  /** For a maker's own command: doing it twice is the same as once, so it may be given again. */
  repeatable: Type.Optional(Type.Boolean()),
  /** Needed for doors, booths and locks. */
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
})
export const CommandStateWord = Type.Union([
  Type.Literal('queued'),
  Type.Literal('sent'),
  Type.Literal('acknowledged'),
  Type.Literal('done'),
  Type.Literal('failed'),
  Type.Literal('expired'),
])
export const CommandShown = closed({
  id: Id,
  device: Id,
  name: Type.String(),
  params: Members,
  state: CommandStateWord,
  repeatable: Type.Boolean(),
  source: Type.Union([Type.Literal('person'), Type.Literal('scene'), Type.Literal('undo'), Type.Literal('schedule')]),
  run: orNull(Id),
  organisation: orNull(Id),
  ground: SteerGroundWord,
  reason: orNull(Type.String()),
  createdAt: Instant,
  createdBy: Type.String(),
  expiresAt: orNull(Instant),
  attempts: Type.Integer(),
  sentAt: orNull(Instant),
  acknowledgedAt: orNull(Instant),
  finishedAt: orNull(Instant),
  answer: Type.Unknown(),
  late: Type.Boolean(),
})
export const CommandPage = pageOf(CommandShown)
export const CommandParams = closed({ id: Id, command: Id })

export type FieldShown = Static<typeof FieldShown>
export type TwinShown = Static<typeof TwinShown>
export type TwinHistory = Static<typeof TwinHistory>
export type SteeringShown = Static<typeof SteeringShown>
export type CommandWanted = Static<typeof CommandWanted>
export type CommandShown = Static<typeof CommandShown>
export type CommandPage = Static<typeof CommandPage>
