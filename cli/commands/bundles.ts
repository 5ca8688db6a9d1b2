// `samtila import` and `samtila export`: bundles in and out.
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, textOf } from '#cli/client.ts'

export async function importBundle(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {})
  const file = need(positionals[0], 'The file')
  const body =
    file === '-'
      ? Buffer.concat(await process.stdin.toArray())
      : await readFile(file).catch((cause: unknown) => {
          throw new CommandError(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`)
        })
  return withClient(values, settings, async (client) => {
    const answer = (await jsonOf(await client.request('POST', '/import', body))) as {
      created: number
      changed: number
      unchanged: number
      readings: { stored: number; duplicate: number; superseded: number }
    }
    show(
      values.json,
      answer,
      () =>
        `${answer.created} new, ${answer.changed} changed, ${answer.unchanged} unchanged; readings: ${answer.readings.stored} stored, ${answer.readings.duplicate} known already, ${answer.readings.superseded} replaced.`,
    )
    return 0
  })
}

export async function exportBundle(args: string[], settings: ServerSettings): Promise<number> {
  const { values } = readArguments(args, {
    premises: { type: 'string' },
    readings: { type: 'boolean' },
    out: { type: 'string' },
  })
  const query = new URLSearchParams({
    readings: String(values.readings === true),
    ...(values.premises === undefined ? {} : { premises: values.premises }),
  })
  return withClient(values, settings, async (client) => {
    const answer = await client.request('GET', `/export?${query.toString()}`)
    if (answer.status >= 400) await textOf(answer)
    if (values.out === undefined) await pipeline(answer.body, process.stdout, { end: false })
    else await pipeline(answer.body, createWriteStream(values.out, { mode: 0o600 }))
    return 0
  })
}
