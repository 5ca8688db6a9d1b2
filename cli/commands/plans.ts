// `samtila plans`: plans of storeys, and devices on them.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { PlanOpened, PlanSent, PlanShown } from '#contract/plans.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, textOf } from '#cli/client.ts'

const OPTIONS = {
  premises: { type: 'string' },
  storey: { type: 'string' },
  from: { type: 'string' },
  'landlord-only': { type: 'boolean' },
} as const

export async function plans(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, OPTIONS)
  const [action = 'list', first, device, x, y] = positionals
  return withClient(values, settings, async (client) => {
    const premises = (): string => encodeURIComponent(need(values.premises, 'The premises (--premises)'))
    switch (action) {
      case 'list': {
        const { items } = (await jsonOf(await client.request('GET', `/premises/${premises()}/plans?all=true`))) as {
          items: PlanShown[]
        }
        show(values.json, items, () => (items.length === 0 ? 'No plans.' : items.map(lineOf).join('\n')))
        return 0
      }
      case 'send': {
        const file = need(first, 'The picture')
        const bytes = await readFile(file).catch((cause: unknown) => {
          throw new CommandError(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`)
        })
        const query = new URLSearchParams({
          storey: need(values.storey, 'The storey (--storey)'),
          name: basename(file),
          ...(values.from === undefined ? {} : { from: values.from }),
          ...(values['landlord-only'] === true ? { shownTo: 'landlord' } : {}),
        })
        const sent = (await jsonOf(
          await client.request(
            'POST',
            `/premises/${premises()}/plans?${query.toString()}`,
            bytes,
            'application/octet-stream',
          ),
        )) as PlanSent
        const left = sent.leftOut.length === 0 ? '' : `\nLeft out: ${sent.leftOut.join(', ')}`
        show(values.json, sent, () => lineOf(sent.plan) + left)
        return 0
      }
      case 'place':
      case 'remove': {
        const id = encodeURIComponent(need(first, 'The plan'))
        const which = need(device, 'The device')
        const { plan } = (await jsonOf(await client.request('GET', `/plans/${id}`))) as PlanOpened
        const body =
          action === 'remove'
            ? { remove: [which] }
            : { place: [{ device: which, at: [partOf(x, 'X'), partOf(y, 'Y')] }] }
        const changed = (await jsonOf(
          await client.request('PUT', `/plans/${id}/placements`, body, undefined, plan.version),
        )) as PlanShown
        show(values.json, changed, () => lineOf(changed))
        return 0
      }
      case 'withdraw': {
        await textOf(await client.request('DELETE', `/plans/${encodeURIComponent(need(first, 'The plan'))}`))
        show(values.json, { withdrawn: first }, () => `${first} is withdrawn.`)
        return 0
      }
      default:
        throw new CommandError('samtila plans list|send|place|remove|withdraw')
    }
  })
}

const lineOf = ({ id, storey, from, placements, picture }: PlanShown): string =>
  `${id}  storey ${storey}  from ${from}  ${picture.name}  ${placements.length} devices`
function partOf(text: string | undefined, what: string): number {
  const part = Number(need(text, what))
  if (!(part >= 0 && part <= 1)) throw new CommandError(`${what} is a part of the picture, from 0 to 1.`)
  return part
}
