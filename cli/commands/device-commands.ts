// `samtila command`: gives a command to a device and follows it, or lists those that were given.
import type { CommandPage, CommandShown } from '#contract/twins.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf } from '#cli/client.ts'
import { pathOf } from '#cli/requests.ts'

const LOOK_EVERY_MS = 250
const DEFAULT_WAIT_SECONDS = 10
const OVER = new Set(['done', 'failed', 'expired'])

export async function command(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    params: { type: 'string' },
    expires: { type: 'string' },
    reason: { type: 'string' },
    repeatable: { type: 'boolean' },
    wait: { type: 'string' },
  })
  const [action, device, name] = positionals
  return withClient(values, settings, async (client) => {
    const path = `${pathOf('devices', need(device, 'The id of a device'))}/commands`
    if (action === 'list') {
      const { items } = (await jsonOf(await client.request('GET', path))) as CommandPage
      show(values.json, items, () => (items.length === 0 ? 'No commands.' : items.map(commandLine).join('\n')))
      return 0
    }
    if (action !== 'send') throw new CommandError('samtila command send DEVICE NAME | list DEVICE')
    const body = {
      name: need(name, 'The name of the command'),
      ...(values.params === undefined ? {} : { params: parseJson(values.params) }),
      ...(values.expires === undefined ? {} : { expiresAt: values.expires }),
      ...(values.reason === undefined ? {} : { reason: values.reason }),
      ...(values.repeatable === true ? { repeatable: true } : {}),
    }
    let sent = (await jsonOf(await client.request('POST', path, body))) as CommandShown
    const end = Date.now() + 1_000 * Number(values.wait ?? DEFAULT_WAIT_SECONDS)
    while (!OVER.has(sent.state) && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
      sent = (await jsonOf(await client.request('GET', `${path}/${sent.id}`))) as CommandShown
    }
    show(values.json, sent, () => commandLine(sent))
    return sent.state === 'failed' || sent.state === 'expired' ? 1 : 0
  })
}
const commandLine = ({ id, name, state, createdAt, createdBy, answer }: CommandShown): string =>
  [id, name, state, createdAt, createdBy, ...(answer == null ? [] : [JSON.stringify(answer)])].join('  ')

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CommandError(`--params is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
