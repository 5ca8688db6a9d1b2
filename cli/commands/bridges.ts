// `samtila bridges`: connections to other MQTT brokers: how they stand, made from a file, switched on and off, removed.
import { readFileSync } from 'node:fs'
import type { BridgeShown } from '#contract/bridges.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, textOf, type Client } from '#cli/client.ts'
import type { ServerSettings } from '#server/limits.ts'

export async function bridges(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {})
  const [action = 'list', name] = positionals
  return withClient(values, settings, async (client) => {
    if (action === 'list') {
      const { items } = (await jsonOf(await client.request('GET', '/bridges'))) as { items: BridgeShown[] }
      show(values.json, items, () => (items.length === 0 ? 'No bridges.' : items.map(lineOf).join('\n')))
    } else if (action === 'put') {
      const body = bodyOf(need(name, 'A JSON file (- for standard input)'))
      const { id } = body
      if (typeof id !== 'string') throw new CommandError('The bridge has no id.')
      const known = await find(client, id)
      const answer = await put(client, known, body)
      show(values.json, answer, () => `The bridge ${id} is ${known === null ? 'made' : 'changed'}.`)
    } else if (action === 'on' || action === 'off') {
      const known = await find(client, need(name, 'The id of the bridge'))
      if (known === null) throw new CommandError(`There is no bridge ${name}.`)
      const { hasPassword: _password, hasKey: _key, recordedVersion: _version, standing: _standing, ...rest } = known
      const answer = await put(client, known, { ...rest, enabled: action === 'on' })
      show(values.json, answer, () => `The bridge ${known.id} is ${action}.`)
    } else if (action === 'remove') {
      const id = need(name, 'The id of the bridge')
      await textOf(await client.request('DELETE', `/bridges/${encodeURIComponent(id)}`))
      show(values.json, { removed: id }, () => `The bridge ${id} is removed.`)
    } else throw new CommandError('samtila bridges list|put|on|off|remove')
    return 0
  })
}

async function find(client: Client, id: string): Promise<BridgeShown | null> {
  const { items } = (await jsonOf(await client.request('GET', '/bridges'))) as { items: BridgeShown[] }
  return items.find((one) => one.id === id) ?? null
}
async function put(client: Client, known: BridgeShown | null, body: Record<string, unknown>): Promise<unknown> {
  const path = `/bridges/${encodeURIComponent(String(body['id']))}`
  return jsonOf(await client.request('PUT', path, body, undefined, known?.recordedVersion))
}
function bodyOf(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8')) as Record<string, unknown>
  } catch (error) {
    throw new CommandError(`${file} is no JSON file: ${error instanceof Error ? error.message : String(error)}`)
  }
}
function lineOf({ id, host, port, tls, standing }: BridgeShown): string {
  const place = `${tls ? 'mqtts' : 'mqtt'}://${host}:${port}`
  if (standing === null) return `${id}  ${place}`
  const { state, messages, lastMessageAt, lastError } = standing
  return [
    `${id}  ${place}  ${state}, ${messages} messages`,
    ...(lastMessageAt === null ? [] : [`last ${lastMessageAt}`]),
    ...(lastError === null ? [] : [`last error: ${lastError}`]),
  ].join(', ')
}
