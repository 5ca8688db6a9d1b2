// What could not be used: looked at, deleted, or replayed after its mapping is mended.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, orNull, pageOf, pageQuery } from './common.ts'

export const QuarantineShown = closed({
  id: Type.Integer(),
  credential: Type.String(),
  device: orNull(Id),
  premises: orNull(Id),
  topic: Type.String(),
  reason: Type.String(),
  detail: Type.String(),
  /** The newest payload: text when it is UTF-8, else base64. */
  payload: Type.String(),
  encoding: Type.Union([Type.Literal('text'), Type.Literal('base64')]),
  count: Type.Integer(),
  firstAt: Instant,
  lastAt: Instant,
})
export const QuarantinePage = pageOf(QuarantineShown)
export const QuarantineQuery = pageQuery({ device: Type.Optional(Id) })
export const QuarantineIds = closed({
  ids: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 200 }),
})
/** `?ids=1,2,3` */
export const QuarantineIdsQuery = closed({
  ids: Type.String({ pattern: '^[0-9]{1,15}(,[0-9]{1,15}){0,199}$', maxLength: 3200 }),
})
export const QuarantineDeleted = closed({ deleted: Type.Integer() })
export const QuarantineReplayed = closed({
  replayed: Type.Integer(),
  stored: Type.Integer(),
  /** Those that still can't be used, with why. */
  refused: Type.Array(closed({ id: Type.Integer(), reason: Type.String() })),
})

export type QuarantineShown = Static<typeof QuarantineShown>
export type QuarantinePage = Static<typeof QuarantinePage>
export type QuarantineReplayed = Static<typeof QuarantineReplayed>
