// `samtila data-request`: requests for data under the Data Act, their letters and answers.
import type { DataRequestShown } from '#contract/data-requests.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf } from '#cli/client.ts'
import { given, idOf, query, saveFile } from '#cli/requests.ts'

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
      await saveFile(client, `/data-requests/${idOf(first, 'The request')}/letter?${wanted}`, file)
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
