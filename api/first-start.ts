// Makes users: the administrator at the first start, and whoever is added later.
import { Failure } from '#domain/failure.ts'
import type { Actor, Membership, Records, User } from '#domain/ports/records.ts'
import { checkPassword, hashPassword } from './access/password.ts'
import { createId, createPassword } from './access/secrets.ts'

const SYSTEM: Actor = { kind: 'system', id: 'system', name: 'Samtila', organisation: null }
const FIRST_LOGIN = 'admin'

/**
 * At the first start makes the operator's administrator `admin`, with the given password or a random one.
 * Gives the login, and the password when it was made here (shown once); null when there are users already.
 * @throws Failure 'wrong-setting' when the given password is too weak.
 */
export async function createFirstUser(
  records: Records,
  options: { password: string | null; now: number },
): Promise<{ login: string; password: string | null } | null> {
  if ((await records.listUsers({ organisation: null })).length > 0) return null
  try {
    const { password } = await createUser(records, SYSTEM, {
      login: FIRST_LOGIN,
      name: 'Administrator',
      language: 'fi',
      memberships: [{ organisation: null, roles: ['admin'] }],
      password: options.password,
      mustChangePassword: false,
    })
    return { login: FIRST_LOGIN, password }
  } catch (error) {
    if (error instanceof Failure && error.code === 'invalid-body')
      throw new Failure('wrong-setting', `SAMTILA_ADMIN_PASSWORD cannot be taken: ${error.message}`)
    // Another node of the same installation starts at the same time, and was first.
    if (error instanceof Failure && error.code === 'conflict') return null
    throw error
  }
}

export type NewUser = {
  login: string
  name: string
  language: User['language']
  email?: string | null
  memberships: Membership[]
  /** null: a random one is made and given back. */
  password: string | null
  mustChangePassword: boolean
}

/** Makes a user. @throws Failure 'conflict' when the login is taken, 'invalid-body' when the password is too weak. */
export async function createUser(
  records: Records,
  actor: Actor,
  wanted: NewUser,
): Promise<{ user: User; password: string | null }> {
  if ((await records.findUser(wanted.login)) !== null) throw new Failure('conflict', 'This login is taken.')
  if (wanted.password !== null) checkPassword(wanted.password, wanted.login)
  const password = wanted.password ?? createPassword()
  const user: User = {
    id: createId('user'),
    login: wanted.login,
    name: wanted.name,
    language: wanted.language,
    email: wanted.email ?? null,
    passwordHash: await hashPassword(password),
    disabled: false,
    memberships: wanted.memberships,
    mustChangePassword: wanted.mustChangePassword,
  }
  await records.putUser(user, actor)
  return { user, password: wanted.password === null ? password : null }
}
