// `samtila vulnerabilities`: known vulnerabilities and the import of a list.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { VulnerabilityImported, VulnerabilityPage } from '#contract/security.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf } from '#cli/client.ts'
import { query, typeOf } from '#cli/requests.ts'

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
