// What discovery configurations tell of points of devices that are known: names, units and classes, kept until such a point is accepted.
import { paperKind } from '#domain/ports/papers.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'

export type AnnouncedPoint = {
  key: string
  name: string | null
  unit: string | null
  /** Home Assistant's device class. */
  deviceClass: string | null
}
/** One paper per device, under the device's id. */
export const ANNOUNCED_POINTS = paperKind<{ points: AnnouncedPoint[] }>('announced-points')
/** The most that is kept of one device. */
export const ANNOUNCED_PER_DEVICE = 500

const PAGE = 200
const EVERYTHING = { organisation: null }

/** What is announced of these devices, by device and key. Who asks has seen that the devices are theirs to see. */
export async function announcedOf(
  records: Records,
  devices: readonly Id[],
): Promise<(device: Id, key: string) => AnnouncedPoint | null> {
  const known = new Map<Id, Map<string, AnnouncedPoint>>()
  for (let from = 0; from < devices.length; from += PAGE) {
    const ids = devices.slice(from, from + PAGE)
    const { items } = await records.listPapers(EVERYTHING, ANNOUNCED_POINTS, { ids, limit: PAGE })
    for (const { id, body } of items) known.set(id, new Map(body.points.map((point) => [point.key, point])))
  }
  return (device, key) => known.get(device)?.get(key) ?? null
}
