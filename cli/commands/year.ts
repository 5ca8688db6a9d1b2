// `samtila budget`, `accruals` and `advances`: a year of one's own organisation against its budget, at its end, and in advance.
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { AccrualAnswer, AccrualShown } from '#contract/accruals.ts'
import type { AdvancePlans, AdvancePlanShown, TrueUpShown } from '#contract/advances.ts'
import type { BudgetAnswer, BudgetSaved } from '#contract/budgets.ts'
import type { MadeDocuments } from '#contract/documents.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, textOf, type Client } from '#cli/client.ts'

const yearPath = (premises: string | undefined, year: string | undefined): string =>
  `/premises/${encodeURIComponent(need(premises, 'The premises'))}/years/${encodeURIComponent(need(year, 'The year'))}`
const query = (wanted: Record<string, string | undefined>): string =>
  new URLSearchParams(
    Object.entries(wanted).filter((pair): pair is [string, string] => pair[1] !== undefined),
  ).toString()
const ask = async <T>(
  client: Client,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
  version = 0,
): Promise<T> => (await jsonOf(await client.request(method, path, body, 'application/json', version))) as T
async function save(client: Client, path: string, file: string): Promise<void> {
  const answer = await client.request('GET', path)
  if (answer.status >= 400) await textOf(answer)
  await pipeline(answer.body, createWriteStream(file, { mode: 0o600 }))
}
const columns = (cells: readonly (string | null)[]): string =>
  cells.map((cell, i) => (i === 0 ? (cell ?? '').padEnd(22) : (cell ?? '–').padStart(14))).join('')

/** `show`, `set FILE` (JSON, CSV or XLSX), `export`. */
export async function budget(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    party: { type: 'string' },
    'forecast-by': { type: 'string' },
    language: { type: 'string', default: 'fi' },
    format: { type: 'string', default: 'csv' },
    shared: { type: 'boolean' },
    out: { type: 'string' },
  })
  const [step, premises, year, source] = positionals
  const path = `${yearPath(premises, year)}/budget`
  const { party } = values
  return withClient(values, settings, async (client) => {
    if (step === 'export') {
      const file = values.out ?? `${premises}-${year}-budget.${values.format}`
      await save(client, `${path}/file?${query({ party, format: values.format, language: values.language })}`, file)
      show(
        values.json,
        { file },
        () => `${file} is written. Change the months and read it back with: samtila budget set`,
      )
      return 0
    }
    if (step === 'set') {
      const file = need(source, 'The file (JSON, CSV or XLSX)')
      const { version } = await ask<BudgetAnswer>(client, 'GET', path)
      const bytes = await readFile(file)
      const saved = file.endsWith('.json')
        ? await ask<BudgetSaved>(client, 'PUT', path, JSON.parse(bytes.toString('utf8')), version)
        : ((await jsonOf(
            await client.request(
              'PUT',
              `${path}/file?${query(values.shared === undefined ? {} : { shared: 'true' })}`,
              bytes,
              file.endsWith('.xlsx') ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv',
              version,
            ),
          )) as BudgetSaved)
      show(
        values.json,
        saved,
        () => `The budget of ${year} has ${saved.lines.length} lines; it is at version ${saved.version}.`,
      )
      return 0
    }
    if (step !== 'show') throw new CommandError('Say show, set or export. `samtila help` shows what each takes.')
    const answer = await ask<BudgetAnswer>(
      client,
      'GET',
      `${path}?${query({ party, forecastBy: values['forecast-by'] })}`,
    )
    const { rows, total } = answer.report
    show(values.json, answer, () =>
      [
        columns(['', 'budget', 'closed', 'open', 'so far', 'last year', 'forecast', 'difference']),
        ...[...rows, { category: 'total', ...total }].map((one) =>
          columns([
            one.category,
            one.budget,
            one.closed,
            one.open,
            one.soFar,
            one.lastYear,
            one.forecast,
            one.difference,
          ]),
        ),
      ].join('\n'),
    )
    return 0
  })
}

