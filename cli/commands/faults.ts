// `samtila faults`: faults as lines, one with its history, each step, times and exports; and the codes of the public page.
import { writeFileSync } from 'node:fs'
import type { FaultMade, FaultPage, FaultShown, FaultTimes, WasteShown } from '#contract/faults.ts'
import type { ReportCodePage, ReportCodesMade } from '#contract/reports.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, textOf, type Client } from '#cli/client.ts'
import type { ServerSettings } from '#server/limits.ts'

const STEPS = ['accept', 'take', 'decline', 'message', 'work', 'done', 'reopen', 'close'] as const
const HOUR_MS = 3_600_000
const OPTIONS = {
  premises: { type: 'string' },
  device: { type: 'string' },
  space: { type: 'string' },
  state: { type: 'string' },
  whose: { type: 'string' },
  text: { type: 'string' },
  to: { type: 'string' },
  hours: { type: 'string' },
  choice: { type: 'string' },
  sheet: { type: 'string' },
  out: { type: 'string' },
} as const
type Values = { [K in keyof typeof OPTIONS]?: string | undefined } & { json?: boolean | undefined }

const ACTIONS: Record<string, (client: Client, rest: string[], values: Values) => Promise<void>> = {
  async list(client, _rest, values) {
    const { items } = (await jsonOf(await client.request('GET', `/faults?${queryOf(values)}`))) as FaultPage
    show(values.json, items, () =>
      items.length === 0
        ? 'No faults.'
        : items
            .map((one) =>
              [
                one.id,
                one.overdue ? `${one.state} (late)` : one.state,
                one.device ?? one.space ?? one.premises,
                `with ${one.keeper}`,
                [one.choice ?? '', one.what.replaceAll(/\s+/g, ' ').slice(0, 60)].join(' ').trim(),
              ].join('  '),
            )
            .join('\n'),
    )
  },
  async show(client, [id], values) {
    const fault = await oneOf(client, id)
    show(values.json, fault, () =>
      [
        `${fault.id}  ${fault.state}  with ${fault.keeper} (${fault.ground})${fault.dueAt === null ? '' : `, to be answered by ${fault.dueAt}`}`,
        `${fault.device ?? fault.space ?? fault.premises}: ${[fault.choice ?? '', fault.what].join(' ').trim()}`,
        ...fault.entries.map(({ at, kind, organisation, by, text }) =>
          [at, kind, organisation ?? by, text].join('  ').trimEnd(),
        ),
      ].join('\n'),
    )
  },
  async report(client, [device], values) {
    const body = {
      ...(device === undefined ? {} : { device }),
      ...given(values, 'premises', 'space', 'choice'),
      ...(values.text === undefined ? {} : { what: values.text }),
    }
    const made = (await jsonOf(await client.request('POST', '/faults', body))) as FaultMade
    show(values.json, made, () =>
      made.joined
        ? `It joined the open fault ${made.fault.id}, which ${made.fault.keeper} has.`
        : `The fault ${made.fault.id} is with ${made.fault.keeper}.`,
    )
  },
  async waste(client, [id], values) {
    const path = `/faults/${encodeURIComponent(need(id, 'The id of the fault'))}/waste`
    const waste = (await jsonOf(await client.request('GET', path))) as WasteShown
    show(values.json, waste, () =>
      waste.known
        ? `An estimated ${waste.extraKwh} kWh beyond its usual use${waste.euros === null ? '' : `, about ${waste.euros} € without VAT`}.`
        : `Cannot be told: ${waste.reason}.`,
    )
  },
  async times(client, _rest, values) {
    const path = `/faults/statistics?${queryOf({ premises: values.premises })}`
    const { items } = (await jsonOf(await client.request('GET', path))) as FaultTimes
    const hours = (ms: number | null): string => (ms === null ? '–' : `${(ms / HOUR_MS).toFixed(1)} h`)
    show(values.json, items, () =>
      items.length === 0
        ? 'No faults.'
        : items
            .map(
              ({ organisation, offered, declined, late, response, repair }) =>
                `${organisation}  ${offered} received, ${declined} declined, ${late} late; answer ${hours(response.medianMs)} (90 %: ${hours(response.p90Ms)}), repair ${hours(repair.medianMs)} (90 %: ${hours(repair.p90Ms)})`,
            )
            .join('\n'),
    )
  },
  async export(client, [id], values) {
    const format = values.out?.endsWith('.json') === true ? 'json' : 'csv'
    const path =
      id === undefined
        ? `/faults/export?${queryOf(values)}&format=${format}`
        : `/faults/${encodeURIComponent(id)}/custody?format=${format}`
    const text = await textOf(await client.request('GET', path))
    if (values.out === undefined) process.stdout.write(text)
    else writeFileSync(values.out, text)
  },
  async codes(client, [action = 'list', ...rest], values) {
    if (action === 'withdraw') {
      const answer = (await jsonOf(await client.request('POST', '/report-codes/withdraw', { codes: rest }))) as {
        withdrawn: number
      }
      return show(values.json, answer, () => `${answer.withdrawn} codes are withdrawn.`)
    }
    if (action === 'list') {
      const path = `/report-codes?${queryOf({ premises: values.premises })}&limit=200`
      const { items } = (await jsonOf(await client.request('GET', path))) as ReportCodePage
      return show(values.json, items, () =>
        items.length === 0
          ? 'No codes.'
          : items.map(({ code, device, space, state }) => `${code}  ${device ?? space ?? ''}  ${state}`).join('\n'),
      )
    }
    if (action !== 'make' && action !== 'labels')
      throw new CommandError('samtila faults codes list|make|labels|withdraw')
    const premises = need(values.premises, '--premises')
    const body = rest.length === 0 ? { premises, all: 'both' } : { premises, devices: rest }
    const made = (await jsonOf(await client.request('POST', '/report-codes', body))) as ReportCodesMade
    if (action === 'labels') {
      const codes = made.items.map(({ code }) => code)
      const answer = await client.request('POST', '/report-codes/labels', { codes, sheet: values.sheet ?? 'a4-21' })
      if (answer.status >= 400) await textOf(answer)
      writeFileSync(values.out ?? 'report-labels.pdf', Buffer.concat(await answer.body.toArray()))
    }
    return show(values.json, made, () =>
      [
        ...made.items.map(({ code, device, space, address }) => `${code}  ${device ?? space ?? ''}  ${address}`),
        ...(action === 'labels' ? [`Labels are in ${values.out ?? 'report-labels.pdf'}.`] : []),
      ].join('\n'),
    )
  },
}

