// Who recorded something, as people know them: the name of the user or token, not its id.
import type { Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'

/** Names of actors given as `user:ID`, `token:ID` or `system:ID`; what has no name (any more) stays as it is. */
export async function namesOfActors(records: Records, actors: Iterable<string>): Promise<(actor: string) => string> {
  const names = new Map<string, string>()
  let tokens: ReadonlyMap<Id, string> | null = null
  for (const actor of new Set(actors)) {
    const [kind, id] = [actor.slice(0, actor.indexOf(':')), actor.slice(actor.indexOf(':') + 1)]
    if (kind === 'user') names.set(actor, (await records.getUser(id))?.name ?? actor)
    else if (kind === 'token') {
      tokens ??= new Map((await records.listTokens({ organisation: null })).map((token) => [token.id, token.name]))
      names.set(actor, tokens.get(id) ?? actor)
    } else if (kind === 'system') names.set(actor, 'Samtila')
  }
  return (actor) => names.get(actor) ?? actor
}
