// Webhooks: endpoints that are told of occurrences, their messages and secrets; and listeners, which follow them by MQTT.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, itemsOf, orNull, pageOf, pageQuery, Text } from './common.ts'
import { FamilyWord, SeverityWord } from './notifications.ts'

export const WebhookWanted = closed({
  name: Text,
  url: Type.String({ minLength: 8, maxLength: 2000 }),
  enabled: Type.Boolean(),
  families: Type.Array(FamilyWord, { minItems: 1, maxItems: 4 }),
  from: SeverityWord,
  premises: orNull(Id),
})
export const WebhookShown = closed({
  id: Id,
  name: Type.String(),
  url: Type.String(),
  families: Type.Array(FamilyWord),
  from: SeverityWord,
  premises: orNull(Id),
  state: Type.Union([Type.Literal('on'), Type.Literal('off'), Type.Literal('disabled')]),
  /** Since when nothing has come through. */
  failingSince: orNull(Instant),
  /** Until when the secret before this one signs too. */
  oldSecretUntil: orNull(Instant),
  /** Messages on their way, and given up; each counted to 200 at most. */
  waiting: Type.Integer(),
  dead: Type.Integer(),
  version: Type.Integer(),
})
export const WebhookList = itemsOf(WebhookShown)
/** The secret is shown this once. */
export const WebhookMade = closed({ id: Id, secret: Type.String(), version: Type.Integer() })
export const MessageMade = closed({ id: Id })
export const DeliveryState = Type.Union([
  Type.Literal('due'),
  Type.Literal('sent'),
  Type.Literal('failed'),
  Type.Literal('dead'),
  Type.Literal('dropped'),
])
export const DeliveryQuery = pageQuery({ state: Type.Optional(DeliveryState) })
export const DeliveryShown = closed({
  /** Its `webhook-id`. */
  id: Id,
  type: Type.String(),
  state: DeliveryState,
  createdAt: Instant,
  /** When it is tried next. */
  dueAt: orNull(Instant),
  attempts: Type.Array(
    closed({
      at: Instant,
      status: orNull(Type.Integer()),
      durationMs: Type.Integer(),
      error: orNull(Type.String()),
    }),
  ),
  /** What is sent. */
  body: Type.String(),
})
export const DeliveryPage = pageOf(DeliveryShown)
export const ReplayWanted = closed({
  /** These, in whatever state; absent: all that were given up. */
  ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 200 })),
})
export const ReplayDone = closed({ replayed: Type.Integer() })

export const ListenerWanted = closed({ name: Text })
export const ListenerShown = closed({
  id: Id,
  name: Type.String(),
  /** The one topic that it may subscribe to. */
  topic: Type.String(),
  createdAt: Instant,
  /** Since the start of the server. */
  lastUsedAt: orNull(Instant),
  connected: Type.Boolean(),
})
export const ListenerList = itemsOf(ListenerShown)
/** The password is shown this once. */
export const ListenerMade = closed({ id: Id, username: Type.String(), password: Type.String(), topic: Type.String() })

export type WebhookWanted = Static<typeof WebhookWanted>
export type WebhookShown = Static<typeof WebhookShown>
export type WebhookList = Static<typeof WebhookList>
export type WebhookMade = Static<typeof WebhookMade>
export type MessageMade = Static<typeof MessageMade>
export type DeliveryShown = Static<typeof DeliveryShown>
export type DeliveryPage = Static<typeof DeliveryPage>
export type ReplayDone = Static<typeof ReplayDone>
export type ListenerShown = Static<typeof ListenerShown>
export type ListenerList = Static<typeof ListenerList>
export type ListenerMade = Static<typeof ListenerMade>
