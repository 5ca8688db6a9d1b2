// `samtila device-state`, `transfer`, `equipment`, `device-documents`, `vulnerabilities`, `data-request` and `meters`: what becomes of equipment.
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { DataRequestShown } from '#contract/data-requests.ts'
import type { DeviceDocumentPage, DeviceDocumentShown } from '#contract/device-documents.ts'
import type { EquipmentShown, ExitAnswer } from '#contract/equipment.ts'
import type { LifecycleShown } from '#contract/lifecycle.ts'
import type { MeterTreeAnswer } from '#contract/meters.ts'
import type { VulnerabilityImported, VulnerabilityPage } from '#contract/security.ts'
import type { TransferPage, TransferShown } from '#contract/transfers.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, textOf, type Client } from '#cli/client.ts'

const TYPES: Record<string, string> = {
  '.pdf': 'application/pdf',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.csv': 'text/csv',
  '.json': 'application/json',
  '.txt': 'text/plain',
}
const typeOf = (file: string): string => TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream'
const idOf = (text: string | undefined, what: string): string => encodeURIComponent(need(text, what))
const given = (wanted: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(wanted).filter((pair): pair is [string, string] => pair[1] !== undefined))
const query = (wanted: Record<string, string | undefined>): string => new URLSearchParams(given(wanted)).toString()

/** Without a state the states so far; with one the next. */
export async function deviceState(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, { from: { type: 'string' }, note: { type: 'string' } })
  const [device, state] = positionals
  return withClient(values, settings, async (client) => {
    const path = `/devices/${idOf(device, 'The device')}/lifecycle`
    const answer =
      state === undefined
        ? await client.request('GET', path)
        : await client.request('POST', path, { state, ...given({ from: values.from, note: values.note }) })
    const shown = (await jsonOf(answer)) as LifecycleShown
    show(values.json, shown, () =>
      [
        `${shown.state}; next: ${shown.next.join(', ') || 'nothing'}`,
        ...shown.rows.map(
          (row) => `  ${row.from}  ${row.state.padEnd(15)}${row.recordedAt}  ${row.recordedBy}  ${row.note ?? ''}`,
        ),
      ].join('\n'),
    )
    return 0
  })
}

const ANSWERS = ['acceptance', 'refusal', 'withdrawal', 'return'] as const
/** `list`, `offer` (shown until --apply), and the answers to one. */
export async function transfer(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    from: { type: 'string' },
    to: { type: 'string' },
    price: { type: 'string' },
    note: { type: 'string' },
    reason: { type: 'string' },
    apply: { type: 'boolean' },
  })
  const [step, first, receiver] = positionals
  const line = (one: TransferShown): string =>
    `${one.id ?? 'not offered'}  ${one.state}  ${one.device}  ${one.wanted.kind}  ${one.giver} → ${one.wanted.receiver}  ${one.wanted.from}  price ${one.figures.price ?? '–'}  documents ${one.documents}`
  return withClient(values, settings, async (client) => {
    if (step === 'list') {
      const page = (await jsonOf(await client.request('GET', '/transfers?limit=200'))) as TransferPage
      show(values.json, page, () => page.items.map(line).join('\n'))
      return 0
    }
    const answer = ANSWERS.find((one) => one === step)
    if (answer !== undefined) {
      const path = `/transfers/${idOf(first, 'The transfer')}/${answer}`
      const done = (await jsonOf(await client.request('POST', path, given({ reason: values.reason })))) as TransferShown
      show(values.json, done, () => line(done))
      return 0
    }
    if (step !== 'offer') throw new CommandError(`Say list, offer, ${ANSWERS.join(', ')}.`)
    const { from, to, price, note, apply = false } = values
    const wanted = {
      kind: to === undefined ? 'transfer' : 'loan',
      receiver: need(receiver, 'The receiver'),
      from: need(from, 'The first day (--from YYYY-MM-DD)'),
      ...given({ to, price, note }),
    }
    const body = { device: need(first, 'The device'), wanted, apply }
    const shown = (await jsonOf(await client.request('POST', '/transfers', body))) as TransferShown
    show(values.json, shown, () => `${line(shown)}${apply ? '' : '\nNothing was sent; with --apply it is offered.'}`)
    return 0
  })
}

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

async function send(client: Client, file: string): Promise<{ digest: string; name: string }> {
  const name = basename(file)
  const answer = await client.request('POST', `/files?${query({ name })}`, await readFile(file), typeOf(file))
  return { digest: ((await jsonOf(answer)) as { digest: string }).digest, name }
}
async function save(client: Client, path: string, file: string): Promise<void> {
  const answer = await client.request('GET', path)
  if (answer.status >= 400) await textOf(answer)
  await pipeline(answer.body, createWriteStream(file, { mode: 0o600 }))
}