/** `show`, `draft`, `post`, `reverse`, `export` of the organisation of --token. */
export async function accruals(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    party: { type: 'string' },
    'cut-off': { type: 'string' },
    'leave-out': { type: 'string', multiple: true, default: [] },
    liability: { type: 'string' },
    receivable: { type: 'string' },
    date: { type: 'string' },
    reversal: { type: 'boolean', default: false },
    language: { type: 'string', default: 'fi' },
    format: { type: 'string', default: 'csv' },
    out: { type: 'string' },
  })
  const [step, premises, year] = positionals
  const path = `${yearPath(premises, year)}/accruals`
  const { language } = values
  const given = query({ party: values.party, language })
  return withClient(values, settings, async (client) => {
    if (step === 'draft') {
      const wanted = {
        cutOff: values['cut-off'] ?? `${year}-12-31`,
        // KEY=REASON; a key has no equals sign.
        leftOut: values['leave-out'].map((text) => {
          const at = text.indexOf('=')
          if (at < 0) throw new CommandError('--leave-out is KEY=REASON; keys are in `samtila accruals show --json`.')
          return { key: text.slice(0, at), reason: text.slice(at + 1) }
        }),
        ...(values.liability === undefined ? {} : { liabilityAccount: values.liability }),
        ...(values.receivable === undefined ? {} : { receivableAccount: values.receivable }),
      }
      const drafted = await ask<AccrualShown>(client, 'POST', `${path}?${query({ language })}`, wanted)
      show(values.json, drafted, () => voucherText(drafted))
      return 0
    }
    const answer = await ask<AccrualAnswer>(client, 'GET', `${path}?${given}`)
    if (step === 'show') {
      show(values.json, answer, () => (answer.accrual === null ? 'Nothing is drafted.' : voucherText(answer.accrual)))
      return 0
    }
    if (answer.accrual === null) throw new CommandError('Nothing is drafted: run `samtila accruals draft` first.')
    const { id, version } = answer.accrual
    if (step === 'export') {
      const file = values.out ?? `${premises}-${year}-accruals.${values.format}`
      await save(
        client,
        `/accruals/${id}/file?${query({ language, format: values.format, reversal: String(values.reversal) })}`,
        file,
      )
      show(values.json, { file }, () => `${file} is written.`)
      return 0
    }
    if (step !== 'post' && step !== 'reverse')
      throw new CommandError('Say show, draft, post, reverse or export. `samtila help` shows what each takes.')
    const done =
      step === 'post'
        ? await ask<AccrualShown>(client, 'POST', `/accruals/${id}/post`, undefined, version)
        : await ask<AccrualShown>(
            client,
            'POST',
            `/accruals/${id}/reverse`,
            values.date === undefined ? {} : { date: values.date },
          )
    show(values.json, done, () => voucherText(done))
    return 0
  })
}

const voucherText = ({ lines, state, posted, reversed, debit, credit }: AccrualShown): string =>
  [
    ...lines.map(({ month, category, side, counterparty, supplier, net, actual, difference, leftOut }) =>
      [
        month,
        category.padEnd(16),
        side.padEnd(9),
        (counterparty ?? supplier ?? '–').padEnd(20),
        net.padStart(12),
        actual === null ? '' : `actual ${actual}, difference ${difference}`,
        leftOut === null ? '' : `left out: ${leftOut}`,
      ]
        .join('  ')
        .trimEnd(),
    ),
    `debit ${debit} = credit ${credit}; ${state}${posted === null ? '' : `, ${posted.number} of ${posted.date}`}${reversed === null ? '' : `, reversed ${reversed.number} of ${reversed.date}`}`,
  ].join('\n')

/** `list`, `propose FILE`, `agree`, `decline`, `invoice`, `true-up`. */
export async function advances(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, { make: { type: 'boolean', default: false } })
  const [step, first, second, third] = positionals
  return withClient(values, settings, async (client) => {
    if (step === 'list' || step === 'propose') {
      const path = `${yearPath(first, second)}/advances`
      const { items } = await ask<AdvancePlans>(client, 'GET', path)
      if (step === 'list') {
        show(values.json, { items }, () => items.map(planText).join('\n') || 'There are no plans.')
        return 0
      }
      const wanted = JSON.parse(await readFile(need(third, 'The file (JSON)'), 'utf8')) as { buyer?: string }
      const version = items.find(({ buyer, seller }) => wanted.buyer === buyer || wanted.buyer === seller)?.version ?? 0
      const plan = await ask<AdvancePlanShown>(client, 'PUT', path, wanted, version)
      show(values.json, plan, () => planText(plan))
      return 0
    }
    const path = `/advance-plans/${encodeURIComponent(need(first, 'The plan (its id of `samtila advances list`)'))}`
    if (step === 'agree' || step === 'decline') {
      const plan = await ask<AdvancePlanShown>(client, 'POST', `${path}/answer`, {
        answer: step === 'agree' ? 'agreed' : 'declined',
      })
      show(values.json, plan, () => planText(plan))
      return 0
    }
    if (step === 'true-up' && !values.make) {
      const found = await ask<TrueUpShown>(client, 'GET', `${path}/true-up`)
      show(values.json, found, () =>
        [
          ...found.months.map(({ month, net, vat, gross }) => columns([month, net, vat, gross])),
          ...found.groups.map(({ category, rate, actual, advance, balance }) =>
            columns([`${category} ${rate} %, balance`, balance.net, balance.vat, `(${actual.net} − ${advance.net})`]),
          ),
          columns(['to pay', found.net, found.vat, found.gross]),
          ...(found.open.length === 0 ? [] : [`It waits for ${found.open.join(', ')}.`]),
        ].join('\n'),
      )
      return 0
    }
    if (step !== 'invoice' && step !== 'true-up')
      throw new CommandError(
        'Say list, propose, agree, decline, invoice or true-up. `samtila help` shows what each takes.',
      )
    const made =
      step === 'invoice'
        ? await ask<MadeDocuments>(client, 'POST', `${path}/invoices`, { month: need(second, 'The month (YYYY-MM)') })
        : await ask<MadeDocuments>(client, 'POST', `${path}/true-up`)
    show(values.json, made, () =>
      [
        ...made.items.map(({ id, type, number, gross }) => `${id}  ${type}  ${number}  ${gross}`),
        `${made.made} made now.`,
      ].join('\n'),
    )
    return 0
  })
}
const planText = ({ id, state, seller, buyer, monthly, from, dueDay, settled }: AdvancePlanShown): string =>
  `${id}  ${settled ? 'trued up' : state}  ${buyer} → ${seller}  ${monthly.gross} a month from ${from}, due on day ${dueDay}`
