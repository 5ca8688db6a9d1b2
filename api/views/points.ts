// Points as queries name them: `device/point`, found among the devices that the asker sees.
import { MAX_POINTS } from '#contract/series.ts'
import { Failure } from '#domain/failure.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { Device, Id, Point } from '#domain/registry/bundle.ts'
import type { Records, Scope } from '#domain/ports/records.ts'
import { NOTHING_HERE } from '#api/schema-compilers.ts'

/** `point` is null where the device sends a key that nobody declared. */
export type FoundPoint = { device: Device; key: string; point: Point | null }

/**
 * The points of a list `device/point,device/point` (a colon is taken too), in its order, each once.
 * @throws Failure 'bad-request' for too many, 'not-found' for a device that is not there or not theirs to see.
 */
export async function findPoints(list: string, scope: Scope, records: Records): Promise<FoundPoint[]> {
  const wanted = [...new Set(list.split(','))].map((text) => {
    const at = text.search(/[/:]/)
    return { id: text.slice(0, at), key: text.slice(at + 1) }
  })
  if (wanted.length > MAX_POINTS) throw new Failure('bad-request', `Ask for ${MAX_POINTS} points at most.`)
  const ids = [...new Set(wanted.map((one) => one.id))]
  const { items } = await records.listObjects(scope, 'devices', { ids, limit: MAX_POINTS })
  const devices = new Map(
    items.flatMap(({ value, hidden }) => (hidden?.includes('readings') === true ? [] : [[value.id, value] as const])),
  )
  return wanted.map(({ id, key }) => {
    const device = devices.get(id)
    if (device === undefined) throw new Failure('not-found', NOTHING_HERE)
    return { device, key, point: device.points?.find((point) => point.key === key) ?? null }
  })
}

/** Devices of a premises whose readings are classified for others. */
export async function hiddenReadings(records: Records, scope: Scope, premises: Id): Promise<Set<Id>> {
  const classified: Id[] = []
  for await (const { id, visibility } of listAll(records, 'devices', { premises }, scope))
    if (visibility?.readings === 'owner') classified.push(id)
  return hiddenAmong(records, scope, classified)
}

/** Of these devices, those whose readings the scope may not see. */
export async function hiddenAmong(records: Records, scope: Scope, ids: readonly Id[]): Promise<Set<Id>> {
  const hidden = new Set<Id>()
  for (const id of ids)
    if ((await records.getObject(scope, 'devices', id))?.hidden?.includes('readings') === true) hidden.add(id)
  return hidden
}
