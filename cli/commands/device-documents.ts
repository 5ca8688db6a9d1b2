// `samtila device-documents`: documents and photos of a device with their versions.
import type { DeviceDocumentPage, DeviceDocumentShown } from '#contract/device-documents.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf } from '#cli/client.ts'
import { given, idOf, saveFile, sendFile } from '#cli/requests.ts'

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
      await saveFile(client, `/device-documents/${id}/files/${number}`, out)
      show(values.json, { file: out }, () => `${out} is written.`)
      return 0
    }
    if (step !== 'add' && step !== 'replace') throw new CommandError('Say list, add, replace or get.')
    const id = need(first, step === 'add' ? 'The device' : 'The document')
    const sent = { ...(await sendFile(client, need(file, 'The file'))), ...given({ note: values.note }) }
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
