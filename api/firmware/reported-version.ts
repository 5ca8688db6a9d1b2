// The firmware version that a device reports of itself, which goes before what people have recorded: it is the one that runs.
import type { Records, Scope } from '#domain/ports/records.ts'
import type { Device, Id } from '#domain/registry/bundle.ts'
import { ALL } from '#domain/registry/list-all.ts'
import { TWIN } from '#domain/twin/twin.ts'

const AT_ONCE = 500

/** By device, of those that have reported one. */
export async function reportedVersions(records: Records, ids: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
  const found = new Map<Id, string>()
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const page = await records.listPapers(ALL, TWIN, { ids: ids.slice(i, i + AT_ONCE), limit: AT_ONCE })
    for (const { id, body } of page.items)
      if (typeof body.reported['firmware'] === 'string') found.set(id, body.reported['firmware'])
  }
  return found
}

export const withVersion = (device: Device, version: string | undefined): Device =>
  version === undefined ? device : { ...device, firmware: { ...device.firmware, version } }

/** Whether the asker may know what firmware a device has: else its version is left out of the twin too. */
export const seesFirmware = async (records: Records, scope: Scope, id: Id): Promise<boolean> =>
  (await records.getObject(scope, 'devices', id))?.hidden?.includes('security') !== true
