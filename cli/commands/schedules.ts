// `samtila schedule`: the schedules of a premises, and the two weeks ahead of one.
import type { ScheduleDays, ScheduleList } from '#contract/scenes.ts'
import { pickName } from '#domain/writing/names.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf } from '#cli/client.ts'
import { pathOf } from '#cli/requests.ts'

export async function schedule(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, { premises: { type: 'string' } })
  const [action = 'list', id] = positionals
  return withClient(values, settings, async (client) => {
    if (action === 'days') {
      const days = (await jsonOf(
        await client.request('GET', `${pathOf('schedules', need(id, 'The id of a schedule'))}/days`),
      )) as ScheduleDays
      show(values.json, days, () =>
        days.days
          .map(({ date, open, holiday, runs }) =>
            [
              date,
              open.length === 0 ? 'closed' : open.map(({ from, to }) => `${from}–${to}`).join(', '),
              holiday ?? '',
              ...runs.map((run) => `${run.at} ${run.scene}`),
            ].join('  '),
          )
          .join('\n'),
      )
      return 0
    }
    if (action !== 'list') throw new CommandError('samtila schedule list --premises P | days ID')
    const premises = need(values.premises, '--premises')
    const { items } = (await jsonOf(
      await client.request('GET', `/schedules?premises=${encodeURIComponent(premises)}`),
    )) as ScheduleList
    show(values.json, items, () =>
      items.length === 0
        ? 'No schedules.'
        : items
            .map((one) => `${one.id}  ${one.on ? 'on' : 'off'}  ${pickName(one.name, 'en', one.id).text}`)
            .join('\n'),
    )
    return 0
  })
}
