// `samtila statement`, `invoices`, `ledger` and `public-record`: the documents of a month as files.
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { MadeDocuments, MonthDocuments } from '#contract/documents.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, textOf, type Client } from '#cli/client.ts'

const monthPath = (premises: string | undefined, month: string | undefined): string =>
  `/premises/${encodeURIComponent(need(premises, 'The premises'))}/settlements/${encodeURIComponent(need(month, 'The month (YYYY-MM)'))}`

/** Writes an answer into a file that only its owner may read. */
async function save(client: Client, path: string, file: string): Promise<void> {
  const answer = await client.request('GET', path)
  if (answer.status >= 400) await textOf(answer)
  await pipeline(answer.body, createWriteStream(file, { mode: 0o600 }))
}
const nameOf = (parts: readonly (string | undefined)[], end: string): string =>
  `${parts.filter((part) => part !== undefined).join('-')}.${end}`
const query = (wanted: Record<string, string | undefined>): string =>
  new URLSearchParams(
    Object.entries(wanted).filter((pair): pair is [string, string] => pair[1] !== undefined),
  ).toString()

/** The document of a month; the server says when the party, the language or the format is none. */
export async function statement(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    party: { type: 'string' },
    language: { type: 'string', default: 'fi' },
    format: { type: 'string', default: 'html' },
    out: { type: 'string' },
  })
  const [premises, month] = positionals
  const { party, language, format } = values
  const file = values.out ?? nameOf([premises, month, party, language], format)
  return withClient(values, settings, async (client) => {
    await save(client, `${monthPath(premises, month)}/document?${query({ language, party, format })}`, file)
    show(values.json, { file }, () =>
      format === 'html' ? `${file} is written. Open it in a browser; it prints as it is.` : `${file} is written.`,
    )
    return 0
  })
}

/** `make` and `list` of a month, `get` of one file of a document. */
export async function invoices(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    file: { type: 'string', default: 'finvoice' },
    out: { type: 'string' },
  })
  const [step, first, month] = positionals
  return withClient(values, settings, async (client) => {
    if (step === 'get') {
      const id = encodeURIComponent(need(first, 'The document (its id of `samtila invoices list`)'))
      const file = values.out ?? nameOf([first, values.file], values.file === 'pdf' ? 'pdf' : 'xml')
      await save(client, `/documents/${id}/files/${encodeURIComponent(values.file)}`, file)
      show(values.json, { file }, () => `${file} is written.`)
      return 0
    }
    if (step !== 'make' && step !== 'list')
      throw new CommandError('Say make, list or get. `samtila help` shows what each takes.')
    const path = `${monthPath(first, month)}/documents`
    const answer = (await jsonOf(await client.request(step === 'make' ? 'POST' : 'GET', path))) as
      | MadeDocuments
      | MonthDocuments
    show(values.json, answer, () =>
      [
        ...answer.items.map(({ id, type, number, seller, buyer, gross, creditedBy }) =>
          [
            id,
            type.padEnd(12),
            number.padEnd(20),
            `${seller} → ${buyer}`.padEnd(32),
            gross.padStart(12),
            creditedBy === null ? '' : 'credited',
          ]
            .join('  ')
            .trimEnd(),
        ),
        ...('made' in answer
          ? [`${answer.made} made now.`]
          : answer.planned.map(({ seller, buyer, gross }) => `still to be made by ${seller}, for ${buyer}: ${gross}`)),
      ].join('\n'),
    )
    return 0
  })
}

/** What a party books of a closed month, debit equal to credit. */
export async function ledger(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    party: { type: 'string' },
    language: { type: 'string', default: 'fi' },
    format: { type: 'string', default: 'csv' },
    out: { type: 'string' },
  })
  const [premises, month] = positionals
  const party = need(values.party, 'The party (--party)')
  const file = values.out ?? nameOf([premises, month, party, 'ledger'], values.format)
  return withClient(values, settings, async (client) => {
    const wanted = query({ party, language: values.language, format: values.format })
    await save(client, `${monthPath(premises, month)}/ledger?${wanted}`, file)
    show(values.json, { file }, () => `${file} is written.`)
    return 0
  })
}

/** One file of a closed month for the archive and the public. */
export async function publicRecord(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    language: { type: 'string', default: 'fi' },
    out: { type: 'string' },
  })
  const [premises, month] = positionals
  const file = values.out ?? nameOf([premises, month, 'public-record'], 'html')
  return withClient(values, settings, async (client) => {
    await save(client, `${monthPath(premises, month)}/public-record?${query({ language: values.language })}`, file)
    show(
      values.json,
      { file },
      () => `${file} is written. Open it in a browser; check it with: node verify.mjs ${file}`,
    )
    return 0
  })
}