/** `list`, `add`, `replace` and `get` of documents of a device. */
export async function deviceDocuments(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    title: { type: 'string' },
    kind: { type: 'string', default: 'manual' },
    classification: { type: 'string', default: 'parties' },
    note: { type: 'string' },
    version: { type: 'string' },
    out: { type: 'string' },
  })
  const [step, first, file] = positionals
  const line = (one: DeviceDocumentShown): string =>
    `${one.id}  ${one.kind}  ${one.classification}  ${one.title}  versions ${one.files.length}`
  return withClient(values, settings, async (client) => {
    if (step === 'list') {
      const path = `/device-documents?device=${idOf(first, 'The device')}&limit=200`
      const page = (await jsonOf(await client.request('GET', path))) as DeviceDocumentPage
      show(values.json, page, () => page.items.map(line).join('\n'))
      return 0
    }
    if (step === 'get') {
      const id = idOf(first, 'The document')
      const document = (await jsonOf(await client.request('GET', `/device-documents/${id}`))) as DeviceDocumentShown
      const number = Number(values.version ?? document.files.length)
      const out = values.out ?? document.files[number - 1]?.name ?? `${document.id}-${number}`
      await save(client, `/device-documents/${id}/files/${number}`, out)
      show(values.json, { file: out }, () => `${out} is written.`)
      return 0
    }
    if (step !== 'add' && step !== 'replace') throw new CommandError('Say list, add, replace or get.')
    const id = need(first, step === 'add' ? 'The device' : 'The document')
    const sent = { ...(await send(client, need(file, 'The file'))), ...given({ note: values.note }) }
    const body =
      step === 'replace'
        ? sent
        : {
            of: { device: id },
            title: values.title ?? sent.name,
            kind: values.kind,
            classification: values.classification,
            file: sent,
          }
    const path = step === 'add' ? '/device-documents' : `/device-documents/${encodeURIComponent(id)}/files`
    const shown = (await jsonOf(await client.request('POST', path, body))) as DeviceDocumentShown
    show(values.json, shown, () => line(shown))
    return 0
  })
}

/** `list` with the devices in sight, or `import FILE` (shown until --apply). */
export async function vulnerabilities(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, { premises: { type: 'string' }, apply: { type: 'boolean' } })
  const [step, file] = positionals
  return withClient(values, settings, async (client) => {
    if (step === 'list') {
      const path = `/vulnerabilities?${query({ limit: '200', premises: values.premises })}`
      const page = (await jsonOf(await client.request('GET', path))) as VulnerabilityPage
      show(values.json, page, () =>
        page.items
          .map(
            (one) =>
              `${one.severity.padEnd(9)}${one.code}  ${one.products.join(', ')}  devices: ${one.devices.map(({ id }) => id).join(', ') || 'none'}`,
          )
          .join('\n'),
      )
      return 0
    }
    if (step !== 'import') throw new CommandError('Say list or import FILE.')
    const name = need(file, 'The file')
    const path = `/vulnerabilities?${query({ name: basename(name), apply: String(values.apply === true) })}`
    const answer = await client.request('POST', path, await readFile(name), typeOf(name))
    const done = (await jsonOf(answer)) as VulnerabilityImported
    show(values.json, done, () =>
      [
        `${done.form}: ${done.created} new, ${done.changed} changed, ${done.unchanged} known, ${done.withdrawn} withdrawn; ${done.devices} devices affected`,
        ...done.problems.map(({ row, field, message }) => `  row ${row} ${field ?? ''}: ${message}`),
        ...(done.applied ? [] : ['Nothing was taken; with --apply and without problems it is.']),
      ].join('\n'),
    )
    return done.problems.length === 0 ? 0 : 1
  })
}

/** `list`, `ask DEVICE`, `letter REQUEST`, `answer REQUEST OUTCOME`. */
export async function dataRequest(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    data: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    'third-party': { type: 'string' },
    language: { type: 'string', default: 'fi' },
    note: { type: 'string' },
    out: { type: 'string' },
  })
  const [step, first, outcome] = positionals
  const line = (one: DataRequestShown): string =>
    `${one.id}  ${one.state}${one.overdue ? ' (overdue)' : ''}  ${one.device}  ${one.by} → ${one.holder.name}  ${one.dueAt ?? ''}`
  return withClient(values, settings, async (client) => {
    if (step === 'list') {
      const page = (await jsonOf(await client.request('GET', '/data-requests?limit=200'))) as {
        items: DataRequestShown[]
      }
      show(values.json, page, () => page.items.map(line).join('\n'))
      return 0
    }
    if (step === 'letter') {
      const file = values.out ?? `${need(first, 'The request')}.pdf`
      const wanted = query({ language: values.language, format: file.endsWith('.txt') ? 'text' : 'pdf' })
      await save(client, `/data-requests/${idOf(first, 'The request')}/letter?${wanted}`, file)
      show(values.json, { file }, () => `${file} is written.`)
      return 0
    }
    const third = values['third-party']
    const [path, body] =
      step === 'ask'
        ? [
            `/devices/${idOf(first, 'The device')}/data-requests`,
            {
              article: third === undefined ? 4 : 5,
              data: need(values.data, 'What data (--data)'),
              language: values.language,
              ...given({ from: values.from, to: values.to, thirdParty: third }),
            },
          ]
        : step === 'answer'
          ? [
              `/data-requests/${idOf(first, 'The request')}/answer`,
              { outcome: need(outcome, 'The outcome'), ...given({ note: values.note }) },
            ]
          : []
    if (path === undefined) throw new CommandError('Say list, ask, letter or answer.')
    const shown = (await jsonOf(await client.request('POST', path, body))) as DataRequestShown
    show(values.json, shown, () => line(shown))
    return 0
  })
}

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
