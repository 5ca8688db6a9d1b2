// `samtila import-file`: a table into the platform, with the problems of its rows; `undo` sets everything back.
import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, textOf, type Client } from '#cli/client.ts'
import type { ImportShown, ImportUndone } from '#contract/imports.ts'

const TYPES: Record<string, string> = {
  '.csv': 'text/csv',
  '.ics': 'text/calendar',
  '.jsonld': 'application/ld+json',
  '.ttl': 'text/turtle',
  '.xml': 'application/xml',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}
const POLL_MS = 200

export async function importFile(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    kind: { type: 'string' },
    map: { type: 'string', multiple: true },
    set: { type: 'string', multiple: true },
    mean: { type: 'string', multiple: true },
    'leave-out-errors': { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    'accept-adjustments': { type: 'boolean' },
    'leave-changed': { type: 'boolean' },
  })
  const file = need(positionals[0], 'The file')
  return withClient(values, settings, async (client) => {
    if (file === 'undo') {
      const wish = {
        leaveChanged: values['leave-changed'] === true,
        acceptAdjustments: values['accept-adjustments'] === true,
      }
      const answer = (await jsonOf(
        await client.request('POST', `/imports/${encodeURIComponent(need(positionals[1], 'The import'))}/undo`, wish),
      )) as ImportUndone
      show(
        values.json,
        answer,
        () =>
          `${answer.import.name} is undone.${answer.closedMonths.map(({ premises, period }) => ` ${period} of ${premises} gets adjustments.`).join('')}`,
      )
      return 0
    }
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw new CommandError(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`)
    })
    const query = new URLSearchParams({
      name: basename(file),
      ...(values.kind === undefined ? {} : { kind: values.kind }),
    })
    const type = TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream'
    let draft = (await jsonOf(await client.request('POST', `/imports?${query.toString()}`, bytes, type))) as ImportShown
    draft = await decided(client, draft, values)
    if (values['leave-out-errors'] === true && draft.errorRows.length > 0)
      draft = await putWork(client, draft, {
        ...draft.work,
        leftOut: [...new Set([...draft.work.leftOut, ...draft.errorRows])],
      })
    if (values['dry-run'] === true || draft.errors > 0) {
      await textOf(await client.request('DELETE', `/imports/${draft.id}`))
      show(values.json, draft, () => pageOf(draft))
      return draft.errors > 0 ? 1 : 0
    }
    await jsonOf(await client.request('POST', `/imports/${draft.id}/take`, undefined, undefined, draft.version))
    const taken = await untilTaken(client, draft.id, values.json === true)
    show(values.json, taken, () => `${pageOf(draft)}\n${endOf(taken)}`)
    return taken.state === 'taken' ? 0 : 1
  })
}

type Wishes = { map?: string[] | undefined; set?: string[] | undefined; mean?: string[] | undefined }
async function decided(
  client: Client,
  draft: ImportShown,
  { map = [], set = [], mean = [] }: Wishes,
): Promise<ImportShown> {
  if (map.length + set.length + mean.length === 0) return draft
  const work = structuredClone(draft.work)
  for (const text of map) {
    const [field, column] = pairOf(text, '--map')
    const index = draft.header.indexOf(column)
    if (index < 0) throw new CommandError(`The file has no column “${column}”; it has: ${draft.header.join(', ')}`)
    work.columns[field] = index
  }
  for (const text of set) {
    const [field, value] = pairOf(text, '--set')
    work.defaults[field] = value
  }
  for (const text of mean) {
    const [place, id] = pairOf(text, '--mean')
    const [field, ...words] = place.split(':')
    work.values[field ?? ''] = { ...work.values[field ?? ''], [words.join(':')]: id }
  }
  return putWork(client, draft, work)
}
const putWork = async (client: Client, draft: ImportShown, work: ImportShown['work']): Promise<ImportShown> =>
  (await jsonOf(
    await client.request('PUT', `/imports/${draft.id}/work`, work, undefined, draft.version),
  )) as ImportShown

function pairOf(text: string, option: string): [string, string] {
  const at = text.lastIndexOf('=')
  if (at < 1) throw new CommandError(`${option} is written as FIELD=…, not “${text}”.`)
  return [text.slice(0, at), text.slice(at + 1)]
}

async function untilTaken(client: Client, id: string, quiet: boolean): Promise<ImportShown> {
  for (;;) {
    const now = (await jsonOf(await client.request('GET', `/imports/${id}`))) as ImportShown
    if (now.state !== 'taking') return now
    if (!quiet && now.progress !== null && process.stderr.isTTY)
      process.stderr.write(`\r${now.progress.step} ${now.progress.done}/${now.progress.of}   `)
    await setTimeout(POLL_MS)
  }
}

function pageOf(draft: ImportShown): string {
  const makes = Object.entries(draft.makes).map(([list, count]) => `${count} ${list}`)
  return [
    `${draft.name}: ${draft.kind}, ${draft.takenRows} of ${draft.rows} rows${makes.length === 0 ? '' : `, ${makes.join(', ')}`}`,
    ...draft.problems.map(
      ({ line, column, field, message, severity }) =>
        `  ${severity} ${line === null ? '' : `line ${line} `}${column ?? field ?? ''}: ${message}`,
    ),
    ...(draft.errors > 0
      ? [`Nothing was taken: ${draft.errors} errors. Mend the file, or use --map, --set, --mean or --leave-out-errors.`]
      : []),
  ].join('\n')
}
function endOf({ state, counts, failure, id }: ImportShown): string {
  if (state !== 'taken' || counts === null) return `Nothing was taken: ${failure ?? state}`
  return `${counts.created} new, ${counts.changed} changed, ${counts.unchanged} unchanged; ${counts.readings} readings. Undo with: samtila import-file undo ${id}`
}
