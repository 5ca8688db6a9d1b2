// Who is asking: a user by session cookie or a program by token, with the organisation for which it acts and its roles there.
import type { FastifyRequest } from 'fastify'
import { Failure } from '#domain/failure.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Actor, Records, Role, Scope, Session, User } from '#domain/ports/records.ts'
import type { ApiLimits } from '#api/limits.ts'
import { hashSecret } from './secrets.ts'

export const SESSION_COOKIE = 'samtila_session'
/** How old `seenAt` of a session may get before it is written again. */
const SEEN_EVERY_MS = 60_000

export type Identity = {
  kind: 'user' | 'token'
  id: Id
  name: string
  /** null: the platform's operator. */
  organisation: Id | null
  roles: readonly Role[]
  /** A token for safe methods only. */
  readOnly: boolean
  user: User | null
  session: Session | null
}

/** The session or token of a request, or null when it shows none that is valid. */
export async function resolveIdentity(
  request: FastifyRequest,
  records: Records,
  limits: ApiLimits,
  now: number,
): Promise<Identity | null> {
  const authorization = request.headers.authorization
  if (authorization !== undefined) {
    const match = /^Bearer (samtila_[A-Za-z0-9_-]{43})$/i.exec(authorization)
    return match?.[1] === undefined ? null : identityOfToken(match[1], records, now)
  }
  const secret = request.cookies[SESSION_COOKIE]
  return secret === undefined || secret.length > 64 ? null : identityOfSession(hashSecret(secret), records, limits, now)
}

async function identityOfToken(text: string, records: Records, now: number): Promise<Identity | null> {
  const token = await records.findToken(hashSecret(text))
  if (token === null || token.revokedAt !== null || (token.expiresAt !== null && token.expiresAt <= now)) return null
  const readOnly = token.scopes.includes('read') && !token.scopes.includes('write')
  return {
    kind: 'token',
    id: token.id,
    name: token.name,
    organisation: token.organisation,
    roles: token.roles,
    readOnly,
    user: null,
    session: null,
  }
}

/** The identity of a session; its roles are those that the user has now, so that a right taken away ends at once. */
export async function identityOfSession(
  idHash: string,
  records: Records,
  limits: ApiLimits,
  now: number,
): Promise<Identity | null> {
  const session = await records.getSession(idHash)
  if (session === null || session.expiresAt <= now || now - session.seenAt > limits.sessionIdleMinutes * 60_000)
    return null
  const user = await records.getUser(session.user)
  if (user === null || user.disabled) return null
  const membership = user.memberships.find((one) => one.organisation === session.organisation)
  if (membership === undefined) return null
  if (now - session.seenAt > SEEN_EVERY_MS) await records.putSession({ ...session, seenAt: now })
  return {
    kind: 'user',
    id: user.id,
    name: user.name,
    organisation: session.organisation,
    roles: membership.roles,
    readOnly: false,
    user,
    session,
  }
}

const IDENTITY = 'identity'
export const setIdentity = (request: FastifyRequest, identity: Identity | null): void =>
  request.setDecorator(IDENTITY, identity)
export const findIdentity = (request: FastifyRequest): Identity | null =>
  request.getDecorator<Identity | null>(IDENTITY)
/** The identity of a request on a route that is not open. */
export function identityOf(request: FastifyRequest): Identity {
  const identity = findIdentity(request)
  if (identity === null) throw new Failure('not-signed-in', 'Sign in, or send a valid token.')
  return identity
}
export const scopeOf = (request: FastifyRequest): Scope => ({ organisation: identityOf(request).organisation })
export const isOperator = (identity: Identity): boolean => identity.organisation === null

export function actorOf(identity: Identity): Actor {
  return { kind: identity.kind, id: identity.id, name: identity.name, organisation: identity.organisation }
}
