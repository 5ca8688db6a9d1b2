// Writes what discovery configurations tell of points of known devices, behind the messages: what is lost in a crash is announced again.
import { ANNOUNCED_PER_DEVICE, ANNOUNCED_POINTS, type AnnouncedPoint } from '#domain/inbox/announced-points.ts'
import type { Actor, Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'

export type Announcements = {
  heard(device: { id: Id; premises: Id }, point: AnnouncedPoint): void
  idle(): Promise<void>
}
type Known = { premises: Id; points: Map<string, AnnouncedPoint> }

const SELF: Actor = { kind: 'system', id: 'broker', name: 'Samtila', organisation: null }
/** A gateway announces everything at once when it comes: that is one write. */
const PATIENCE_MS = 500
const BATCH = 200

/** `devices`: of so many it is remembered what was written, so that announcing the same again costs nothing. */
export function createAnnouncements(records: Records, devices: number, log: (message: string) => void): Announcements {
  const known = new Map<Id, Known>()
  const waiting = new Set<Id>()
  let writing: Promise<void> | null = null

  async function write(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())
    while (waiting.size > 0) {
      const ids = [...waiting].slice(0, BATCH)
      for (const id of ids) waiting.delete(id)
      try {
        await writeAll(ids)
      } catch (error) {
        // They are announced again when the gateway comes back.
        for (const id of ids) known.delete(id)
        log(`announced points are not kept: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
    writing = null
  }

  async function writeAll(ids: readonly Id[]): Promise<void> {
    const { items } = await records.listPapers({ organisation: null }, ANNOUNCED_POINTS, {
      ids: [...ids],
      limit: BATCH,
    })
    const stored = new Map(items.map((paper) => [paper.id, paper]))
    const papers = ids.flatMap((id) => {
      const entry = known.get(id)
      if (entry === undefined) return []
      const paper = stored.get(id)
      const points = new Map((paper?.body.points ?? []).map((point) => [point.key, point]))
      const before = JSON.stringify([...points])
      for (const [key, point] of entry.points)
        if (points.has(key) || points.size < ANNOUNCED_PER_DEVICE) points.set(key, point)
      if (JSON.stringify([...points]) === before && paper?.premises === entry.premises) return []
      return [
        {
          kind: ANNOUNCED_POINTS,
          paper: {
            id,
            premises: entry.premises,
            audience: 'premises' as const,
            state: 'announced',
            dueAt: null,
            body: { points: [...points.values()] },
          },
          expectedVersion: paper?.version ?? 0,
        },
      ]
    })
    if (papers.length > 0) await records.changePapers({ papers }, SELF, 'points.announced')
  }

  return {
    heard({ id, premises }, point) {
      if (!known.has(id) && known.size >= devices) {
        const oldest = known.keys().next()
        if (!oldest.done) known.delete(oldest.value)
      }
      const entry = known.get(id) ?? { premises, points: new Map<string, AnnouncedPoint>() }
      known.set(id, entry)
      const before = entry.points.get(point.key)
      if (before === undefined && entry.points.size >= ANNOUNCED_PER_DEVICE) return
      if (JSON.stringify(before) === JSON.stringify(point) && entry.premises === premises) return
      entry.premises = premises
      entry.points.set(point.key, point)
      waiting.add(id)
      writing ??= write()
    },
    idle: () => writing ?? Promise.resolve(),
  }
}
