// Who is asking: a user by session cookie or a program by token, with the organisation for which it acts and its roles there.
import type { FastifyRequest } from 'fastify'
import { Failure } from '#domain/failure.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Actor, Records, Role, Scope, Session, User } from '#domain/ports/records.ts'
import type { ApiLimits } from '#api/limits.ts'
import { hashSecret } from './secrets.ts'

export const SESSION_COOKIE = 'samtila_session'
/**
 * When each session was last used, kept in memory only: writing it beside a sign-out could bring the session back.
 * After a start every session counts as used then; its end by age is stored.
 */
export type SessionsSeen = { startedAt: number; at: Map<string, number> }
const MAX_SEEN = 100_000

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

type Parts = { records: Records; limits: ApiLimits; sessionsSeen: SessionsSeen; now: () => number }

/** The session or token of a request, or null when it shows none that is valid. */
export async function resolveIdentity(request: FastifyRequest, parts: Parts): Promise<Identity | null> {
  const authorization = request.headers.authorization
  if (authorization !== undefined) {
    const match = /^Bearer (samtila_[A-Za-z0-9_-]{43})$/i.exec(authorization)
    return match?.[1] === undefined ? null : identityOfToken(match[1], parts.records, parts.now())
  }
  const secret = request.cookies[SESSION_COOKIE]
  if (secret === undefined || secret.length > 64) return null
  const identity = await identityOfSession(hashSecret(secret), parts)
  if (identity?.session != null) {
    const { at } = parts.sessionsSeen
    if (at.size >= MAX_SEEN) at.delete(at.keys().next().value ?? '')
    at.delete(identity.session.idHash)
    at.set(identity.session.idHash, parts.now())
  }
  return identity
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
  { records, limits, sessionsSeen, now }: Parts,
): Promise<Identity | null> {
  const session = await records.getSession(idHash)
  if (session === null || session.expiresAt <= now()) return null
  const seenAt = Math.max(session.seenAt, sessionsSeen.startedAt, sessionsSeen.at.get(idHash) ?? 0)
  if (now() - seenAt > limits.sessionIdleMinutes * 60_000) return null
  const user = await records.getUser(session.user)
  if (user === null || user.disabled) return null
  const membership = user.memberships.find((one) => one.organisation === session.organisation)
  if (membership === undefined) return null
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