export async function faults(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, OPTIONS)
  const [action = 'list', ...rest] = positionals
  const step = STEPS.find((one) => one === action)
  const run = ACTIONS[action]
  if (run === undefined && step === undefined)
    throw new CommandError(`samtila faults ${[...Object.keys(ACTIONS), ...STEPS].join('|')}`)
  return withClient(values, settings, async (client) => {
    if (run !== undefined) await run(client, rest, values)
    else {
      const id = need(rest[0], 'The id of the fault')
      const body = { step, ...given(values, 'text', 'to', 'hours') }
      const path = `/faults/${encodeURIComponent(id)}/steps`
      const fault = (await jsonOf(await client.request('POST', path, body))) as FaultShown
      show(values.json, fault, () => `${fault.id} is ${fault.state}, with ${fault.keeper}.`)
    }
    return 0
  })
}

const oneOf = async (client: Client, id: string | undefined): Promise<FaultShown> =>
  (await jsonOf(
    await client.request('GET', `/faults/${encodeURIComponent(need(id, 'The id of the fault'))}`),
  )) as FaultShown
const given = (values: Values, ...keys: (keyof typeof OPTIONS)[]): Record<string, string> =>
  Object.fromEntries(keys.flatMap((key) => (values[key] === undefined ? [] : [[key, values[key]]])))
const queryOf = (values: Values): string => {
  const search = new URLSearchParams(given(values, 'premises', 'device', 'space', 'state', 'whose'))
  return search.toString()
}
