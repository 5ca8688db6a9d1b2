// Whether an identity that opened something long (a stream) is still what it was: session not ended, token not revoked, roles still there.
import type { RouteParts } from '#api/parts.ts'
import { identityOfSession, type Identity } from './identity.ts'

export async function isStillValid(identity: Identity, parts: RouteParts): Promise<boolean> {
  const { records, now } = parts
  if (identity.session !== null) {
    const current = await identityOfSession(identity.session.idHash, parts)
    return current !== null && current.organisation === identity.organisation && current.roles.length > 0
  }
  const token = (await records.listTokens({ organisation: identity.organisation })).find(({ id }) => id === identity.id)
  return token !== undefined && token.revokedAt === null && (token.expiresAt === null || token.expiresAt > now())
}
