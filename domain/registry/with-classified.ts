// Changes of devices by somebody who does not see all of them: the hidden fields stay as they are stored.
import { withHidden } from '#domain/lifecycle/classification.ts'
import type { Actor, Records, Stored } from '#domain/ports/records.ts'
import type { Bundle, Device, Id } from './bundle.ts'

/** Devices looked up at once. */
const LOOKED_UP = 500

/**
 * The bundle with every classified field that the actor's organisation may not see as it is stored.
 * @throws Failure 'not-allowed' when the bundle gives another value for one of them.
 */
export async function withClassified(bundle: Bundle, records: Records, { organisation }: Actor): Promise<Bundle> {
  const { devices = [] } = bundle
  if (organisation === null || devices.length === 0) return bundle
  const seen = new Map<Id, Stored<Device>>()
  for (let i = 0; i < devices.length; i += LOOKED_UP) {
    const ids = devices.slice(i, i + LOOKED_UP).map(({ id }) => id)
    const { items } = await records.listObjects({ organisation }, 'devices', { ids, limit: LOOKED_UP })
    for (const stored of items) if (stored.hidden !== undefined) seen.set(stored.value.id, stored)
  }
  if (seen.size === 0) return bundle
  const whole: Device[] = []
  for (const [i, device] of devices.entries()) {
    const hidden = seen.get(device.id)?.hidden ?? []
    const stored = hidden.length === 0 ? null : await records.getObject({ organisation: null }, 'devices', device.id)
    whole.push(stored === null ? device : withHidden(device, stored.value, hidden, `/devices/${i}`))
  }
  return { ...bundle, devices: whole }
}
