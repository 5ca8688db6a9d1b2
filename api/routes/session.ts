// Sign in and out, switch the organisation, change the password.
import { Nothing } from '#contract/common.ts'
import {
  OwnSessions,
  PasswordChange,
  RecoveryCodes,
  SecondFactorBegun,
  SecondFactorCode,
  SecondFactorPassword,
  Session,
  SessionChange,
  SessionParams,
  SignIn,
} from '#contract/session.ts'
import { Failure } from '#domain/failure.ts'
import type { Id, Names } from '#domain/registry/bundle.ts'
import type { Session as StoredSession, User } from '#domain/ports/records.ts'
import { actorOf, identityOf, SESSION_COOKIE, type Identity } from '#api/access/identity.ts'
import { checkPassword, hashPassword, verifyPassword } from '#api/access/password.ts'
import { openSession, sessionCookieOptions } from '#api/access/open-session.ts'
import { beginSecondFactor, checkCode, createRecoveryCodes, takeRecoveryCode } from '#api/access/second-factor.ts'
import { createSignInThrottle } from '#api/access/sign-in-throttle.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, notFound, problems } from './answers.ts'

export function addSessionRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, limits, now, settings, log, sealer } = parts
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
      email: user.email ?? null,
      secondFactor: user.secondFactor?.confirmed === true,
      hasPassword: user.passwordHash !== null,
      guideSeen: user.guideSeen === true,
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
      user: {
        id,
        login: id,
        name,
        language: 'en',
        mustChangePassword: false,
        email: null,
        secondFactor: false,
        hasPassword: false,
        guideSeen: true,
      },
      organisation,
      organisationName,
      roles: [...roles],
      memberships: [{ organisation, name: organisationName, roles: [...roles] }],
      csrfToken: '',
      operator: organisation === null,
    }
  }
  /** Asks for a code where the user has a second factor. Gives the user, without the recovery code that was used. */
  const passSecondFactor = async (user: User, code: string | null, address: string): Promise<User> => {
    if (user.secondFactor?.confirmed !== true) return user
    if (code === null) throw new Failure('code-needed', 'Give the code of your authenticator, or a recovery code.')
    if (await checkCode(user, code, parts)) return user
    const rest = takeRecoveryCode(user, code)
    if (rest === null) {
      throttle.failed(user.login, address, now())
      throw new Failure('wrong-code', 'The code is wrong, or was used already.')
    }
    await records.putUser(rest, { kind: 'user', id: user.id, name: user.name, organisation: null })
    return rest
  }

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
      const user = await passSecondFactor(found, request.body.code ?? null, request.ip)
      throttle.succeeded(login, request.ip)
      const session = await openSession(user, request, reply, parts)
      return sessionShown(user, session)
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
        summary: 'Switch organisation or language, or say where reminders go',
        body: SessionChange,
        response: { 200: Session, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      let { user, session } = ofSession(identity)
      const { organisation, language, email, guideSeen } = request.body
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
      if (email !== undefined && email !== (user.email ?? null)) {
        user = { ...user, email }
        await records.putUser(user, actorOf(identity))
      }
      if (guideSeen !== undefined && guideSeen !== (user.guideSeen === true)) {
        user = { ...user, guideSeen }
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
      reply.clearCookie(SESSION_COOKIE, sessionCookieOptions(settings))
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

  /** Whoever changes how they sign in shows their password again. */
  const checkOwnPassword = async (user: User, password: string, address: string): Promise<void> => {
    throttle.check(user.login, address, now())
    if (await verify(password, user.passwordHash)) return
    throttle.failed(user.login, address, now())
    throw new Failure('wrong-password', 'The password is wrong.')
  }

  app.post(
    '/session/second-factor',
    {
      config: { who: 'signed-in', showsSecret: true },
      schema: {
        tags: ['session'],
        summary: 'Begin a second factor: a secret for an authenticator, in force once a code of it is confirmed',
        body: SecondFactorPassword,
        response: { 200: SecondFactorBegun, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { user } = ofSession(identity)
      if (user.secondFactor?.confirmed === true)
        throw new Failure('conflict', 'There is a second factor already: remove it first.')
      await checkOwnPassword(user, request.body.password, request.ip)
      const { factor, secret, uri } = beginSecondFactor(user, sealer)
      await records.putUser({ ...user, secondFactor: factor }, actorOf(identity))
      return { secret, uri }
    },
  )

  app.post(
    '/session/second-factor/confirm',
    {
      config: { who: 'signed-in', showsSecret: true },
      schema: {
        tags: ['session'],
        summary: 'Put the second factor in force; gives the recovery codes once, and ends other sessions',
        body: SecondFactorCode,
        response: { 200: RecoveryCodes, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { user, session } = ofSession(identity)
      if (user.secondFactor == null || user.secondFactor.confirmed)
        throw new Failure('conflict', 'There is no second factor to confirm: begin one first.')
      throttle.check(user.login, request.ip, now())
      if (!(await checkCode(user, request.body.code, parts))) {
        throttle.failed(user.login, request.ip, now())
        throw new Failure('wrong-code', 'The code is wrong, or was used already.')
      }
      const { codes, hashes } = createRecoveryCodes()
      const factor = { ...user.secondFactor, confirmed: true, recovery: hashes }
      await records.putUser({ ...user, secondFactor: factor }, actorOf(identity))
      await records.deleteSessions({ user: user.id })
      await records.putSession(session)
      return { recoveryCodes: codes }
    },
  )

  app.post(
    '/session/second-factor/remove',
    {
      config: { who: 'signed-in', showsSecret: true },
      schema: {
        tags: ['session'],
        summary: 'Remove the second factor',
        body: SecondFactorPassword,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { user } = ofSession(identity)
      await checkOwnPassword(user, request.body.password, request.ip)
      await records.putUser({ ...user, secondFactor: null }, actorOf(identity))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/session/all',
    {
      config: { who: 'signed-in' },
      schema: { tags: ['session'], summary: 'Where one is signed in', response: { 200: OwnSessions, ...problems } },
    },
    async (request) => {
      const { user, session } = ofSession(identityOf(request))
      const items = await records.listSessions(user.id)
      return {
        items: items
          .filter(({ expiresAt }) => expiresAt > now())
          .map(({ idHash, createdAt, expiresAt, agent, organisation }) => ({
            id: idHash,
            createdAt: iso(createdAt),
            expiresAt: iso(expiresAt),
            agent,
            organisation,
            current: idHash === session.idHash,
          })),
      }
    },
  )

  app.delete(
    '/session/all/:id',
    {
      config: { who: 'signed-in' },
      schema: {
        tags: ['session'],
        summary: 'End one of one’s own sessions',
        params: SessionParams,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { user } = ofSession(identity)
      const own = (await records.listSessions(user.id)).some(({ idHash }) => idHash === request.params.id)
      if (!own) throw notFound()
      await records.deleteSessions({ idHash: request.params.id })
      await records.appendAudit(actorOf(identity), 'session-ended', 'users', user.id, null, '')
      return reply.code(204).send(null)
    },
  )
}

function ofSession({ user, session }: Identity): { user: User; session: StoredSession } {
  if (user === null || session === null)
    throw new Failure('not-allowed', 'This is for signed-in users, not for tokens.')
  return { user, session }
}
