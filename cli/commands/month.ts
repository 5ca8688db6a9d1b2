// `samtila checks`, `issue`, `accept`, `dispute` and `close`: the life of a month from the command line, as whoever the token is.
import { basename } from 'node:path'
import { readFile } from 'node:fs/promises'
import type { ServerSettings } from '#server/limits.ts'
import type { MonthChecks } from '#contract/checks.ts'
import type { DisputeShown } from '#contract/disputes.ts'
import type { Settlement } from '#contract/settlements.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf } from '#cli/client.ts'

const monthPath = (positionals: readonly string[]): string =>
  `/premises/${encodeURIComponent(need(positionals[0], 'The premises'))}/settlements/${encodeURIComponent(need(positionals[1], 'The month (YYYY-MM)'))}`

/** Exit code 2 when something hinders the issue, so that a script can stop there. */
export async function checks(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, { language: { type: 'string', default: 'en' } })
  const language = (['fi', 'sv', 'en'] as const).find((one) => one === values.language)
  if (language === undefined) throw new CommandError('--language is fi, sv or en.')
  return withClient(values, settings, async (client) => {
    const found = (await jsonOf(await client.request('GET', `${monthPath(positionals)}/checks`))) as MonthChecks
    show(values.json, found, () =>
      found.findings.length === 0
        ? 'Nothing stands out.'
        : found.findings.map(({ severity, sentence }) => `${severity.padEnd(8)} ${sentence[language]}`).join('\n'),
    )
    return found.findings.some(({ severity }) => severity === 'hinders') ? 2 : 0
  })
}

export async function issue(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {})
  return withClient(values, settings, async (client) => {
    const issued = (await jsonOf(await client.request('POST', `${monthPath(positionals)}/issue`, {}))) as Settlement
    show(values.json, issued, () => `${issued.premises} ${issued.period} is issued to the parties.`)
    return 0
  })
}

export async function close(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, { force: { type: 'string' } })
  const body = values.force === undefined ? {} : { force: true, reason: values.force }
  return withClient(values, settings, async (client) => {
    const closed = (await jsonOf(await client.request('POST', `${monthPath(positionals)}/close`, body))) as Settlement
    show(values.json, closed, () => `${closed.premises} ${closed.period} is closed: ${closed.digest ?? ''}`)
    return 0
  })
}

export async function accept(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    party: { type: 'string' },
    item: { type: 'string' },
    text: { type: 'string' },
  })
  const party = need(values.party, '--party')
  const item = values.item ?? null
  const body = { party, item, answer: 'accepted', ...(values.text === undefined ? {} : { text: values.text }) }
  return withClient(values, settings, async (client) => {
    await jsonOf(await client.request('POST', `${monthPath(positionals)}/responses`, body))
    show(values.json, body, () => `${party} has accepted ${item ?? 'the month'}.`)
    return 0
  })
}

/** Opens a dispute; with --step takes one of its steps. */
export async function dispute(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    party: { type: 'string' },
    item: { type: 'string' },
    reason: { type: 'string', default: 'other' },
    text: { type: 'string' },
    owner: { type: 'string' },
    file: { type: 'string', multiple: true },
    step: { type: 'string' },
    answer: { type: 'string' },
    outcome: { type: 'string' },
  })
  return withClient(values, settings, async (client) => {
    const files = []
    for (const path of values.file ?? []) {
      const bytes = await readFile(path).catch(() => {
        throw new CommandError(`${path} cannot be read.`)
      })
      const name = basename(path)
      const sent = await client.request('POST', `/files?name=${encodeURIComponent(name)}`, bytes, mediaTypeOf(name))
      files.push({ digest: ((await jsonOf(sent)) as { digest: string }).digest, name })
    }
    const said = {
      ...(values.text === undefined ? {} : { text: values.text }),
      ...(files.length === 0 ? {} : { files }),
    }
    const { step, answer, outcome, owner } = values
    const given = Object.fromEntries(Object.entries({ answer, outcome }).filter(([, value]) => value !== undefined))
    const made = (await jsonOf(
      step === undefined
        ? await client.request('POST', `${monthPath(positionals)}/disputes`, {
            party: need(values.party, '--party'),
            item: values.item ?? null,
            reason: values.reason,
            ...said,
            ...(owner === undefined ? {} : { owner }),
          })
        : await client.request('POST', `/disputes/${encodeURIComponent(need(positionals[0], 'The dispute'))}/steps`, {
            step,
            ...said,
            ...given,
          }),
    )) as DisputeShown
    show(
      values.json,
      made,
      () =>
        `Dispute ${made.id}: ${made.state}${made.turn === null ? '' : `; ${made.turn} has until ${made.dueAt ?? ''}`}.`,
    )
    return 0
  })
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  pdf: 'application/pdf',
  csv: 'text/csv',
  txt: 'text/plain',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}
const mediaTypeOf = (name: string): string =>
  MEDIA_TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream'
