// `samtila inbox`: unknown devices behind gateways and bridges, listed, accepted as suggested, ignored.
import type { AcceptedAnswer, UnknownPage, UnknownShown } from '#contract/inbox.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, type Client } from '#cli/client.ts'
import type { ServerSettings } from '#server/limits.ts'

/** Devices in one request; more are asked for in turn. */
const PER_REQUEST = 200

export async function inbox(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    premises: { type: 'string' },
    connector: { type: 'string' },
    gateway: { type: 'string' },
    state: { type: 'string' },
    all: { type: 'boolean' },
    space: { type: 'string' },
    type: { type: 'string' },
  })
  const [action = 'list', ...keys] = positionals
  const { premises, connector, gateway, state } = values
  return withClient(values, settings, async (client) => {
    const listed = (): Promise<UnknownShown[]> =>
      listAll(client, { premises, connector, gateway, state: action === 'restore' ? 'ignored' : (state ?? 'waiting') })
    if (action === 'list') {
      const items = await listed()
      show(values.json, items, () => linesOf(items))
      return 0
    }
    if (!['accept', 'ignore', 'restore'].includes(action))
      throw new CommandError('samtila inbox list|accept|ignore|restore')
    if (values.all !== true) need(keys[0], 'The key or id of an unknown device, or --all')
    const chosen = (await listed()).filter(
      ({ id, key }) => values.all === true || keys.includes(id) || keys.includes(key),
    )
    const missing = keys.find((wanted) => !chosen.some(({ id, key }) => id === wanted || key === wanted))
    if (missing !== undefined) throw new CommandError(`There is no ${missing} to ${action}: see samtila inbox list.`)
    const device = {
      ...(values.space === undefined ? {} : { space: values.space }),
      ...(values.type === undefined ? {} : { type: values.type }),
    }
    const done: { changed: number; accepted: AcceptedAnswer['accepted']; stored: number } = {
      changed: 0,
      accepted: [],
      stored: 0,
    }
    for (let from = 0; from < chosen.length; from += PER_REQUEST) {
      const ids = chosen.slice(from, from + PER_REQUEST).map(({ id }) => id)
      const body = action === 'accept' ? { items: ids.map((id) => ({ id, device })) } : { ids }
      const answer = await jsonOf(await client.request('POST', `/inbox/${action}`, body))
      if (action === 'accept') {
        const { accepted, replayed } = answer as AcceptedAnswer
        done.accepted.push(...accepted)
        done.changed += accepted.length
        done.stored += replayed.stored
      } else done.changed += (answer as { changed: number }).changed
    }
    show(values.json, done, () =>
      action === 'accept'
        ? [
            ...done.accepted.map(
              (one) => `${chosen.find(({ id }) => id === one.id)?.key} is now the device ${one.device}`,
            ),
            `${done.changed} devices, ${done.stored} earlier readings`,
          ].join('\n')
        : `${done.changed} changed`,
    )
    return 0
  })
}

async function listAll(client: Client, query: Record<string, string | undefined>): Promise<UnknownShown[]> {
  const items: UnknownShown[] = []
  let after: string | null = null
  do {
    const search = new URLSearchParams({ limit: '200' })
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value)
    if (after !== null) search.set('after', after)
    const page = (await jsonOf(await client.request('GET', `/inbox?${search.toString()}`))) as UnknownPage
    items.push(...page.items)
    after = page.next
  } while (after !== null)
  return items
}

/** Keys come from outside: what could move the cursor is not printed. */
const plain = (text: string): string => text.replace(/\p{C}/gu, '?')
function linesOf(items: readonly UnknownShown[]): string {
  if (items.length === 0) return 'No unknown devices.'
  return items
    .map(({ key, gateway, codec, messages, lastAt, points, suggestion }) =>
      [
        `${plain(key)}  (${gateway}, ${codec}, ${messages} messages, last ${lastAt})`,
        `    → ${suggestion.id}  ${suggestion.type ?? 'type unknown'}${suggestion.space === null ? '' : ` in ${suggestion.space}`}`,
        `    ${points.map((point) => plain(`${point.key}${point.sample === null ? '' : `=${point.sample}`} ${point.unit ?? ''}`).trim()).join(', ')}`,
      ].join('\n'),
    )
    .join('\n')
}
