// Lines of the audit log name people and tokens by id: here they get the login and name that people know them by.
import type { AuditLine, Records, Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'

/** A text that more people have in their names than this is too short to find one by. */
const MAX_FOUND = 200

type Known = { login: string | null; name: string }
/** Users and tokens that the scope knows: for a text those whose name or login holds it, for a line who did it and to whom. */
export async function peopleOfLines(records: Records, scope: Scope) {
  const [users, tokens] = await Promise.all([records.listUsers(scope), records.listTokens(scope)])
  const known = new Map<Id, Known>([
    ...tokens.map(({ id, name }): [Id, Known] => [id, { login: null, name }]),
    ...users.map(({ id, login, name }): [Id, Known] => [id, { login, name }]),
  ])
  return {
    named: (text: string): Id[] => {
      const wanted = text.toLowerCase()
      return [...known]
        .filter(([, { login, name }]) => `${name} ${login ?? ''}`.toLowerCase().includes(wanted))
        .slice(0, MAX_FOUND)
        .map(([id]) => id)
    },
    of: ({ actor, kind, id }: Pick<AuditLine, 'actor' | 'kind' | 'id'>) => {
      const target = kind === 'users' || kind === 'tokens' ? known.get(id) : undefined
      return {
        login: actor.kind === 'user' ? (known.get(actor.id)?.login ?? null) : null,
        target: target === undefined ? null : target.login === null ? target.name : `${target.name} (${target.login})`,
      }
    },
  }
}
