// `samtila user`: a new user, or a new password for one; both random, shown once, and changed at the next sign-in.
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf } from '#cli/client.ts'

export async function user(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    name: { type: 'string' },
    organisation: { type: 'string' },
    role: { type: 'string', multiple: true },
    language: { type: 'string' },
    email: { type: 'string' },
  })
  const [action, login] = positionals
  return withClient(values, settings, async (client) => {
    if (action === 'add') {
      const made = (await jsonOf(
        await client.request('POST', '/users', {
          login: need(login, 'The login name'),
          name: values.name ?? login,
          language: values.language ?? 'fi',
          ...(values.email === undefined ? {} : { email: values.email }),
          memberships: [{ organisation: values.organisation ?? null, roles: values.role ?? ['viewer'] }],
        }),
      )) as { id: string; password: string }
      show(
        values.json,
        { id: made.id, login, password: made.password },
        () => `User ${login}, password shown this once:\n${made.password}`,
      )
    } else if (action === 'password') {
      const { items } = (await jsonOf(await client.request('GET', '/users?limit=200'))) as {
        items: { id: string; login: string }[]
      }
      const known = items.find((one) => one.login === need(login, 'The login name'))
      if (known === undefined) throw new CommandError(`There is no user ${login}.`)
      const { password } = (await jsonOf(
        await client.request('PATCH', `/users/${known.id}`, { resetPassword: true }),
      )) as { password: string }
      show(
        values.json,
        { id: known.id, login, password },
        () => `New password of ${login}, shown this once:\n${password}`,
      )
    } else if (action === 'email') {
      const { items } = (await jsonOf(await client.request('GET', '/users?limit=200'))) as {
        items: { id: string; login: string }[]
      }
      const known = items.find((one) => one.login === need(login, 'The login name'))
      if (known === undefined) throw new CommandError(`There is no user ${login}.`)
      const email = values.email ?? null
      await jsonOf(await client.request('PATCH', `/users/${known.id}`, { email }))
      show(values.json, { id: known.id, login, email }, () =>
        email === null ? `${login} gets no reminders.` : `Reminders of ${login} go to ${email}.`,
      )
    } else throw new CommandError('samtila user add LOGIN --name N | password LOGIN | email LOGIN [--email ADDRESS]')
    return 0
  })
}
