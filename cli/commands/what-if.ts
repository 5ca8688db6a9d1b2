// `samtila what-if`: who would have borne what under other keys, rules or proposals, against what was; writes nothing.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { WhatIfAnswer, WhatIfVariant } from '#contract/what-if.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf } from '#cli/client.ts'

export async function whatIf(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    from: { type: 'string' },
    to: { type: 'string' },
    key: { type: 'string', multiple: true },
    proposal: { type: 'string', multiple: true },
    rules: { type: 'string', multiple: true },
  })
  const premises = need(positionals[0], 'The premises')
  const from = need(values.from, 'The first month (--from YYYY-MM)')
  const variants = [
    ...(values.key ?? []).map((key) => ({ name: key, key })),
    ...(values.proposal ?? []).map((proposal) => ({ name: proposal, proposal })),
    ...(values.rules ?? []).map((file) => ({ name: basename(file), rules: rulesOf(file) })),
  ]
  if (variants.length === 0)
    throw new CommandError(
      'Give what to try: --key area|headcount|equal|metered|agreed, --proposal ID or --rules FILE.',
    )
  return withClient(values, settings, async (client) => {
    const body = { from, to: values.to ?? from, variants }
    const path = `/premises/${encodeURIComponent(premises)}/what-if`
    const answer = (await jsonOf(await client.request('POST', path, body))) as WhatIfAnswer
    show(values.json, answer, () => textOf(answer))
    return 0
  })
}

/** A JSON array of rules, as in an agreement version. */
function rulesOf(file: string): NonNullable<WhatIfVariant['rules']> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as NonNullable<WhatIfVariant['rules']>
  } catch (cause) {
    throw new CommandError(`${file} holds no rules: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}

function textOf({ was, variants, months, demonstration, simulated }: WhatIfAnswer): string {
  const row = (name: string, ...columns: string[]): string =>
    `  ${name.padEnd(28)}${columns.map((column) => column.padStart(14)).join('')}`
  const blocked = variants.flatMap((variant) =>
    variant.months.flatMap((month) =>
      month.blocked.map((one) => ({ ...one, period: month.period, variant: variant.name })),
    ),
  )
  return [
    ...(demonstration ? ['DEMONSTRATION: an example, not a bill.'] : []),
    ...(simulated ? ['SIMULATED: it rests on readings of simulated devices.'] : []),
    `${months[0]?.period}–${months.at(-1)?.period}, net; nothing was written`,
    row('', 'as it was', ...variants.flatMap(({ name }) => [name.slice(0, 13), 'difference'])),
    ...was.parties.map(({ party, net }, i) =>
      row(party, net, ...variants.flatMap(({ parties }) => [parties[i]!.net, signed(parties[i]!.netDifference)])),
    ),
    ...blocked.map(
      (one) =>
        `  ${one.variant} can't split ${one.item} of ${one.period} (${one.net ?? '–'}): ${one.code}. ${one.detail}`,
    ),
  ].join('\n')
}
const signed = (amount: string): string => (amount.startsWith('-') || /^0\.00$/.test(amount) ? amount : `+${amount}`)
