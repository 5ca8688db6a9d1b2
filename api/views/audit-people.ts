// Lines of the audit log name people and tokens by id: here they get the login and name that people know them by.
import type { AuditLine, Records, Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'

/** A text that more people have in their names than this is too short to find one by. */
const MAX_FOUND = 200

type Known = { login: string | null; name: string }
/** Users and tokens that the scope knows; with `ids` those of them. */
async function knownOf(records: Records, scope: Scope, ids?: readonly Id[]): Promise<Map<Id, Known>> {
  const [users, tokens] = await Promise.all([records.listUsers(scope, ids), records.listTokens(scope, ids)])
  return new Map([
    ...tokens.map(({ id, name }): [Id, Known] => [id, { login: null, name }]),
    ...users.map(({ id, login, name }): [Id, Known] => [id, { login, name }]),
  ])
}

/** Whose name or login holds the text. */
export async function peopleNamed(records: Records, scope: Scope, text: string): Promise<Id[]> {
  const wanted = text.toLowerCase()
  return [...(await knownOf(records, scope))]
    .filter(([, { login, name }]) => `${name} ${login ?? ''}`.toLowerCase().includes(wanted))
    .slice(0, MAX_FOUND)
    .map(([id]) => id)
}

/** For a line of these who did it and to whom. */
export async function peopleOfLines(records: Records, scope: Scope, lines: readonly AuditLine[]) {
  const ids = lines.flatMap(({ actor, kind, id }) => [
    ...(actor.kind === 'user' ? [actor.id] : []),
    ...(kind === 'users' || kind === 'tokens' ? [id] : []),
  ])
  const known = await knownOf(records, scope, [...new Set(ids)])
  return ({ actor, kind, id }: Pick<AuditLine, 'actor' | 'kind' | 'id'>) => {
    const target = kind === 'users' || kind === 'tokens' ? known.get(id) : undefined
    return {
      login: actor.kind === 'user' ? (known.get(actor.id)?.login ?? null) : null,
      target: target === undefined ? null : target.login === null ? target.name : `${target.name} (${target.login})`,
    }
  }
}
