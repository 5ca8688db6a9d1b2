// Sign in and out, switch the organisation, change the password.
import type { FastifyReply } from 'fastify'
import { Nothing } from '#contract/common.ts'
import { PasswordChange, Session, SessionChange, SignIn } from '#contract/session.ts'
import { Failure } from '#domain/failure.ts'
import type { Id, Names } from '#domain/registry/bundle.ts'
import type { Session as StoredSession, User } from '#domain/ports/records.ts'
import { actorOf, identityOf, SESSION_COOKIE, type Identity } from '#api/access/identity.ts'
import { checkPassword, hashPassword, verifyPassword } from '#api/access/password.ts'
import { createSecret, hashSecret } from '#api/access/secrets.ts'
import { createSignInThrottle } from '#api/access/sign-in-throttle.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { problems } from './answers.ts'

export function addSessionRoutes(app: ApiApp, { records, limits, now, settings, log }: RouteParts): void {
  const throttle = createSignInThrottle(limits)
  let checking = 0
  /** Checks a password with a bound on how many are checked at one time. */
  const verify = async (password: string, hash: string | null): Promise<boolean> => {
    if (checking >= limits.passwordChecks)
      throw new Failure('too-many-requests', 'Too many sign-ins at one time; try again.', { retryAfterMs: 2000 })
    checking++
    try {
      return await verifyPassword(password, hash)
    } finally {
      checking--
    }
  }
  const nameOf = async (organisation: Id | null): Promise<Names | null> =>
    organisation === null
      ? null
      : ((await records.getObject({ organisation: null }, 'organisations', organisation))?.value.name ?? null)

  const sessionShown = async (user: User, session: StoredSession): Promise<Session> => ({
    user: {
      id: user.id,
      login: user.login,
      name: user.name,
      language: user.language,
      mustChangePassword: user.mustChangePassword,
    },
    organisation: session.organisation,
    organisationName: await nameOf(session.organisation),
    roles: user.memberships.find((one) => one.organisation === session.organisation)?.roles ?? [],
    memberships: await Promise.all(
      user.memberships.map(async ({ organisation, roles }) => ({
        organisation,
        name: await nameOf(organisation),
        roles,
      })),
    ),
    csrfToken: session.csrf,
    operator: session.organisation === null,
  })
  /** A token is shown like a user with one membership. */
  const tokenShown = async ({ id, name, organisation, roles }: Identity): Promise<Session> => {
    const organisationName = await nameOf(organisation)
    return {
      user: { id, login: id, name, language: 'en', mustChangePassword: false },
      organisation,
      organisationName,
      roles: [...roles],
      memberships: [{ organisation, name: organisationName, roles: [...roles] }],
      csrfToken: '',
      operator: organisation === null,
    }
  }
  const cookieOptions = { path: '/', httpOnly: true, sameSite: 'strict', secure: settings.tls !== null } as const
  const setCookie = (reply: FastifyReply, secret: string): void =>
    void reply.setCookie(SESSION_COOKIE, secret, { ...cookieOptions, maxAge: limits.sessionHours * 3600 })

  app.post(
    '/session',
    {
      config: { who: 'open', showsSecret: true },
      schema: { tags: ['session'], summary: 'Sign in', body: SignIn, response: { 200: Session, ...problems } },
    },
    async (request, reply) => {
      const { login, password } = request.body
      throttle.check(login, request.ip, now())
      const found = await records.findUser(login)
      const fits = await verify(password, found?.passwordHash ?? null)
      if (!fits || found === null || found.disabled) {
        throttle.failed(login, request.ip, now())
        log.warn('sign-in refused', { address: request.ip, user: found?.id ?? null })
        // Not waited for: the answer must not take longer for a login that exists.
        if (found !== null)
          records
            .appendAudit(
              { kind: 'user', id: found.id, name: found.name, organisation: null },
              'sign-in-refused',
              'users',
              found.id,
              null,
              request.ip,
            )
            .catch((error: unknown) => log.error('audit line lost', { error: String(error) }))
        throw new Failure('wrong-password', 'Login or password is wrong.')
      }
      const membership = found.memberships[0]
      if (membership === undefined)
        throw new Failure('not-allowed', 'You belong to no organisation here; ask your administrator.')
      throttle.succeeded(login, request.ip)
      const secret = createSecret()
      const session: StoredSession = {
        idHash: hashSecret(secret),
        user: found.id,
        organisation: membership.organisation,
        csrf: createSecret(),
        createdAt: now(),
        seenAt: now(),
        expiresAt: now() + limits.sessionHours * 3_600_000,
      }
      await records.putSession(session)
      const actor = { kind: 'user' as const, id: found.id, name: found.name, organisation: membership.organisation }
      await records.appendAudit(actor, 'sign-in', 'users', found.id, null, request.ip)
      setCookie(reply, secret)
      return sessionShown(found, session)
    },
  )

  app.get(
    '/session',
    {
      config: { who: 'signed-in', beforePasswordChange: true },
      schema: { tags: ['session'], summary: 'Who is signed in', response: { 200: Session, ...problems } },
    },
    async (request) => {
      const identity = identityOf(request)
      return identity.user === null || identity.session === null
        ? tokenShown(identity)
        : sessionShown(identity.user, identity.session)
    },
  )

  app.patch(
    '/session',
    {
      config: { who: 'signed-in' },
      schema: {
        tags: ['session'],
        summary: 'Switch organisation or language',
        body: SessionChange,
        response: { 200: Session, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      let { user, session } = ofSession(identity)
      const { organisation, language } = request.body
      if (organisation !== undefined) {
        if (!user.memberships.some((one) => one.organisation === organisation))
          throw new Failure('not-allowed', 'You have no role in that organisation.')
        session = { ...session, organisation }
        await records.putSession(session)
      }
      if (language !== undefined && language !== user.language) {
        user = { ...user, language }
        await records.putUser(user, actorOf(identity))
      }
      return sessionShown(user, session)
    },
  )

  app.delete(
    '/session',
    {
      config: { who: 'signed-in', beforePasswordChange: true },
      schema: { tags: ['session'], summary: 'Sign out', response: { 204: Nothing, ...problems } },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { session } = ofSession(identity)
      await records.deleteSessions({ idHash: session.idHash })
      await records.appendAudit(actorOf(identity), 'sign-out', 'users', identity.id, null, '')
      reply.clearCookie(SESSION_COOKIE, cookieOptions)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/session/password',
    {
      config: { who: 'signed-in', beforePasswordChange: true, showsSecret: true },
      schema: {
        tags: ['session'],
        summary: 'Change the password; other sessions end',
        body: PasswordChange,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { user, session } = ofSession(identity)
      const { current, next } = request.body
      throttle.check(user.login, request.ip, now())
      if (!(await verify(current, user.passwordHash))) {
        throttle.failed(user.login, request.ip, now())
        throw new Failure('wrong-password', 'The current password is wrong.')
      }
      checkPassword(next, user.login)
      if (next === current) throw new Failure('invalid-body', 'The new password is the old one.')
      await records.putUser(
        { ...user, passwordHash: await hashPassword(next), mustChangePassword: false },
        actorOf(identity),
      )
      await records.deleteSessions({ user: user.id })
      await records.putSession(session)
      return reply.code(204).send(null)
    },
  )
}

function ofSession({ user, session }: Identity): { user: User; session: StoredSession } {
  if (user === null || session === null)
    throw new Failure('not-allowed', 'This is for signed-in users, not for tokens.')
  return { user, session }
}
