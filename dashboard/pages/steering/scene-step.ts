// A step of a scene while it is written in the form, from and to what the API keeps.
import type { SceneWanted } from '#contract/scenes.ts'
import type { Written } from '#dashboard/components/MemberFields.tsx'

type Kept = SceneWanted['steps'][number]
export type Step = {
  /** Tells steps apart while they come and go. */
  key: string
  device: string
  type: string
  space: string
  /** The name of a command, `SETTINGS`, or nothing yet. */
  does: string
  written: Written
  /** What is written, as the API takes it. */
  given: Record<string, unknown>
  isWhole: boolean
}
/** Instead of a command: settings that are wanted. No command has this name. */
export const SETTINGS = ':settings'

const newKey = (): string => crypto.randomUUID()
export const emptyStep = (): Step => ({
  key: newKey(),
  device: '',
  type: '',
  space: '',
  does: '',
  written: {},
  given: {},
  isWhole: false,
})

export function stepOf(kept: Kept): Step {
  const given = 'command' in kept ? kept.params : kept.desired
  return {
    key: newKey(),
    device: 'device' in kept.of ? kept.of.device : '',
    type: 'device' in kept.of ? '' : (kept.of.type ?? ''),
    space: 'device' in kept.of ? '' : (kept.of.space ?? ''),
    does: 'command' in kept ? kept.command : SETTINGS,
    written: Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)])),
    given,
    isWhole: true,
  }
}

export function keptOf({ device, type, space, does, given }: Step): Kept {
  const of = device === '' ? { ...(type === '' ? {} : { type }), ...(space === '' ? {} : { space }) } : { device }
  return does === SETTINGS ? { of, desired: given } : { of, command: does, params: given }
}
