// `samtila settle` and `bundle`: the settlement of a month for a person or a program, and its proof file.
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { jsonOf, textOf } from '#cli/client.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'

const monthPath = (premises: string | undefined, month: string | undefined): string =>
  `/premises/${encodeURIComponent(need(premises, 'The premises'))}/settlements/${encodeURIComponent(need(month, 'The month (YYYY-MM)'))}`

type Details = { settlement: Settlement; simulated: boolean; demonstration: boolean }

export async function settle(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {})
  const path = monthPath(positionals[0], positionals[1])
  return withClient(values, settings, async (client) => {
    if (values.json === true) {
      show(true, await jsonOf(await client.request('GET', path)), () => '')
    } else {
      const details = (await jsonOf(await client.request('GET', `${path}/details`))) as Details
      show(false, details, () => [...marksOf(details), tableOf(details.settlement)].join('\n'))
    }
    return 0
  })
}

/** What must stand on every page of output. */
function marksOf({ simulated, demonstration }: Details): string[] {
  return [
    ...(demonstration ? ['DEMONSTRATION: an example, not a bill.'] : []),
    ...(simulated ? ['SIMULATED: it rests on readings of simulated devices.'] : []),
  ]
}

/** The settlement as a page of text: statements, transfers, and what is blocked. */
function tableOf(settlement: Settlement): string {
  const row = (name: string, ...amounts: (string | null)[]): string =>
    `  ${name.padEnd(44)}${amounts.map((amount) => (amount ?? '–').padStart(14)).join('')}`
  return [
    `${settlement.premises} ${settlement.period}: ${settlement.status}${settlement.digest === null ? '' : ` ${settlement.digest}`}`,
    '',
    row('Item', 'net'),
    ...settlement.items.map(
      (item) => row(item.id, item.net) + (item.blocked === null ? '' : `  blocked: ${item.blocked}`),
    ),
    '',
    row('Statement', 'net', 'vat', 'gross'),
    ...settlement.statements.map((one) => row(one.party, one.net, one.vat, one.gross)),
    '',
    row('Transfer', 'net', 'gross'),
    ...settlement.transfers.map((one) => row(`${one.from} → ${one.to}`, one.net, one.gross)),
    ...(settlement.blocked.length === 0
      ? []
      : ['', 'Blocked', ...settlement.blocked.map((one) => `  ${one.item}: ${one.code}. ${one.detail}`)]),
  ].join('\n')
}

export async function bundle(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, { out: { type: 'string' } })
  const [premises, month] = positionals
  return withClient(values, settings, async (client) => {
    const answer = await client.request('GET', `${monthPath(premises, month)}/proof`)
    if (answer.status >= 400) await textOf(answer)
    const file = values.out ?? `${premises}-${month}.proof.json`
    await pipeline(answer.body, createWriteStream(file, { mode: 0o600 }))
    show(values.json, { file }, () => `${file} is written. Check it anywhere with: node verify.mjs ${file}`)
    return 0
  })
}
