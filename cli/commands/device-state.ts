// `samtila device-state`: where a device is between plan and scrap, and its next step.
import type { LifecycleShown } from '#contract/lifecycle.ts'
import type { ServerSettings } from '#server/limits.ts'
import { readArguments, show, withClient } from '#cli/arguments.ts'
import { jsonOf } from '#cli/client.ts'
import { given, idOf } from '#cli/requests.ts'

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
