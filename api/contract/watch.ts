// What a gateway or bridge sends, live, with what would be read from it: events `message` of a stream.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, orNull } from './common.ts'
import { Decoded } from './decode.ts'

export const WatchQuery = closed({
  gateway: Id,
  topicFilter: Type.String({ minLength: 1, maxLength: 1024 }),
  /** Reads by this family; absent: by the connector that covers the topic, else by what is recognised. */
  codec: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
})
export const WatchedMessage = closed({
  topic: Type.String(),
  payload: Type.String(),
  encoding: Type.Union([Type.Literal('text'), Type.Literal('base64')]),
  truncated: Type.Boolean(),
  receivedAt: Instant,
  connector: orNull(Id),
  decoded: Decoded,
  /** Messages left out before this one, because they came too fast. */
  skipped: Type.Integer(),
})
export const ConnectorReplayed = closed({
  /** Messages of the quarantine that were read again, readings that went to the store, messages that still can't be used. */
  messages: Type.Integer(),
  stored: Type.Integer(),
  refused: Type.Integer(),
})
export type WatchQuery = Static<typeof WatchQuery>
export type WatchedMessage = Static<typeof WatchedMessage>
export type ConnectorReplayed = Static<typeof ConnectorReplayed>
