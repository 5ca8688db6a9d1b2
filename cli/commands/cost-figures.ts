// `samtila figures`, `compare`, `factor` and `public-page`: key figures of costs, two periods side by side, and what they go by.
import type { CostComparison, CostFigures, EmissionFactors, EmissionFactorShown } from '#contract/cost-figures.ts'
import type { PublicFigures, PublicPageState } from '#contract/public-page.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, textOf, type Client } from '#cli/client.ts'

const of = (premises: string | undefined): string => `/premises/${encodeURIComponent(need(premises, 'The premises'))}`
const query = (wanted: Record<string, string | undefined>): string =>
  new URLSearchParams(
    Object.entries(wanted).filter((pair): pair is [string, string] => pair[1] !== undefined),
  ).toString()
const ask = async <T>(client: Client, method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<T> =>
  (await jsonOf(await client.request(method, path, body))) as T
const row = (name: string, ...cells: (string | null)[]): string =>
  name.padEnd(34) + cells.map((cell) => (cell ?? '–').padStart(14)).join('')

/** What periods cost, per m² and person, and their emissions. */
export async function figures(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, { by: { type: 'string' }, party: { type: 'string' } })
  const [premises, from, to = from] = positionals
  const wanted = query({ from: need(from, 'The first month (YYYY-MM)'), to, by: values.by, party: values.party })
  return withClient(values, settings, async (client) => {
    const found = await ask<CostFigures>(client, 'GET', `${of(premises)}/cost-figures?${wanted}`)
    show(values.json, found, () =>
      [
        row('Period', 'net', '€/m²', '€/person', 'kg CO2e', 'state'),
        ...found.periods.map(({ period, net, netPerM2, netPerPerson, emissions, status }) =>
          row(period, net, netPerM2, netPerPerson, emissions.kg, status),
        ),
      ].join('\n'),
    )
    return 0
  })
}

/** Two months or two years: what rose and fell, and why. */
export async function compare(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, { party: { type: 'string' } })
  const [premises, before, after] = positionals
  const wanted = query({
    before: need(before, 'The earlier period (YYYY-MM or YYYY)'),
    after: need(after, 'The later period'),
    party: values.party,
  })
  return withClient(values, settings, async (client) => {
    const found = await ask<CostComparison>(client, 'GET', `${of(premises)}/cost-comparison?${wanted}`)
    show(values.json, found, () =>
      [
        row('Why', 'change'),
        ...found.reasons.map(({ reason, net }) => row(reason, net)),
        row('together', found.change),
        '',
        row('Cost', found.before.period, found.after.period, 'change'),
        ...found.lines
          .filter(({ change }) => /[1-9]/.test(change))
          .map((line) => row(line.key, line.before, line.after, line.change)),
        row('all costs', found.before.net, found.after.net, found.change),
      ].join('\n'),
    )
    return 0
  })
}

/** `list PREMISES`, `add PREMISES`, `withdraw PREMISES ID`. */
export async function factor(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    category: { type: 'string' },
    grams: { type: 'string' },
    unit: { type: 'string' },
    from: { type: 'string' },
    source: { type: 'string' },
  })
  const [step, premises, id] = positionals
  const path = `${of(premises)}/emission-factors`
  return withClient(values, settings, async (client) => {
    if (step === 'add') {
      const body = {
        category: need(values.category, '--category'),
        unit: need(values.unit, '--unit'),
        grams: need(values.grams, '--grams'),
        from: need(values.from, '--from'),
        source: need(values.source, '--source'),
      }
      const made = await ask<EmissionFactorShown>(client, 'POST', path, body)
      show(values.json, made, () => `${made.id} holds from ${made.from}.`)
    } else if (step === 'withdraw') {
      await textOf(await client.request('DELETE', `${path}/${encodeURIComponent(need(id, 'The factor'))}`))
      show(values.json, { id }, () => `${id} is out of use.`)
    } else if (step === 'list') {
      const found = await ask<EmissionFactors>(client, 'GET', path)
      show(values.json, found, () =>
        found.items
          .map((one) => `${one.id}  ${one.category}: ${one.grams} g CO2e/${one.unit} from ${one.from} (${one.source})`)
          .join('\n'),
      )
    } else throw new CommandError('Say list, add or withdraw.')
    return 0
  })
}

/** `show`, `open`, `close`, `preview`. */
export async function publicPage(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {})
  const [step, premises] = positionals
  const path = `${of(premises)}/public-page`
  return withClient(values, settings, async (client) => {
    if (step === 'preview') {
      const found = await ask<PublicFigures>(client, 'GET', `${path}/preview`)
      show(values.json, found, () =>
        found.months
          .flatMap(({ month, sums }) =>
            sums.map(({ category, euros, use }) =>
              row(`${month} ${category}`, `${euros} €`, use === null ? null : `${use.quantity} ${use.unit}`),
            ),
          )
          .join('\n'),
      )
      return 0
    }
    if (step !== 'show' && step !== 'open' && step !== 'close')
      throw new CommandError('Say show, preview, open or close.')
    const state =
      step === 'show'
        ? await ask<PublicPageState>(client, 'GET', path)
        : await ask<PublicPageState>(client, 'PUT', path, { open: step === 'open' })
    show(values.json, state, () => (state.open ? `Open to everybody: /p/${premises}` : 'Not shown to anybody.'))
    return 0
  })
}
