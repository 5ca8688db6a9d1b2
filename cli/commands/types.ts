// `samtila types`: the library of device types.
import type { DeviceTypeList } from '#contract/device-types.ts'
import { readArguments, show, withClient } from '#cli/arguments.ts'
import { jsonOf } from '#cli/client.ts'
import type { ServerSettings } from '#server/limits.ts'

export async function types(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, { language: { type: 'string' } })
  const language = values.language ?? 'en'
  return withClient(values, settings, async (client) => {
    const search = new URLSearchParams({ q: positionals.join(' '), language })
    const { items } = (await jsonOf(
      await client.request('GET', `/device-types?${search.toString()}`),
    )) as DeviceTypeList
    const nameOf = (name: DeviceTypeList['items'][number]['name']): string =>
      language === 'fi' || language === 'sv' ? name[language] : name.en
    show(values.json, items, () =>
      items.length === 0
        ? 'No such device type.'
        : items
            .map(
              ({ id, name, brick, expectedInterval, points }) =>
                `${id}  ${nameOf(name)}  (${brick}, ${expectedInterval})\n    ${points
                  .map(({ key, unit, kind }) => [key, unit, kind].filter((part) => part !== null).join(' '))
                  .join(', ')}`,
            )
            .join('\n'),
    )
    return 0
  })
}
