// Whether each device works: connected, or heard within three of its expected intervals; then stale, then offline.
import type { Id } from '#domain/registry/bundle.ts'
import type { BrokerTelemetry } from './broker-telemetry.ts'
import type { Directory } from './directory.ts'
import type { BrokerLimits } from './limits.ts'

export type PresenceState = 'works' | 'stale' | 'offline' | 'never'
export type PresenceOf = { state: PresenceState; lastHeardAt: number | null; connected: boolean }
export type PresenceChange = PresenceOf & { device: Id; premises: Id }

/** Of all devices of a premises: when one was heard last, and how often the state of one has changed. */
export type PresenceAt = { lastHeardAt: number | null; changes: number }

export type PresenceRecord = {
  readonly device: Id
  premises: Id
  /** That of its premises. */
  at: PresenceAt
  intervalMs: number
  lastHeardAt: number | null
  /** Open connections of its own. */
  connections: number
  /** It said (or its will said for it) that it goes; hearing it again undoes that. */
  saidOffline: boolean
  /** Its gateway said that it is gone; hearing it again undoes that. */
  isGone: boolean
  /** As told last. */
  state: PresenceState
}

export type Presence = {
  /** The record of a device, made when it is new; facts are brought up to date. */
  record(device: Id, premises: Id, intervalMs: number): PresenceRecord
  presenceOf(device: Id): PresenceOf
  presenceAt(premises: Id): Readonly<PresenceAt>
  /** Something new came from the device itself. Cheap: it sits in the path of every message. */
  heard(record: PresenceRecord, receivedAt: number): void
  /** It was heard at that time before this process started. */
  restore(record: PresenceRecord, heardAt: number): void
  connected(record: PresenceRecord): void
  disconnected(record: PresenceRecord): void
  saidOffline(record: PresenceRecord): void
  /** Whoever speaks for it lost it: what it sent last is stale. */
  gone(record: PresenceRecord): void
  counts(): Record<PresenceState, number>
  close(): void
}

/** Within this many expected intervals a silent device still works. */
const INTERVALS_UNTIL_STALE = 3
/** How often silence is noticed. */
const SWEEP_MS = 1_000
/** Of premises whose devices are not known here. */
const NOBODY: PresenceAt = { lastHeardAt: null, changes: 0 }

/** `changed` gets every change of state, also those that only time brings. */
export function createPresence(
  now: () => number,
  limits: BrokerLimits,
  changed: (change: PresenceChange) => void,
): Presence {
  const records = new Map<Id, PresenceRecord>()
  const places = new Map<Id, PresenceAt>()
  const placeOf = (premises: Id): PresenceAt =>
    places.getOrInsertComputed(premises, () => ({ lastHeardAt: null, changes: 0 }))
  const hear = (record: PresenceRecord, heardAt: number): void => {
    record.lastHeardAt = heardAt
    if (record.at.lastHeardAt === null || record.at.lastHeardAt < heardAt) record.at.lastHeardAt = heardAt
  }

  function stateOf(record: PresenceRecord, at: number): PresenceState {
    if (record.connections > 0) return 'works'
    if (record.saidOffline) return 'offline'
    if (record.lastHeardAt === null) return 'never'
    const intervals = (at - record.lastHeardAt) / record.intervalMs
    if (intervals <= INTERVALS_UNTIL_STALE && !record.isGone) return 'works'
    return intervals <= limits.offlineAfterIntervals ? 'stale' : 'offline'
  }

  function look(record: PresenceRecord, at: number): void {
    const state = stateOf(record, at)
    if (state === record.state) return
    record.state = state
    record.at.changes++
    const { device, premises, lastHeardAt, connections } = record
    changed({ device, premises, state, lastHeardAt, connected: connections > 0 })
  }

  const sweep = setInterval(() => {
    const at = now()
    for (const record of records.values()) look(record, at)
  }, SWEEP_MS)
  sweep.unref()

  return {
    record(device, premises, intervalMs) {
      const known = records.get(device)
      if (known !== undefined) {
        if (known.premises !== premises) {
          known.premises = premises
          known.at = placeOf(premises)
          if (known.lastHeardAt !== null) hear(known, known.lastHeardAt)
        }
        known.intervalMs = intervalMs
        return known
      }
      const record: PresenceRecord = {
        device,
        premises,
        at: placeOf(premises),
        intervalMs,
        lastHeardAt: null,
        connections: 0,
        saidOffline: false,
        isGone: false,
        state: 'never',
      }
      records.set(device, record)
      return record
    },
    presenceOf(device) {
      const record = records.get(device)
      if (record === undefined) return { state: 'never', lastHeardAt: null, connected: false }
      return { state: stateOf(record, now()), lastHeardAt: record.lastHeardAt, connected: record.connections > 0 }
    },
    presenceAt: (premises) => places.get(premises) ?? NOBODY,
    heard(record, receivedAt) {
      hear(record, receivedAt)
      record.saidOffline = false
      record.isGone = false
      if (record.state !== 'works') look(record, receivedAt)
    },
    restore(record, heardAt) {
      if (record.lastHeardAt === null || record.lastHeardAt < heardAt) hear(record, heardAt)
      look(record, now())
    },
    connected(record) {
      const at = now()
      record.connections++
      hear(record, at)
      record.saidOffline = false
      record.isGone = false
      look(record, at)
    },
    disconnected(record) {
      const at = now()
      record.connections = Math.max(0, record.connections - 1)
      hear(record, at)
      look(record, at)
    },
    saidOffline(record) {
      record.saidOffline = true
      look(record, now())
    },
    gone(record) {
      record.isGone = true
      look(record, now())
    },
    counts() {
      const counts = { works: 0, stale: 0, offline: 0, never: 0 }
      for (const record of records.values()) counts[record.state]++
      return counts
    },
    close: () => clearInterval(sweep),
  }
}

/** Whether an instant tells that the device works now: a retained, stored or re-sent old reading does not. */
export function isFresh(record: PresenceRecord, at: number, receivedAt: number): boolean {
  return receivedAt - at <= INTERVALS_UNTIL_STALE * record.intervalMs
}

/** Series asked for at once. */
const SERIES_AT_ONCE = 500

/** After a start: when each device was heard last, from its newest readings that were fresh when they came. */
export async function restorePresence(
  directory: Directory,
  telemetry: BrokerTelemetry,
  presence: Presence,
): Promise<void> {
  await directory.preload(async (entries) => {
    const asked = entries.flatMap((entry) =>
      telemetry.seriesOfDevice(entry.id).map(({ series }) => ({ series, record: entry.presence })),
    )
    for (let from = 0; from < asked.length; from += SERIES_AT_ONCE) {
      const page = asked.slice(from, from + SERIES_AT_ONCE)
      const newest = await telemetry.latest(page.map(({ series }) => series))
      for (const [index, { record }] of page.entries()) {
        const reading = newest[index]
        if (reading != null && isFresh(record, reading.at, reading.receivedAt)) {
          presence.restore(record, reading.receivedAt)
        }
      }
    }
  })
}
