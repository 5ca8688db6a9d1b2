// What one can choose on a report, by what it is about: few and plain, for people who don't know the device.
import { findDeviceType } from '#domain/device-types/library.ts'
import type { TypeGroup } from '#domain/device-types/device-type.ts'
import type { FaultChoice } from './fault.ts'

const OF_GROUP: Record<TypeGroup, readonly FaultChoice[]> = {
  energy: ['shows-error', 'noise', 'damaged'],
  meters: ['wrong-reading', 'leak', 'damaged'],
  hvac: ['too-cold', 'too-warm', 'bad-air', 'draught', 'noise', 'leak'],
  sensors: ['wrong-reading', 'damaged'],
  electricity: ['no-power', 'dark', 'noise', 'damaged'],
  access: ['does-not-open', 'does-not-close', 'damaged'],
  safety: ['shows-error', 'noise', 'damaged'],
  network: ['no-network', 'shows-error', 'damaged'],
  meetings: ['does-not-start', 'shows-error', 'no-network', 'damaged'],
  service: ['does-not-start', 'shows-error', 'damaged', 'dirty'],
  workplace: ['does-not-start', 'noise', 'damaged', 'dirty'],
  building: ['does-not-open', 'does-not-close', 'leak', 'damaged'],
}
const OF_DEVICE: readonly FaultChoice[] = ['does-not-start', 'shows-error', 'noise', 'damaged']
const OF_SPACE: readonly FaultChoice[] = [
  'too-cold',
  'too-warm',
  'bad-air',
  'dark',
  'leak',
  'noise',
  'damaged',
  'dirty',
]

/** `type` is the device's type, null for one without; a space has `'space'`. The last choice is always something else. */
export function choicesFor(of: { device: { type: string | null } } | 'space'): FaultChoice[] {
  if (of === 'space') return [...OF_SPACE, 'other']
  const group = findDeviceType(of.device.type ?? undefined)?.group
  return [...(group === undefined ? OF_DEVICE : OF_GROUP[group]), 'other']
}
