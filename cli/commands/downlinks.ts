// `samtila downlink`: sends a command to a device and waits for what becomes of it, or lists those that were sent.
import type { DownlinkPage, DownlinkShown } from '#contract/downlinks.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, type Client } from '#cli/client.ts'
import type { ServerSettings } from '#server/limits.ts'

const OPTIONS = { params: { type: 'string' }, expires: { type: 'string' }, wait: { type: 'string' } } as const
const LOOK_EVERY_MS = 250

export async function downlink(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, OPTIONS)
  const [first, second] = positionals
  return withClient(values, settings, async (client) => {
    if (first === 'list') {
      const items = await listOf(client, need(second, 'The id of a device'))
      show(values.json, items, () => (items.length === 0 ? 'No commands.' : items.map(lineOf).join('\n')))
      return 0
    }
    const device = need(first, 'The id of a device')
    const body = {
      name: need(second, 'The name of the command'),
      ...(values.params === undefined ? {} : { params: parseParams(values.params) }),
      ...(values.expires === undefined ? {} : { expiresAt: values.expires }),
    }
    const path = `/devices/${encodeURIComponent(device)}/downlinks`
    let sent = (await jsonOf(await client.request('POST', path, body))) as DownlinkShown
    const end = Date.now() + 1_000 * Number(values.wait ?? 0)
    while (sent.state === 'under-way' && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
      sent = (await listOf(client, device)).find(({ id }) => id === sent.id) ?? sent
    }
    show(values.json, sent, () => lineOf(sent))
    return sent.state === 'not-sent' || sent.state === 'failed' ? 1 : 0
  })
}

const listOf = async (client: Client, device: string): Promise<DownlinkPage['items']> =>
  ((await jsonOf(await client.request('GET', `/devices/${encodeURIComponent(device)}/downlinks`))) as DownlinkPage)
    .items

function parseParams(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CommandError(`--params is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
function lineOf({ id, name, state, via, answer }: DownlinkShown): string {
  return [id, name, state, ...(via === null ? [] : [via]), ...(answer === null ? [] : [JSON.stringify(answer)])].join(
    '  ',
  )
}
