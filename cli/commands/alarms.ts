// `samtila alarm` and `samtila alarm-rule`: what stands and what is done about it; rules, listed, tried and kept.
import { readFileSync } from 'node:fs'
import type { AlarmDetail, AlarmPage, AlarmShown } from '#contract/alarms.ts'
import type { AlarmRulePage, AlarmRuleShown, AlarmTryAnswer } from '#contract/alarm-rules.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, type Client } from '#cli/client.ts'
import type { ServerSettings } from '#server/limits.ts'

const OPTIONS = {
  premises: { type: 'string' },
  device: { type: 'string' },
  severity: { type: 'string' },
  all: { type: 'boolean' },
  text: { type: 'string' },
  organisation: { type: 'string' },
  person: { type: 'string' },
  until: { type: 'string' },
} as const
const STEPS = ['acknowledge', 'assign', 'comment', 'snooze', 'clear'] as const
const PAGE = 200

export async function alarm(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, OPTIONS)
  const [action, id] = positionals
  return withClient(values, settings, async (client) => {
    if (action === 'list') {
      const { premises, device, severity } = values
      const items = await pages<AlarmShown>(client, '/alarms', {
        premises,
        device,
        severity,
        standing: values.all === true ? undefined : 'true',
      })
      show(values.json, items, () => (items.length === 0 ? 'No alarms.' : items.map(lineOf).join('\n')))
      return 0
    }
    if (action === 'show') {
      const one = (await jsonOf(await client.request('GET', alarmPath(need(id, 'The id of an alarm'))))) as AlarmDetail
      show(values.json, one, () =>
        [lineOf(one), ...one.entries.map(({ at, by, kind, text }) => `  ${at}  ${by}  ${kind}  ${text}`)].join('\n'),
      )
      return 0
    }
    const step = STEPS.find((one) => one === action)
    if (step === undefined) throw new CommandError(`alarm: say list, show, ${STEPS.join(', ')}.`)
    const said = values.text === undefined ? {} : { text: values.text }
    const body = {
      acknowledge: said,
      clear: said,
      comment: { text: values.text ?? '' },
      assign: { organisation: values.organisation ?? '', person: values.person ?? null, ...said },
      snooze: { until: values.until ?? null, ...said },
    }[step]
    const done = (await jsonOf(
      await client.request('POST', `${alarmPath(need(id, 'The id of an alarm'))}/${step}`, body),
    )) as AlarmDetail
    show(values.json, done, () => lineOf(done))
    return 0
  })
}

const RULE_OPTIONS = {
  premises: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
} as const

export async function alarmRule(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, RULE_OPTIONS)
  const [action, first, second] = positionals
  return withClient(values, settings, async (client) => {
    switch (action) {
      case 'list': {
        const items = await pages<AlarmRuleShown>(client, '/alarm-rules', { premises: values.premises })
        show(values.json, items, () => (items.length === 0 ? 'No rules.' : items.map(ruleLineOf).join('\n')))
        return 0
      }
      case 'try': {
        const body = { ...tried(need(first, 'A rule’s id, or a file')), ...timeOf(values) }
        const answer = (await jsonOf(await client.request('POST', '/alarm-rules/try', body))) as AlarmTryAnswer
        show(values.json, answer, () => triedText(answer))
        return 0
      }
      case 'put': {
        const id = need(first, 'The id of a rule')
        const rule = readJson(need(second, 'A file with the rule')) as Record<string, unknown>
        const path = `/alarm-rules/${encodeURIComponent(id)}`
        const known = await client.request('GET', path)
        const version = known.status === 404 ? 0 : ((await jsonOf(known)) as AlarmRuleShown).version
        const saved = await jsonOf(await client.request('PUT', path, rule, undefined, version))
        show(values.json, saved, () => `${id} is kept.`)
        return 0
      }
      case 'suggested': {
        const premises = encodeURIComponent(need(first, 'The id of a premises'))
        const taken = (await jsonOf(
          await client.request('POST', `/premises/${premises}/alarm-rules/suggested`, {}),
        )) as { created: string[] }
        show(values.json, taken, () => (taken.created.length === 0 ? 'Nothing new.' : taken.created.join('\n')))
        return 0
      }
      default:
        throw new CommandError('alarm-rule: say list, try, put or suggested.')
    }
  })
}

const alarmPath = (id: string): string => `/alarms/${encodeURIComponent(id)}`

async function pages<Item>(client: Client, base: string, query: Record<string, string | undefined>): Promise<Item[]> {
  const all: Item[] = []
  for (let after: string | null = ''; after !== null;) {
    const given = Object.entries({ ...query, limit: String(PAGE), ...(after === '' ? {} : { after }) })
    const text = new URLSearchParams(
      given.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ).toString()
    const page = (await jsonOf(await client.request('GET', `${base}?${text}`))) as (AlarmPage | AlarmRulePage) & {
      items: Item[]
    }
    all.push(...page.items)
    after = page.next
  }
  return all
}

/** A file holds `{"premises":…,"rule":…}`; anything else is the id of a rule. */
const tried = (text: string): object => (text.endsWith('.json') ? (readJson(text) as object) : { id: text })

function timeOf({ from, to }: { from?: string | undefined; to?: string | undefined }): { from: string; to: string } {
  const now = new Date()
  const monthAgo = new Date(now.getTime() - 30 * 86_400_000)
  return { from: from ?? monthAgo.toISOString(), to: to ?? now.toISOString() }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const triedText = ({ count, alarms, complete, reason, devices, readings }: AlarmTryAnswer): string =>
  [
    ...alarms.map((one) =>
      [one.raisedAt, one.clearedAt ?? 'stands', one.device ?? '', one.value ?? '', one.flapping ? 'flaps' : '']
        .join('  ')
        .trimEnd(),
    ),
    `${count} alarms; ${devices} devices, ${readings} readings looked at${complete ? '' : ' (not all: the limit of work was reached)'}${reason === null ? '' : ` (${reason})`}`,
  ].join('\n')

const lineOf = (one: AlarmShown): string =>
  [
    one.id,
    one.severity,
    one.state,
    one.raisedAt,
    one.ruleName.fi ?? one.ruleName.en ?? one.rule,
    one.device ?? one.gateway ?? '',
    one.value === null ? '' : `${one.value}${one.unit === null ? '' : ` ${one.unit}`}`,
  ]
    .filter((part) => part !== '')
    .join('  ')
const ruleLineOf = (one: AlarmRuleShown): string =>
  [
    one.id,
    one.on ? 'on' : 'off',
    one.severity,
    one.condition.kind,
    `${one.devices} devices`,
    `${one.standing} standing`,
  ].join('  ')
