// Whom an identity provider lets in, as what: the user of that person there, with the roles that their groups give now.
import { Failure } from '#domain/failure.ts'
import type { Actor, Records, User } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Language } from '#domain/writing/language.ts'
import { createId } from '#api/access/secrets.ts'
import type { ExternalPerson } from './oidc.ts'
import { rolesOf, type IdentityProvider } from './provider.ts'

/**
 * Finds or makes the user (who reads `language`), and sets their roles in the provider's organisation as their groups say; roles elsewhere stay.
 * Nobody is joined to a user who was here before by a like name: only who is signed in (`joinTo`) joins the two.
 * @throws Failure 'not-allowed' when their groups give no role, the user is disabled, or belongs to another person there.
 */
export async function admit(
  id: Id,
  provider: IdentityProvider,
  person: ExternalPerson,
  language: Language | null,
  joinTo: User | null,
  records: Records,
): Promise<User> {
  const actor: Actor = { kind: 'system', id, name: 'Identity provider', organisation: provider.organisation }
  const known = await records.findExternalUser(id, person.subject)
  if (known !== null && joinTo !== null && known.id !== joinTo.id)
    throw new Failure('not-allowed', 'That person is another user here already.')
  const user = known ?? joinTo
  const roles = rolesOf(person.groups, provider.roleMapping)
  const elsewhere = (user?.memberships ?? []).filter(({ organisation }) => organisation !== provider.organisation)
  const memberships = roles.length === 0 ? elsewhere : [...elsewhere, { organisation: provider.organisation, roles }]
  if (user === null && roles.length === 0) throw noRole()
  const externals = [
    ...(user?.externals ?? []).filter((one) => one.provider !== id),
    { provider: id, subject: person.subject },
  ]
  const changed: User =
    user === null
      ? {
          id: createId('user'),
          login: `${id}:${person.login}`,
          name: person.name,
          language: language ?? 'fi',
          passwordHash: null,
          disabled: false,
          memberships,
          mustChangePassword: false,
          externals,
        }
      : { ...user, ...(user.passwordHash === null ? { name: person.name } : {}), memberships, externals }
  if (user?.disabled === true) throw new Failure('not-allowed', 'This user is disabled; ask your administrator.')
  if (JSON.stringify(changed) !== JSON.stringify(user)) await records.putUser(changed, actor)
  if (roles.length === 0) throw noRole()
  return changed
}

const noRole = (): Failure => new Failure('not-allowed', 'Your groups give you no role here; ask your administrator.')
