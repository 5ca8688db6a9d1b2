// Under which topic a LoRaWAN device was heard last, kept over a restart: its downlinks name the application, and no setting here does.
import { paperKind } from '#domain/ports/papers.ts'
import type { Actor, Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'

export type KeptRoute = { connector: Id; key: string; topic: string }
export type KeptRoutes = {
  /** Called for each message; writes only what is new. */
  heard(device: Id, codec: string, route: KeptRoute): void
  get(device: Id): Promise<KeptRoute | null>
  idle(): Promise<void>
}

const ROUTE = paperKind<KeptRoute>('downlink-route')
const SELF: Actor = { kind: 'system', id: 'broker', name: 'Samtila', organisation: null }
const EVERYTHING = { organisation: null }
const PATIENCE_MS = 500
const BATCH = 200
/** The part of a topic that names server, application and device; what follows is the event. */
const PLACES: Readonly<Record<string, RegExp>> = {
  chirpstack: /^.*application\/[^/]+\/device\/[0-9A-Fa-f]{16}\//,
  tts: /^.*v3\/[^/]+\/devices\/[^/]+\//,
}

/** `devices`: of so many it is remembered what is kept already. */
export function createKeptRoutes(records: Records, devices: number, log: (message: string) => void): KeptRoutes {
  /** Place, connector and key by device, as they were written last or are about to be. */
  const known = new Map<Id, string>()
  const waiting = new Map<Id, KeptRoute>()
  let writing: Promise<void> | null = null

  async function write(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, BATCH)
      for (const [id] of batch) waiting.delete(id)
      try {
        const ids = batch.map(([id]) => id)
        const { items } = await records.listPapers(EVERYTHING, ROUTE, { ids, limit: BATCH })
        const stored = new Map(items.map((paper) => [paper.id, paper]))
        const papers = batch
          .filter(([id, route]) => !isSame(stored.get(id)?.body, route))
          .map(([id, body]) => ({
            kind: ROUTE,
            paper: { id, premises: null, audience: 'operator' as const, state: 'heard', dueAt: null, body },
            expectedVersion: stored.get(id)?.version ?? 0,
          }))
        if (papers.length > 0) await records.changePapers({ papers }, SELF, 'downlink.route')
      } catch (error) {
        // The next uplink tells it again.
        for (const [id] of batch) known.delete(id)
        log(`routes of downlinks are not kept: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
    writing = null
  }

  return {
    heard(device, codec, { connector, key, topic }) {
      const place = PLACES[codec]?.exec(topic)?.[0]
      if (place === undefined) return
      const mark = `${connector} ${key} ${place}`
      if (known.get(device) === mark) return
      if (!known.has(device) && known.size >= devices) {
        const oldest = known.keys().next()
        if (!oldest.done) known.delete(oldest.value)
      }
      known.set(device, mark)
      waiting.set(device, { connector, key, topic: place })
      writing ??= write()
    },
    async get(device) {
      const queued = waiting.get(device)
      return queued ?? (await records.getPaper(EVERYTHING, ROUTE, device))?.body ?? null
    },
    idle: () => writing ?? Promise.resolve(),
  }
}

const isSame = (one: KeptRoute | undefined, other: KeptRoute): boolean =>
  one !== undefined && one.connector === other.connector && one.key === other.key && one.topic === other.topic
