// `samtila transfer`: a part of a device, or a loan, offered to another organisation and answered.
import type { TransferPage, TransferShown } from '#contract/transfers.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf } from '#cli/client.ts'
import { given, idOf } from '#cli/requests.ts'

const ANSWERS = ['acceptance', 'refusal', 'withdrawal', 'return'] as const
/** `list`, `offer` (shown until --apply), and the answers to one. */
export async function transfer(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    from: { type: 'string' },
    to: { type: 'string' },
    price: { type: 'string' },
    note: { type: 'string' },
    reason: { type: 'string' },
    apply: { type: 'boolean' },
  })
  const [step, first, receiver] = positionals
  const line = (one: TransferShown): string =>
    `${one.id ?? 'not offered'}  ${one.state}  ${one.device}  ${one.wanted.kind}  ${one.giver} → ${one.wanted.receiver}  ${one.wanted.from}  price ${one.figures.price ?? '–'}  documents ${one.documents}`
  return withClient(values, settings, async (client) => {
    if (step === 'list') {
      const page = (await jsonOf(await client.request('GET', '/transfers?limit=200'))) as TransferPage
      show(values.json, page, () => page.items.map(line).join('\n'))
      return 0
    }
    const answer = ANSWERS.find((one) => one === step)
    if (answer !== undefined) {
      const path = `/transfers/${idOf(first, 'The transfer')}/${answer}`
      const done = (await jsonOf(await client.request('POST', path, given({ reason: values.reason })))) as TransferShown
      show(values.json, done, () => line(done))
      return 0
    }
    if (step !== 'offer') throw new CommandError(`Say list, offer, ${ANSWERS.join(', ')}.`)
    const { from, to, price, note, apply = false } = values
    const wanted = {
      kind: to === undefined ? 'transfer' : 'loan',
      receiver: need(receiver, 'The receiver'),
      from: need(from, 'The first day (--from YYYY-MM-DD)'),
      ...given({ to, price, note }),
    }
    const body = { device: need(first, 'The device'), wanted, apply }
    const shown = (await jsonOf(await client.request('POST', '/transfers', body))) as TransferShown
    show(values.json, shown, () => `${line(shown)}${apply ? '' : '\nNothing was sent; with --apply it is offered.'}`)
    return 0
  })
}
