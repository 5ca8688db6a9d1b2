// `samtila demonstration`: what belongs to the demonstration, and its removal.
import type { DemonstrationRemoved, DemonstrationState } from '#contract/demonstration.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf } from '#cli/client.ts'

const OPTIONS = { name: { type: 'string' }, keep: { type: 'string', multiple: true } } as const

export async function demonstration(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, OPTIONS)
  const [action = 'show'] = positionals
  return withClient(values, settings, async (client) => {
    if (action === 'show') {
      const state = (await jsonOf(await client.request('GET', '/demonstration'))) as DemonstrationState
      show(values.json, state, () => linesOf(state).join('\n'))
      return 0
    }
    if (action !== 'remove') throw new CommandError('Say show or remove.')
    const body = { name: need(values.name, 'The name of the premises (--name)'), keep: values.keep ?? [] }
    const done = (await jsonOf(await client.request('POST', '/demonstration/removal', body))) as DemonstrationRemoved
    show(
      values.json,
      done,
      () => `Removed: ${done.objects} objects, ${done.papers} papers; the access of ${done.people} people ended.`,
    )
    return 0
  })
}

function linesOf({
  premises,
  counts,
  organisations,
  people,
  months,
  hindered,
  removedAt,
}: DemonstrationState): string[] {
  if (premises.length === 0)
    return [removedAt === null ? 'There is no demonstration here.' : `The demonstration was removed at ${removedAt}.`]
  return [
    `Premises: ${premises.map(({ id, name }) => `${id} (${name?.fi ?? name?.en ?? id})`).join(', ')}`,
    ...Object.entries(counts).map(([what, n]) => `${what}: ${n}`),
    `Organisations: ${organisations.map(({ id }) => id).join(', ')}`,
    `People whose access ends: ${people.map(({ login }) => login).join(', ')}`,
    `Months that stay in the ledger: ${months}`,
    ...hindered.map(({ why, id }) => `Hinders it: ${id} (${why})`),
  ]
}
