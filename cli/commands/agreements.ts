// `samtila agreement`: the text that is approved, a proposal's way, and what changes from one version to another.
import { readFile } from 'node:fs/promises'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, type Client } from '#cli/client.ts'
import type { Comparison, ProposalPage, ProposalShown, TextAnswer } from '#contract/proposals.ts'

const path = (noun: string, id: string | undefined): string =>
  `/${noun}/${encodeURIComponent(need(id, noun === 'proposals' ? 'The id of the proposal' : 'The id of the agreement'))}`

export async function agreement(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    language: { type: 'string', default: 'fi' },
    party: { type: 'string' },
    decision: { type: 'string' },
    text: { type: 'string' },
    reason: { type: 'string' },
  })
  const [action, id, first, second] = positionals
  const { language } = values
  return withClient(values, settings, async (client) => {
    const said = (proposal: ProposalShown): void => show(values.json, proposal, () => stateOf(proposal))
    switch (action) {
      case 'list': {
        const page = (await jsonOf(await client.request('GET', '/proposals?limit=200'))) as ProposalPage
        show(values.json, page.items, () => page.items.map(stateOf).join('\n'))
        return 0
      }
      case 'text': {
        const from = first === undefined ? path('proposals', id) : `${path('agreements', id)}/versions/${first}`
        const text = (await jsonOf(await client.request('GET', `${from}/text?language=${language}`))) as TextAnswer
        show(values.json, text, () => textOf(text))
        return 0
      }
      case 'propose':
        return propose(client, need(id, 'The file of the draft, or the id of a draft'), said)
      case 'approve': {
        const proposal = (await jsonOf(await client.request('GET', path('proposals', id)))) as ProposalShown
        const wanted = {
          party: need(values.party, '--party'),
          decision: need(values.decision, '--decision (the § or diary number of your decision)'),
          text: need(values.text, `--text (the hash of what you have read, ${proposal.text ?? 'none yet'})`),
        }
        said(
          (await jsonOf(await client.request('POST', `${path('proposals', id)}/approvals`, wanted))) as ProposalShown,
        )
        return 0
      }
      case 'reject': {
        const wanted = { party: need(values.party, '--party'), reason: need(values.reason, '--reason') }
        said(
          (await jsonOf(await client.request('POST', `${path('proposals', id)}/rejection`, wanted))) as ProposalShown,
        )
        return 0
      }
      case 'compare': {
        const query =
          first === undefined || second === undefined
            ? `${path('proposals', id)}/comparison?language=${language}${first === undefined ? '' : `&with=${first}`}`
            : `${path('agreements', id)}/comparison?before=${first}&after=${second}&language=${language}`
        const comparison = (await jsonOf(await client.request('GET', query))) as Comparison
        show(values.json, comparison, () => comparisonOf(comparison))
        return 0
      }
      default:
        throw new CommandError('samtila agreement list|text|propose|approve|reject|compare')
    }
  })
}

/** A file becomes a draft first; so does it stay when it can't be proposed. */
async function propose(client: Client, given: string, said: (proposal: ProposalShown) => void): Promise<number> {
  let id = given
  if (!/^proposal-[0-9a-f]+$/.test(given)) {
    const body = await readFile(given).catch((error: unknown) => {
      throw new CommandError(`${given} can't be read: ${error instanceof Error ? error.message : String(error)}`)
    })
    const draft = (await jsonOf(await client.request('POST', '/proposals', body))) as ProposalShown
    id = draft.id
    process.stderr.write(`Draft ${id}.\n`)
    for (const { code, values } of draft.warnings) process.stderr.write(`Note: ${code}: ${values.join(', ')}\n`)
  }
  said((await jsonOf(await client.request('POST', `${path('proposals', id)}/propose`))) as ProposalShown)
  return 0
}

type Row = Pick<ProposalShown, 'id' | 'state' | 'agreement' | 'number' | 'from' | 'missing'>
const stateOf = (proposal: Row & { text?: string | null }): string =>
  [
    `${proposal.id}  ${proposal.agreement} version ${proposal.number} from ${proposal.from}: ${proposal.state}`,
    ...(proposal.missing.length === 0 ? [] : [`  waits for ${proposal.missing.join(', ')}`]),
    ...(proposal.text == null ? [] : [`  text ${proposal.text}`]),
  ].join('\n')

function textOf({ title, parts, hash, frozen }: TextAnswer): string {
  const lines = parts.flatMap(({ title: head, sentences, table }) => [
    '',
    head.toUpperCase(),
    ...sentences,
    ...(table === null
      ? []
      : table.rows.map(
          (row) =>
            `  ${row[0] ?? ''}: ${row
              .slice(1)
              .map((cell, i) => (table.head.length > 2 ? `${table.head[i + 1] ?? ''}: ${cell}` : cell))
              .join('; ')}`,
        )),
  ])
  return [title, ...lines, '', frozen ? hash : `${hash} (not proposed: with the names of now)`].join('\n')
}

const comparisonOf = ({ before, after, differences }: Comparison): string =>
  differences.length === 0
    ? `Versions ${before ?? '–'} and ${after} say the same.`
    : differences.map(({ label, before: was, after: is }) => `${label}\n  − ${was ?? '–'}\n  + ${is ?? '–'}`).join('\n')
