// What could not be used: looked at, deleted, or replayed after its mapping is mended.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, orNull, pageOf, pageQuery } from './common.ts'

const Encoding = Type.Union([Type.Literal('text'), Type.Literal('base64')])

export const QuarantineShown = closed({
  id: Type.Integer(),
  credential: Type.String(),
  device: orNull(Id),
  premises: orNull(Id),
  topic: Type.String(),
  reason: Type.String(),
  detail: Type.String(),
  /** The beginning of the newest kept message: text when it is UTF-8, else base64. */
  payload: Type.String(),
  encoding: Encoding,
  /** How many messages came and were not used since. */
  count: Type.Integer(),
  /** How many of them are kept, the newest ones. */
  kept: Type.Integer(),
  /** How many of those only with their beginning: they cannot be replayed. */
  truncated: Type.Integer(),
  firstAt: Instant,
  lastAt: Instant,
})
export const QuarantinePage = pageOf(QuarantineShown)
export const QuarantineQuery = pageQuery({ device: Type.Optional(Id) })
export const QuarantineMessageShown = closed({
  id: Type.Integer(),
  topic: Type.String(),
  payload: Type.String(),
  encoding: Encoding,
  /** Only the beginning of the payload is kept. */
  truncated: Type.Boolean(),
  receivedAt: Instant,
})
/** Ask on with `after` = `next` until `next` is null: a page of large messages is short. */
export const QuarantineMessagesPage = pageOf(QuarantineMessageShown)
export const QuarantineMessagesParams = closed({ id: Type.Integer({ minimum: 1 }) })
export const QuarantineMessagesQuery = pageQuery({})
export const QuarantineIds = closed({
  ids: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 200 }),
})
/** `?ids=1,2,3` */
export const QuarantineIdsQuery = closed({
  ids: Type.String({ pattern: '^[0-9]{1,15}(,[0-9]{1,15}){0,199}$', maxLength: 3200 }),
})
export const QuarantineDeleted = closed({ deleted: Type.Integer() })
export const QuarantineReplayed = closed({
  /** Messages that were read again. */
  replayed: Type.Integer(),
  /** Readings that went to the store. */
  stored: Type.Integer(),
  /** Messages that still can't be used, by row and reason. */
  refused: Type.Array(closed({ id: Type.Integer(), reason: Type.String(), count: Type.Integer() })),
  /** Rows that were not read to their end, because one request replays only so many messages: ask again for them. */
  unfinished: Type.Array(Type.Integer()),
})

export type QuarantineShown = Static<typeof QuarantineShown>
export type QuarantinePage = Static<typeof QuarantinePage>
export type QuarantineMessageShown = Static<typeof QuarantineMessageShown>
export type QuarantineMessagesPage = Static<typeof QuarantineMessagesPage>
export type QuarantineReplayed = Static<typeof QuarantineReplayed>
