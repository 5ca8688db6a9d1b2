// `samtila party`: a party joins, leaves or is succeeded; without --apply only the effects are shown.
import type { PartyChangeAnswer, PartyChangeWanted } from '#contract/party-changes.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf } from '#cli/client.ts'

export async function party(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    from: { type: 'string' },
    space: { type: 'string', multiple: true },
    people: { type: 'string' },
    'costs-to': { type: 'string' },
    successor: { type: 'string' },
    reading: { type: 'string', multiple: true },
    apply: { type: 'boolean' },
  })
  const [premises, what, organisation] = positionals
  const act = actOf(what, {
    organisation: need(organisation, 'The organisation'),
    from: need(values.from, 'The first day (--from YYYY-MM-DD)'),
    spaces: values.space ?? [],
    people: values.people,
    costsTo: values['costs-to'],
    successor: values.successor,
  })
  const readings = (values.reading ?? []).map(readingOf)
  const body: PartyChangeWanted = { act, ...(readings.length === 0 ? {} : { readings }), apply: values.apply === true }
  return withClient(values, settings, async (client) => {
    const path = `/premises/${encodeURIComponent(need(premises, 'The premises'))}/party-changes`
    const answer = (await jsonOf(await client.request('POST', path, body))) as PartyChangeAnswer
    show(values.json, answer, () => textOf(answer))
    return 0
  })
}

type Given = {
  organisation: string
  from: string
  spaces: string[]
  people: string | undefined
  costsTo: string | undefined
  successor: string | undefined
}
function actOf(what: string | undefined, given: Given): PartyChangeWanted['act'] {
  const { organisation, from, spaces, people, costsTo, successor } = given
  if (what === 'join') return { act: 'join', organisation, from, spaces, ...(people === undefined ? {} : { people }) }
  if (what === 'leave') return { act: 'leave', organisation, from, ...(costsTo === undefined ? {} : { costsTo }) }
  if (what === 'succession')
    return { act: 'succession', organisation, from, successor: need(successor, 'The successor (--successor O)') }
  throw new CommandError('Say join, leave or succession.')
}

/** `device/point=value`, at the first instant of the day. */
function readingOf(text: string): { device: string; point: string; value: string } {
  const match = /^([^/=]+)\/([^=]+)=(-?\d+(?:\.\d+)?)$/.exec(text)
  if (match === null) throw new CommandError(`${text} is no closing reading: give device/point=value.`)
  return { device: match[1]!, point: match[2]!, value: match[3]! }
}

function textOf({ applied, effects, hindrances, closing, buyOuts, month, proposal }: PartyChangeAnswer): string {
  const values = (given: Record<string, string>): string =>
    given['text'] ??
    Object.entries(given)
      .map(([key, value]) => `${key} ${value}`)
      .join(', ')
  return [
    applied ? 'Done.' : 'Nothing was written; with --apply it is done.',
    ...hindrances.map(({ message }) => `First: ${message}`),
    ...effects.map(({ code, kind, id, values: given }) => `  ${code}  ${kind}/${id}: ${values(given)}`),
    ...closing.map(({ device, point, at, state }) => `  closing reading ${device}/${point} at ${at}: ${state}`),
    ...buyOuts.map(
      (one) =>
        `  buy-out ${one.device}: ${one.share} of ${one.bookValue ?? '–'}, ${one.buyer} pays ${one.price ?? '–'}`,
    ),
    ...(month === null ? [] : [`${month.period}, net with this, and the difference to how it stands:`]),
    ...(month?.parties ?? []).map(
      (row) => `  ${row.party.padEnd(28)}${row.net.padStart(14)}${row.netDifference.padStart(14)}`,
    ),
    ...(proposal === null ? [] : [`The draft of the agreement: ${proposal}`]),
  ].join('\n')
}
