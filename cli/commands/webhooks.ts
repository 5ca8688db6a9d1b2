// `samtila webhook`: endpoints of one's own programs: made, tried out, their messages and dead letters, secrets changed.
import type {
  DeliveryPage,
  DeliveryShown,
  ReplayDone,
  WebhookList,
  WebhookMade,
  WebhookShown,
} from '#contract/webhooks.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, textOf } from '#cli/client.ts'
import type { ServerSettings } from '#server/limits.ts'

const FAMILIES = ['alarm', 'fault', 'service']
const TEST_MS = 15_000
const LOOK_MS = 500

export async function webhook(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    name: { type: 'string' },
    family: { type: 'string', multiple: true },
    from: { type: 'string' },
    premises: { type: 'string' },
    state: { type: 'string' },
  })
  const [action = 'list', given, ...ids] = positionals
  return withClient(values, settings, async (client) => {
    const pathOf = (id: string | undefined, rest = ''): string =>
      `/webhooks/${encodeURIComponent(need(id, 'The id of the webhook'))}${rest}`
    const get = async <T>(path: string): Promise<T> => (await jsonOf(await client.request('GET', path))) as T
    const post = async <T>(path: string, body: unknown = {}): Promise<T> =>
      (await jsonOf(await client.request('POST', path, body))) as T
    if (action === 'list') {
      const { items } = await get<WebhookList>('/webhooks')
      show(values.json, items, () => (items.length === 0 ? 'No webhooks.' : items.map(lineOf).join('\n')))
    } else if (action === 'add') {
      const url = need(given, 'The address of the endpoint')
      const made = await post<WebhookMade>('/webhooks', {
        name: values.name ?? new URL(url).host,
        url,
        enabled: true,
        families: values.family ?? FAMILIES,
        from: values.from ?? 'info',
        premises: values.premises ?? null,
      })
      show(values.json, made, () => `${made.id}\nSecret, shown once: ${made.secret}`)
    } else if (action === 'on' || action === 'off') {
      const { name, url, families, from, premises, version } = await get<WebhookShown>(pathOf(given))
      const body = { name, url, families, from, premises, enabled: action === 'on' }
      const put = await jsonOf(await client.request('PUT', pathOf(given), body, undefined, version))
      show(values.json, put, () => `The webhook ${given ?? ''} is ${action}.`)
    } else if (action === 'secret') {
      const made = await post<WebhookMade>(pathOf(given, '/secret'))
      show(values.json, made, () => `New secret, shown once: ${made.secret}\nThe one before signs too for a day.`)
    } else if (action === 'test') {
      const { id } = await post<{ id: string }>(pathOf(given, '/test'))
      const sent = await outcomeOf(id, () => get<DeliveryPage>(pathOf(given, '/deliveries')))
      show(values.json, sent, () => deliveryLine(sent))
      return sent.state === 'sent' ? 0 : 1
    } else if (action === 'deliveries' || action === 'dead') {
      const state = action === 'dead' ? 'dead' : values.state
      const { items } = await get<DeliveryPage>(
        pathOf(given, `/deliveries${state === undefined ? '' : `?state=${state}`}`),
      )
      show(values.json, items, () => (items.length === 0 ? 'No messages.' : items.map(deliveryLine).join('\n')))
    } else if (action === 'replay') {
      const done = await post<ReplayDone>(pathOf(given, '/replay'), ids.length === 0 ? {} : { ids })
      show(values.json, done, () => `${done.replayed} messages are sent again.`)
    } else if (action === 'remove') {
      await textOf(await client.request('DELETE', pathOf(given)))
      show(values.json, { removed: given }, () => `The webhook ${given ?? ''} is removed.`)
    } else throw new CommandError('samtila webhook list|add|on|off|secret|test|deliveries|dead|replay|remove')
    return 0
  })
}

/** Waits for what becomes of a test message. */
async function outcomeOf(id: string, look: () => Promise<DeliveryPage>): Promise<DeliveryShown> {
  for (let waited = 0; ; waited += LOOK_MS) {
    const found = (await look()).items.find((one) => one.id === id)
    if (found !== undefined && found.state !== 'due') return found
    if (waited >= TEST_MS)
      throw new CommandError(
        'The message is not sent yet. A server must run: messages leave by it, not by this command.',
      )
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

const lineOf = ({ id, name, url, state, failingSince, waiting, dead }: WebhookShown): string =>
  [
    `${id}  ${state.padEnd(8)}  ${name}  ${url}`,
    `waiting ${waiting}, dead ${dead}`,
    ...(failingSince === null ? [] : [`failing since ${failingSince}`]),
  ].join('  ')
const deliveryLine = ({ id, type, state, attempts }: DeliveryShown): string => {
  const last = attempts.at(-1)
  const told =
    last === undefined ? '' : `  ${last.at}  ${last.status ?? '-'}  ${last.durationMs} ms  ${last.error ?? ''}`
  return `${id}  ${state.padEnd(7)}  ${type}  tries ${attempts.length}${told}`.trimEnd()
}
