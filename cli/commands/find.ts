// `samtila search`, `table` and `bulk-edit`: finding by words, lists as files, many devices changed at once.
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import type { BulkEditShown } from '#contract/bulk-edits.ts'
import type { SearchAnswer } from '#contract/search.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, type Client } from '#cli/client.ts'

/** `key=value` positionals as the query of a list. */
const filterOf = (pairs: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new CommandError(`${pair} is no filter: write it as type=electricity-meter.`)
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )

export async function search(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, { kinds: { type: 'string' }, premises: { type: 'string' } })
  const query = new URLSearchParams({ q: need(positionals.join(' '), 'What to find') })
  for (const key of ['kinds', 'premises'] as const) if (values[key] !== undefined) query.set(key, values[key])
  return withClient(values, settings, async (client) => {
    const answer = (await jsonOf(await client.request('GET', `/search?${query.toString()}`))) as SearchAnswer
    show(values.json, answer, () =>
      answer.groups.length === 0
        ? 'Nothing was found.'
        : answer.groups
            .flatMap(({ kind, items, more }) => [
              kind,
              ...items.map(
                ({ id, name, title, premises, number }) =>
                  `  ${id}  ${title ?? Object.values(name ?? {}).join(' / ')}  ${number ?? ''}  ${premises ?? ''}`,
              ),
              ...(more ? ['  …'] : []),
            ])
            .join('\n'),
    )
    return 0
  })
}

/** The file goes to --out, or to the standard output. */
export async function table(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    format: { type: 'string' },
    language: { type: 'string' },
    out: { type: 'string' },
  })
  const [list, ...filters] = positionals
  const query = new URLSearchParams(filterOf(filters))
  for (const key of ['format', 'language'] as const) if (values[key] !== undefined) query.set(key, values[key])
  return withClient(values, settings, async (client) => {
    const answer = await client.request(
      'GET',
      `/tables/${encodeURIComponent(need(list, 'The list'))}?${query.toString()}`,
    )
    if (values.out === undefined) await pipeline(answer.body, process.stdout, { end: false })
    else await pipeline(answer.body, createWriteStream(values.out, { mode: 0o600 }))
    return 0
  })
}

const LOOK_AGAIN_MS = 300
/** Waits until the server has done its step, and says on the error output how far it is. */
async function finished(client: Client, id: string): Promise<BulkEditShown> {
  for (;;) {
    const edit = (await jsonOf(await client.request('GET', `/bulk-edits/${id}?limit=200`))) as BulkEditShown
    if (!edit.state.endsWith('ing')) return edit
    if (process.stderr.isTTY)
      process.stderr.write(`\r${edit.storing ? 'storing' : edit.state} ${edit.done}/${edit.total} `)
    await setTimeout(LOOK_AGAIN_MS)
  }
}
const told = ({ id, state, changing, refused, kept, failure, rows, rowCount }: BulkEditShown): string =>
  [
    `${id}  ${state}  changing ${changing}  refused ${refused}  not put back ${kept}${failure === null ? '' : `  ${failure}`}`,
    ...rows.map(({ device, changes, refusal, kept: why }) => {
      const reason = why ?? refusal
      const said = changes.map(({ field, before, after }) => `${field}: ${before ?? '–'} → ${after ?? '–'}`).join('; ')
      return `  ${device}  ${said}${reason === null ? '' : `  ! ${reason.reason} ${reason.message ?? ''}`}`
    }),
    ...(rows.length < rowCount ? [`  … ${rowCount - rows.length} more`] : []),
  ].join('\n')

/** Without --apply only what would change is shown; `undo ID` takes one back. */
export async function bulkEdit(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    device: { type: 'string', multiple: true },
    edit: { type: 'string' },
    apply: { type: 'boolean' },
  })
  return withClient(values, settings, async (client) => {
    const step = async (edit: BulkEditShown, what: 'apply' | 'undo'): Promise<BulkEditShown> => {
      await client.request('POST', `/bulk-edits/${edit.id}/${what}`, {}, 'application/json', edit.version)
      return finished(client, edit.id)
    }
    let edit: BulkEditShown
    if (positionals[0] === 'undo') {
      edit = await step(await finished(client, need(positionals[1], 'The bulk edit')), 'undo')
    } else {
      const chosen = values.device === undefined ? { filter: filterOf(positionals) } : { devices: values.device }
      const wanted = { ...chosen, edit: editOf(need(values.edit, 'What to change (--edit JSON)')) }
      const made = (await jsonOf(await client.request('POST', '/bulk-edits', wanted))) as BulkEditShown
      edit = await finished(client, made.id)
      if (values.apply === true && edit.changing > 0) edit = await step(edit, 'apply')
    }
    show(values.json, edit, () => told(edit))
    return edit.state === 'failed' ? 1 : 0
  })
}

function editOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new CommandError(`--edit is no JSON: write it as '{"addTags":["lift"]}'.`)
  }
}
