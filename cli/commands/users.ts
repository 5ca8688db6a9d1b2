// `samtila user add`: a new user with a random password, which the user changes at first sign-in.
import { randomBytes } from 'node:crypto'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf } from '#cli/client.ts'

export async function user(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    name: { type: 'string' },
    organisation: { type: 'string' },
    role: { type: 'string', multiple: true },
    language: { type: 'string' },
  })
  const [action, login] = positionals
  if (action !== 'add') throw new CommandError('samtila user add LOGIN --name N')
  const password = randomBytes(15).toString('base64url')
  return withClient(values, settings, async (client) => {
    const made = (await jsonOf(
      await client.request('POST', '/users', {
        login: need(login, 'The login name'),
        name: values.name ?? login,
        language: values.language ?? 'fi',
        password,
        memberships: [{ organisation: values.organisation ?? null, roles: values.role ?? ['viewer'] }],
      }),
    )) as { id: string }
    show(values.json, { id: made.id, login, password }, () => `User ${login}, password shown this once:\n${password}`)
    return 0
  })
}
