// The names of devices beside their ids in answers, as whoever asks may read them.
import type { Names } from '#contract/common.ts'
import type { Records, Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'

export type NameOf = (device: Id) => Names | null

/** Null for a device without a name, or whose name is not theirs to read. */
export async function deviceNames(records: Records, scope: Scope, devices: Iterable<Id>): Promise<NameOf> {
  const names = new Map<Id, Names>()
  for (const id of new Set(devices)) {
    const name = (await records.getObject(scope, 'devices', id))?.value.name
    if (name !== undefined) names.set(id, name)
  }
  return (device) => names.get(device) ?? null
}
