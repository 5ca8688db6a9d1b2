// Users and their roles. An organisation's administrator manages the roles in that organisation; the operator manages all.
import { IdParams } from '#contract/common.ts'
import { UserChange, UserChanged, UserList, UserMade, UserWanted, type UserShown } from '#contract/users.ts'
import { Failure } from '#domain/failure.ts'
import type { Membership, Scope, User } from '#domain/ports/records.ts'
import { actorOf, identityOf, scopeOf } from '#api/access/identity.ts'
import { hashPassword } from '#api/access/password.ts'
import { createPassword } from '#api/access/secrets.ts'
import { createUser } from '#api/first-start.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { notFound, problems } from './answers.ts'

export function addUserRoutes(app: ApiApp, { records }: RouteParts): void {
  /** Roles may be given in one's own organisation only, and in organisations that exist. */
  const checkMemberships = async (scope: Scope, memberships: readonly Membership[]): Promise<void> => {
    const organisations = new Set(memberships.map((one) => one.organisation))
    if (organisations.size !== memberships.length)
      throw new Failure('invalid-body', 'memberships names an organisation twice.')
    for (const organisation of organisations) {
      if (scope.organisation !== null && organisation !== scope.organisation)
        throw new Failure('not-allowed', 'Roles are given in your own organisation only.')
      if (organisation !== null && (await records.getObject(scope, 'organisations', organisation)) === null)
        throw notFound()
    }
  }
  app.get(
    '/users',
    {
      config: { who: ['admin'], saw: 'users' },
      schema: {
        tags: ['users'],
        summary: 'Users with a role in the organisation',
        response: { 200: UserList, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      return { items: (await records.listUsers(scope)).map((user) => userShown(user, scope)) }
    },
  )
  app.post(
    '/users',
    {
      config: { who: ['admin'], showsSecret: true },
      schema: { tags: ['users'], summary: 'Make a user', body: UserWanted, response: { 201: UserMade, ...problems } },
    },
    async (request, reply) => {
      const scope = scopeOf(request)
      const { login, name, language, email, memberships, password, mustChangePassword } = request.body
      await checkMemberships(scope, memberships)
      if (scope.organisation !== null && memberships.length === 0)
        throw new Failure('invalid-body', 'Give the user a role in your organisation.')
      const made = await createUser(records, actorOf(identityOf(request)), {
        login,
        name,
        language: language ?? 'fi',
        email: email ?? null,
        memberships,
        password: password ?? null,
        mustChangePassword: mustChangePassword ?? true,
      })
      return reply.code(201).send({ id: made.user.id, login, password: made.password })
    },
  )
  app.patch(
    '/users/:id',
    {
      config: { who: ['admin'], showsSecret: true },
      schema: {
        tags: ['users'],
        summary: 'Change a user',
        params: IdParams,
        body: UserChange,
        response: { 200: UserChanged, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const scope = scopeOf(request)
      const user = (await records.listUsers(scope)).find((one) => one.id === request.params.id)
      if (user === undefined) throw notFound()
      const { name, language, email, disabled, memberships, resetPassword } = request.body
      const elsewhere = user.memberships.filter(
        (one) => scope.organisation !== null && one.organisation !== scope.organisation,
      )
      if (elsewhere.length > 0 && (name ?? language ?? email ?? disabled ?? resetPassword) !== undefined)
        throw new Failure(
          'not-allowed',
          'This user has roles elsewhere too: you may change the roles in your organisation only.',
        )
      if (memberships !== undefined) await checkMemberships(scope, memberships)
      const kept = memberships === undefined ? user.memberships : [...elsewhere, ...memberships]
      const losesAdmin = !kept.some((one) => one.organisation === scope.organisation && one.roles.includes('admin'))
      if (user.id === identity.id && (disabled === true || losesAdmin))
        throw new Failure('conflict', 'You cannot take your own administrator’s right; another administrator can.')
      const password = resetPassword === true ? createPassword() : null
      const changed: User = {
        ...user,
        name: name ?? user.name,
        language: language ?? user.language,
        email: email === undefined ? (user.email ?? null) : email,
        disabled: disabled ?? user.disabled,
        memberships: kept,
        ...(password === null ? {} : { passwordHash: await hashPassword(password), mustChangePassword: true }),
      }
      await records.putUser(changed, actorOf(identity))
      if (changed.disabled || password !== null) await records.deleteSessions({ user: user.id })
      return { ...userShown(changed, scope), password }
    },
  )
}

/** A user as an administrator sees it: the roles in other organisations are no business of theirs. */
function userShown(user: User, scope: Scope): UserShown {
  return {
    id: user.id,
    login: user.login,
    name: user.name,
    language: user.language,
    email: user.email ?? null,
    disabled: user.disabled,
    mustChangePassword: user.mustChangePassword,
    memberships: user.memberships.filter(
      (one) => scope.organisation === null || one.organisation === scope.organisation,
    ),
  }
}
