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
  id: Id,
  device: Id,
  gateway: Type.Boolean(),
  createdAt: Instant,
  revokedAt: orNull(Instant),
})
export const CredentialList = itemsOf(CredentialShown)
export const CredentialQuery = closed({ device: Id })
export const CredentialParams = closed({ device: Id })
export const Revoked = closed({ revoked: Type.Integer() })

export type CredentialsWanted = Static<typeof CredentialsWanted>
export type CredentialMade = Static<typeof CredentialMade>
export type CredentialShown = Static<typeof CredentialShown>
export type CredentialList = Static<typeof CredentialList>
