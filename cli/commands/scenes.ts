// `samtila scene`: the scenes of a premises, what one would do, running it and taking a run back.
import type { SceneList, ScenePreview, SceneRunShown } from '#contract/scenes.ts'
import { pickName } from '#domain/writing/names.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf } from '#cli/client.ts'
import { pathOf, query } from '#cli/requests.ts'

type Part = ScenePreview['parts'][number]

/** `list`, `preview ID`, `run ID`, `undo RUN`. */
export async function scene(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, { premises: { type: 'string' } })
  const [action = 'list', id] = positionals
  return withClient(values, settings, async (client) => {
    const ask = async (method: 'GET' | 'POST', path: string): Promise<unknown> =>
      jsonOf(await client.request(method, path))
    switch (action) {
      case 'list': {
        const premises = need(values.premises, '--premises')
        const { items } = (await ask('GET', `/scenes?${query({ premises })}`)) as SceneList
        show(values.json, items, () =>
          items.length === 0
            ? 'No scenes.'
            : items
                .map((one) => `${one.id}  ${pickName(one.name, 'en', one.id).text}  ${one.steps.length} steps`)
                .join('\n'),
        )
        return 0
      }
      case 'preview': {
        const { parts } = (await ask('GET', pathOf('scenes', need(id, 'The id of a scene'), 'preview'))) as ScenePreview
        show(values.json, parts, () => parts.map((part) => partLine(part, 'would be done')).join('\n'))
        return 0
      }
      case 'run':
      case 'undo': {
        const path =
          action === 'run'
            ? pathOf('scenes', need(id, 'The id of a scene'), 'run')
            : pathOf('scene-runs', need(id, 'The id of a run'), 'undo')
        const run = (await ask('POST', path)) as SceneRunShown
        show(values.json, run, () =>
          [
            `${run.id}  ${pickName(run.sceneName, 'en', run.scene).text}`,
            ...run.parts.map((part) => partLine(part, 'wished')),
          ].join('\n'),
        )
        return run.counts.refused > 0 ? 1 : 0
      }
      default:
        throw new CommandError('samtila scene list --premises P | preview ID | run ID | undo RUN')
    }
  })
}

const partLine = ({ device, state, refused }: Part, otherwise: string): string =>
  `${device}  ${refused === null ? (state ?? otherwise) : `refused: ${refused.message}`}`
