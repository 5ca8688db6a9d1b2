// `samtila model export`: the building model of a premises into a file; in it comes with `samtila import-file`.
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, withClient } from '#cli/arguments.ts'
import { CommandError, textOf } from '#cli/client.ts'

export async function model(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    format: { type: 'string' },
    full: { type: 'boolean' },
    out: { type: 'string' },
  })
  if (positionals[0] !== 'export')
    throw new CommandError('Write: samtila model export PREMISES. A model is taken in with: samtila import-file FILE.')
  const premises = need(positionals[1], 'The premises')
  const format = values.format ?? (values.out?.endsWith('.jsonld') === true ? 'rec' : 'brick')
  const query = new URLSearchParams({ format, ...(values.full === true ? { full: 'true' } : {}) })
  return withClient(values, settings, async (client) => {
    const answer = await client.request('GET', `/premises/${encodeURIComponent(premises)}/model?${query.toString()}`)
    if (answer.status >= 400) await textOf(answer)
    if (values.out === undefined) await pipeline(answer.body, process.stdout, { end: false })
    else await pipeline(answer.body, createWriteStream(values.out, { mode: 0o600 }))
    return 0
  })
}
