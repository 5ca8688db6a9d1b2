// What the broker knows of devices, by id: premises, points by key, whether simulated. A cache over the records that follows their changes.
import type { ObjectQuery, Page, Records, Stored } from '#domain/ports/records.ts'
import type { BrokerTelemetry } from './broker-telemetry.ts'
import type { Device, Id } from '#domain/registry/bundle.ts'
import { acceptingKind } from '#domain/metering/accept-reading.ts'
import type { AcceptingKind } from '#domain/metering/accept-reading.ts'
import { KeyTable } from './codecs/native/key-table.ts'
import { durationMs } from './duration.ts'
import type { BrokerLimits } from './limits.ts'
import type { Presence, PresenceRecord } from './presence.ts'

export type DevicePoint = {
  readonly key: string
  readonly kind: AcceptingKind
  /** Series number in the store; -1 until a reading was accepted. */
  series: number
}
export type DeviceEntry = {
  readonly id: Id
  readonly premises: Id
  readonly simulated: boolean
  readonly presence: PresenceRecord
  /** Points by the index that `keys` gives. */
  readonly points: DevicePoint[]
  readonly indexOfKey: Map<string, number>
  readonly keys: KeyTable
  /** How many undeclared keys are among the points; null until the stored proposals were counted. */
  proposed: number | null
  /** The records changed: look it up again. */
  stale: boolean
}

export type Directory = {
  /** The entry, null when there is no such device, undefined when it must be loaded first. */
  known(id: Id): DeviceEntry | null | undefined
  /** Loads what is not known; requests of one turn share one query. Rejects when the records are unavailable. */
  load(id: Id): Promise<DeviceEntry | null>
  /** Makes the stored proposals of a device known, as points of its entry. */
  loadProposals(entry: DeviceEntry): Promise<void>
  /** Adds an undeclared key. */
  propose(entry: DeviceEntry, key: string): DevicePoint
  seriesOf(entry: DeviceEntry, point: DevicePoint): number
  /** Loads all devices page by page, for presence after a start. */
  preload(eachPage: (entries: DeviceEntry[]) => Promise<void>): Promise<void>
  close(): void
}

/** Ids in one query, and devices in one page. */
const PAGE_DEVICES = 200
const EVERYTHING = { organisation: null } as const

export function createDirectory(
  records: Records,
  telemetry: BrokerTelemetry,
  presence: Presence,
  limits: BrokerLimits,
): Directory {
  const entries = new Map<Id, DeviceEntry | null>()
  let wanted = new Map<Id, ((entry: DeviceEntry | null) => void)[]>()
  let failing: ((error: unknown) => void)[] = []
  let generation = 0

  const stop = records.onChange((changed) => {
    for (const { kind, id } of changed) {
      if (kind !== 'devices') continue
      generation++
      const entry = entries.get(id)
      if (entry != null) entry.stale = true
      entries.delete(id)
    }
  })

  function keep(id: Id, entry: DeviceEntry | null): void {
    if (entries.size >= limits.cachedDevices) {
      const oldest = entries.keys().next()
      if (!oldest.done) entries.delete(oldest.value)
    }
    entries.set(id, entry)
  }

  async function loadWanted(): Promise<void> {
    const waiters = wanted
    const failures = failing
    wanted = new Map()
    failing = []
    try {
      const ids = [...waiters.keys()]
      for (let from = 0; from < ids.length; from += PAGE_DEVICES) {
        const page = ids.slice(from, from + PAGE_DEVICES)
        const before = generation
        const { items } = await records.listObjects(EVERYTHING, 'devices', { ids: page, limit: PAGE_DEVICES })
        const found = new Map(items.map(({ value }) => [value.id, value]))
        for (const id of page) {
          const device = found.get(id)
          const entry = device === undefined ? null : entryOf(device, presence, limits)
          if (before === generation) keep(id, entry)
          else if (entry !== null) entry.stale = true
          for (const waiter of waiters.get(id) ?? []) waiter(entry)
        }
      }
    } catch (error) {
      for (const failed of failures) failed(error)
    }
  }

  return {
    known(id) {
      return entries.get(id)
    },
    load(id) {
      const known = entries.get(id)
      if (known !== undefined) return Promise.resolve(known)
      return new Promise((resolve, reject) => {
        if (wanted.size === 0) setImmediate(() => void loadWanted())
        const waiters = wanted.get(id)
        if (waiters === undefined) wanted.set(id, [resolve])
        else waiters.push(resolve)
        failing.push(reject)
      })
    },
    async loadProposals(entry) {
      const query = { device: entry.id, limit: limits.proposedPointsPerDevice }
      const proposals = await records.listProposedPoints(EVERYTHING, query)
      if (entry.proposed !== null) return
      entry.proposed = 0
      for (const { key } of proposals) {
        if (entry.indexOfKey.has(key)) continue
        addPoint(entry, key, null)
        entry.proposed++
      }
    },
    propose(entry, key) {
      entry.proposed = (entry.proposed ?? 0) + 1
      return addPoint(entry, key, null)
    },
    seriesOf(entry, point) {
      if (point.series === -1) point.series = telemetry.seriesOf(entry.id, point.key)
      return point.series
    },
    async preload(eachPage) {
      let after: string | null = null
      do {
        const query: ObjectQuery = after === null ? { limit: PAGE_DEVICES } : { limit: PAGE_DEVICES, after }
        const before = generation
        const answer: Page<Stored<Device>> = await records.listObjects(EVERYTHING, 'devices', query)
        const page = answer.items.map(({ value }) => entryOf(value, presence, limits))
        if (before === generation) {
          for (const entry of page) if (!entries.has(entry.id)) keep(entry.id, entry)
        }
        await eachPage(page)
        after = answer.next
      } while (after !== null)
    },
    close: stop,
  }
}

function entryOf(device: Device, presence: Presence, limits: BrokerLimits): DeviceEntry {
  const intervalMs = durationMs(device.expectedInterval) ?? limits.defaultIntervalMs
  const entry: DeviceEntry = {
    id: device.id,
    premises: device.premises,
    simulated: device.simulated === true,
    presence: presence.record(device.id, device.premises, intervalMs),
    points: [],
    indexOfKey: new Map(),
    keys: new KeyTable(),
    proposed: null,
    stale: false,
  }
  for (const point of device.points ?? []) {
    if (!entry.indexOfKey.has(point.key)) addPoint(entry, point.key, acceptingKind(point.kind))
  }
  return entry
}

function addPoint(entry: DeviceEntry, key: string, kind: AcceptingKind): DevicePoint {
  const point: DevicePoint = { key, kind, series: -1 }
  entry.indexOfKey.set(key, entry.keys.add(key))
  entry.points.push(point)
  return point
}
