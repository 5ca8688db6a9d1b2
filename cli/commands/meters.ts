// `samtila meters`: the meters of premises as a tree with its balance.
import type { MeterTreeAnswer } from '#contract/meters.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { jsonOf } from '#cli/client.ts'
import { idOf, query } from '#cli/requests.ts'

/** The meters of premises as a tree with the balance of each main meter. */
export async function meters(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    from: { type: 'string' },
    to: { type: 'string' },
    step: { type: 'string', default: 'P1M' },
  })
  return withClient(values, settings, async (client) => {
    const wanted = query({
      from: need(values.from, 'The first day (--from)'),
      to: need(values.to, 'The day after the last (--to)'),
      step: values.step,
    })
    const path = `/premises/${idOf(positionals[0], 'The premises')}/meter-tree?${wanted}`
    const tree = (await jsonOf(await client.request('GET', path))) as MeterTreeAnswer
    show(values.json, tree, () =>
      tree.meters
        .flatMap((meter) => [
          `${'  '.repeat(meter.depth)}${meter.device}/${meter.point} (${meter.kind}): ${meter.steps.map(({ quantity }) => quantity ?? '–').join('  ')} ${meter.unit ?? ''}`,
          ...(meter.balance ?? []).map(
            (one) =>
              `${'  '.repeat(meter.depth + 1)}· ${one.from} not measured by sub-meters: ${one.difference ?? '–'} (${one.part ?? '–'})${one.outside ? ' OUTSIDE' : ''}`,
          ),
        ])
        .join('\n'),
    )
    return 0
  })
}
