// Starts a session for a person who has shown who they are, by password or by an identity provider.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '#domain/failure.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Session, User } from '#domain/ports/records.ts'
import type { RouteParts } from '#api/parts.ts'
import { SESSION_COOKIE } from './identity.ts'
import { createSecret, hashSecret } from './secrets.ts'

const AGENT_CHARACTERS = 200
type Parts = Pick<RouteParts, 'records' | 'limits' | 'now' | 'settings'>

/** Cookies are for TLS only where people come by TLS, also through a proxy that ends it. */
export const isSecure = ({ tls, publicUrl }: RouteParts['settings']): boolean =>
  tls !== null || publicUrl.startsWith('https:')
export const sessionCookieOptions = (settings: RouteParts['settings']) =>
  ({ path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(settings) }) as const

/**
 * Keeps the session, writes it into the audit log and sets its cookie. It acts for `organisation`, else for the first of the
 * user's organisations.
 * @throws Failure 'not-allowed' when the user belongs to none.
 */
export async function openSession(
  user: User,
  request: FastifyRequest,
  reply: FastifyReply,
  { records, limits, now, settings }: Parts,
  organisation?: Id | null,
): Promise<Session> {
  const membership = user.memberships.find((one) => one.organisation === organisation) ?? user.memberships[0]
  if (membership === undefined)
    throw new Failure('not-allowed', 'You belong to no organisation here; ask your administrator.')
  const secret = createSecret()
  const session: Session = {
    idHash: hashSecret(secret),
    user: user.id,
    organisation: membership.organisation,
    csrf: createSecret(),
    createdAt: now(),
    seenAt: now(),
    expiresAt: now() + limits.sessionHours * 3_600_000,
    agent: (request.headers['user-agent'] ?? '').slice(0, AGENT_CHARACTERS),
  }
  await records.putSession(session)
  const actor = { kind: 'user' as const, id: user.id, name: user.name, organisation: membership.organisation }
  await records.appendAudit(actor, 'sign-in', 'users', user.id, null, request.ip)
  reply.setCookie(SESSION_COOKIE, secret, { ...sessionCookieOptions(settings), maxAge: limits.sessionHours * 3600 })
  return session
}
