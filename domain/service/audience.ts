// Who sees the service of a device: the parties of its premises and who does it, or only its keepers where what it is stays with them.
import { isKeeper, ownerFields } from '#domain/lifecycle/classification.ts'
import type { Audience } from '#domain/ports/papers.ts'
import type { ClassifiedField, Device, Id, LocalDate } from '#domain/registry/bundle.ts'

/** Fields that the words of a task would give away: it says what the device is, what it is called and where it is. */
const TOLD: readonly ClassifiedField[] = ['name', 'place', 'type', 'model']

/**
 * The audience of a plan, task or inspection. `doers` are the responsible organisation and the contractor: they see it in any case,
 * a contractor without a role in the premises sees nothing else there.
 */
export function serviceAudience(device: Device | null, doers: readonly (Id | null)[], date: LocalDate): Audience {
  const named = doers.filter((one): one is Id => one !== null)
  if (device === null || !ownerFields(device).some((field) => TOLD.includes(field)))
    return named.length === 0 ? 'premises' : { premisesAnd: named }
  const bodies = [
    ...(device.ownership ?? []).flatMap(({ shares }) => Object.keys(shares)),
    ...(device.roles ?? []).map(({ organisation }) => organisation),
  ].filter((id) => isKeeper(device, new Set([id]), date))
  return [...new Set([...bodies, ...named])]
}
