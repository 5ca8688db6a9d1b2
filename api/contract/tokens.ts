// API tokens; the token itself is shown once.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, itemsOf, orNull, RoleName, Text } from './common.ts'

/** `read`: safe methods only; `write`: all that the roles allow. */
export const TokenScope = Type.Union([Type.Literal('read'), Type.Literal('write')])
export const TokenWanted = closed({
  name: Text,
  roles: Type.Array(RoleName, { minItems: 1, maxItems: 6 }),
  organisation: Type.Optional(orNull(Id)),
  scopes: Type.Optional(Type.Array(TokenScope, { minItems: 1, maxItems: 2 })),
  expiresAt: Type.Optional(orNull(Instant)),
})
export const TokenMade = closed({ id: Id, token: Type.String() })
export const TokenShown = closed({
  id: Id,
  name: Type.String(),
  organisation: orNull(Id),
  roles: Type.Array(RoleName),
  scopes: Type.Array(Type.String()),
  createdAt: Instant,
  expiresAt: orNull(Instant),
  revokedAt: orNull(Instant),
})
export const TokenList = itemsOf(TokenShown)

export type TokenWanted = Static<typeof TokenWanted>
export type TokenMade = Static<typeof TokenMade>
export type TokenShown = Static<typeof TokenShown>
export type TokenList = Static<typeof TokenList>
