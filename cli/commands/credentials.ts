// `samtila credentials`: MQTT credentials of devices and gateways.
import type { ServerSettings } from '#server/limits.ts'
import type { Connection } from '#contract/credentials.ts'
import { SNIPPET_PROGRAMS, snippetFor } from '#domain/snippets/snippet.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, type Client } from '#cli/client.ts'

/** Devices in one request; more are asked for in turn. */
const DEVICES_PER_REQUEST = 500

export async function credentials(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    gateway: { type: 'boolean' },
    snippet: { type: 'string' },
    days: { type: 'string' },
  })
  const program = SNIPPET_PROGRAMS.find((name) => name === values.snippet)
  if (values.snippet !== undefined && program === undefined)
    throw new CommandError(`--snippet is one of ${SNIPPET_PROGRAMS.join(', ')}.`)
  const [action, ...devices] = positionals
  return withClient(values, settings, async (client) => {
    if (action === 'create') {
      need(devices[0], 'The id of a device')
      const made: { device: string; username: string; password: string }[] = []
      for (let start = 0; start < devices.length; start += DEVICES_PER_REQUEST) {
        const body = {
          devices: devices.slice(start, start + DEVICES_PER_REQUEST),
          ...(values.gateway === true ? { gateway: true } : {}),
        }
        made.push(...((await jsonOf(await client.request('POST', '/credentials', body))) as typeof made))
      }
      if (program !== undefined) return showSnippets(client, program, made)
      show(values.json, made, () =>
        [
          'Passwords are shown this once:',
          ...made.map((one) => `${one.device}  user name ${one.username}  password ${one.password}`),
        ].join('\n'),
      )
    } else if (action === 'rotate') {
      const device = need(devices[0], 'The id of the device')
      if (values.days !== undefined && !/^\d{1,3}$/.test(values.days))
        throw new CommandError('--days takes a whole number.')
      const body = values.days === undefined ? {} : { overlapDays: Number(values.days) }
      const made = (await jsonOf(
        await client.request('POST', `/credentials/${encodeURIComponent(device)}/rotate`, body),
      )) as { device: string; username: string; password: string; oldEndAt: string }
      if (program !== undefined) return showSnippets(client, program, [made])
      show(values.json, made, () =>
        [
          `The new password is shown this once: ${made.password}`,
          `The old one ends when the new one is used, or at ${made.oldEndAt}.`,
        ].join('\n'),
      )
    } else if (action === 'revoke') {
      const device = need(devices[0], 'The id of the device')
      const answer = (await jsonOf(await client.request('DELETE', `/credentials/${encodeURIComponent(device)}`))) as {
        revoked: number
      }
      show(values.json, answer, () => `${answer.revoked} credentials of ${device} are revoked.`)
    } else throw new CommandError('samtila credentials create|rotate|revoke')
    return 0
  })
}

/** The configuration of each, ready to paste; nothing else is printed, so that it can go into a file. */
async function showSnippets(
  client: Client,
  program: (typeof SNIPPET_PROGRAMS)[number],
  made: readonly { username: string; password: string }[],
): Promise<number> {
  const { mqtt, mqtts } = (await jsonOf(await client.request('GET', '/connection'))) as Connection
  const address = mqtts ?? mqtt
  for (const { username, password } of made) {
    const snippet =
      address === null ? null : snippetFor(program, { ...address, tls: mqtts !== null, username, password })
    process.stdout.write(
      snippet?.text ??
        `${username}  password ${password}  (${address === null ? 'devices do not reach MQTT here: open SAMTILA_MQTTS' : `${program} cannot carry it`})\n`,
    )
  }
  return 0
}
