// Credentials of devices and gateways; the password is shown once.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, itemsOf, orNull } from './common.ts'

export const CredentialsWanted = closed({
  devices: Type.Array(Id, { minItems: 1, maxItems: 10_000 }),
  gateway: Type.Optional(Type.Boolean()),
})
export const CredentialMade = closed({ device: Id, username: Type.String(), password: Type.String() })
export const CredentialsMade = Type.Array(CredentialMade)
export const CredentialShown = closed({
  lastUsedAt: orNull(Instant),
  connected: Type.Boolean(),
  endsAt: orNull(Instant),
  fresh: Type.Boolean({ description: 'It takes the place of the others' }),
  id: Id,
  device: Id,
  gateway: Type.Boolean(),
  createdAt: Instant,
  revokedAt: orNull(Instant),
})
export const CredentialList = itemsOf(CredentialShown)
/** The old credentials end when the new one is used, or after `overlapDays` (default 30). */
export const RotationWanted = closed({
  overlapDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 365 })),
  gateway: Type.Optional(Type.Boolean()),
})
export const RotationMade = closed({
  device: Id,
  username: Type.String(),
  password: Type.String(),
  oldEndAt: Instant,
})
const ListenerAddress = closed({ host: Type.String(), port: Type.Integer() })
/** Where devices reach MQTT; null where they cannot. */
export const Connection = closed({
  mqtt: orNull(ListenerAddress),
  mqtts: orNull(ListenerAddress),
  webSocket: Type.String(),
})
export const CredentialQuery = closed({ device: Id })
export const CredentialParams = closed({ device: Id })
export const Revoked = closed({ revoked: Type.Integer() })

export type CredentialsWanted = Static<typeof CredentialsWanted>
export type RotationMade = Static<typeof RotationMade>
export type Connection = Static<typeof Connection>
export type CredentialMade = Static<typeof CredentialMade>
export type CredentialShown = Static<typeof CredentialShown>
export type CredentialList = Static<typeof CredentialList>
