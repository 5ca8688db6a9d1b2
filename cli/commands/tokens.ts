// `samtila token`: makes, lists and revokes API tokens.
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, textOf } from '#cli/client.ts'

const DAY_MS = 86_400_000

export async function token(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    name: { type: 'string' },
    role: { type: 'string', multiple: true },
    organisation: { type: 'string' },
    days: { type: 'string' },
  })
  const [action, id] = positionals
  return withClient(values, settings, async (client) => {
    if (action === 'create') {
      if (values.days !== undefined && !/^[1-9]\d{0,4}$/.test(values.days))
        throw new CommandError(`--days is "${values.days}", but it should be a whole number above 0.`)
      const made = (await jsonOf(
        await client.request('POST', '/tokens', {
          name: need(values.name, '--name'),
          roles: values.role ?? ['viewer'],
          organisation: values.organisation ?? null,
          ...(values.days === undefined
            ? {}
            : { expiresAt: new Date(Date.now() + Number(values.days) * DAY_MS).toISOString() }),
        }),
      )) as { id: string; token: string }
      show(values.json, made, () => `Token ${made.id}, shown this once:\n${made.token}`)
    } else if (action === 'list') {
      const listed = (await jsonOf(await client.request('GET', '/tokens'))) as {
        items: { id: string; name: string; roles: string[]; organisation: string | null }[]
      }
      show(values.json, listed.items, () =>
        listed.items
          .map((one) => `${one.id}  ${one.name}  ${one.roles.join(', ')}  ${one.organisation ?? 'operator'}`)
          .join('\n'),
      )
    } else if (action === 'revoke') {
      await textOf(await client.request('DELETE', `/tokens/${encodeURIComponent(need(id, 'The id of the token'))}`))
      show(values.json, { revoked: id }, () => `Token ${id} is revoked.`)
    } else throw new CommandError('samtila token create|list|revoke')
    return 0
  })
}
