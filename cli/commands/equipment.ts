// `samtila equipment`: book values and replacements of premises, and the exit of a co-owner.
import type { EquipmentShown, ExitAnswer } from '#contract/equipment.ts'
import type { ServerSettings } from '#server/limits.ts'
import { readArguments, show, withClient } from '#cli/arguments.ts'
import { jsonOf } from '#cli/client.ts'
import { idOf, query } from '#cli/requests.ts'

/** Book value and parts on a day, or the exit of the organisation of --token from what it shares. */
export async function equipment(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    at: { type: 'string' },
    exit: { type: 'string' },
    apply: { type: 'boolean' },
  })
  return withClient(values, settings, async (client) => {
    const premises = `/premises/${idOf(positionals[0], 'The premises')}`
    if (values.exit !== undefined) {
      const body = { from: values.exit, apply: values.apply === true }
      const exit = (await jsonOf(await client.request('POST', `${premises}/ownership-exits`, body))) as ExitAnswer
      show(values.json, exit, () =>
        [
          ...exit.items.map(
            (one) =>
              `  ${one.device}  ${one.share ?? '–'} → ${one.buyer}  worth ${one.shareValue ?? '–'}  paid ${one.price ?? '–'}  ${one.transfer ?? one.hindrance ?? ''}`,
          ),
          `worth ${exit.shareValue}, paid ${exit.price}${exit.applied ? '' : '; nothing was sent, with --apply it is offered'}`,
        ].join('\n'),
      )
      return 0
    }
    const shown = (await jsonOf(
      await client.request('GET', `${premises}/equipment?${query({ at: values.at })}`),
    )) as EquipmentShown
    show(values.json, shown, () =>
      [
        `${shown.at}: ${shown.total}`,
        ...shown.parts.map(({ organisation, amount }) => `  ${organisation.padEnd(28)}${amount.padStart(14)}`),
        ...shown.plan.map(
          ({ year, cost, parts }) =>
            `${year}  replaced for ${cost}: ${parts.map((one) => `${one.organisation} ${one.amount}`).join(', ')}`,
        ),
      ].join('\n'),
    )
    return 0
  })
}
