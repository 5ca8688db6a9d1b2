// The twin of a device: what is desired of its configuration, what it reports, and where the two differ since when.
import { paperKind, type StoredPaper } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { sameJson, type Json, type JsonObject } from './field.ts'

/** A key whose reported value is not the desired one. Instants are milliseconds since 1970. */
export type Drift = { key: string; desired: Json; reported: Json | null; since: number }
export type Twin = {
  device: Id
  desired: JsonObject
  /** Counts changes of what is desired; the device is told it with them. 0: nothing was ever desired. */
  desiredVersion: number
  desiredAt: number | null
  desiredBy: string | null
  reported: JsonObject
  /** Counts changes of what is reported. */
  reportedVersion: number
  reportedAt: number | null
  /** Since when a key differs. */
  driftSince: { readonly [key: string]: number }
}
/** State: `agreed` or `drift`. Its id is the device's. */
export const TWIN = paperKind<Twin>('twin')
export type TwinPaper = StoredPaper<Twin>
export type TwinState = 'agreed' | 'drift'

export const emptyTwin = (device: Id): Twin => ({
  device,
  desired: {},
  desiredVersion: 0,
  desiredAt: null,
  desiredBy: null,
  reported: {},
  reportedVersion: 0,
  reportedAt: null,
  driftSince: {},
})

/** Keys that differ, in the order of what is desired. */
export const driftOf = ({ desired, reported, driftSince }: Twin): Drift[] =>
  Object.entries(desired)
    .filter(([key, value]) => !sameJson(value, reported[key]))
    .map(([key, value]) => ({ key, desired: value, reported: reported[key] ?? null, since: driftSince[key] ?? 0 }))
export const twinState = (twin: Twin): TwinState => (driftOf(twin).length === 0 ? 'agreed' : 'drift')

/** Members replace those of the same key; null takes a key away. */
export function merge(into: JsonObject, members: JsonObject): JsonObject {
  const merged = { ...into, ...members }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null))
}

/** The twin when something else is desired; the same one when nothing changes. */
export function withDesired(twin: Twin, members: JsonObject, by: string, now: number): Twin {
  const desired = merge(twin.desired, members)
  if (sameJson(desired, twin.desired)) return twin
  const changed = { ...twin, desired, desiredVersion: twin.desiredVersion + 1, desiredAt: now, desiredBy: by }
  return dated(changed, twin, now)
}

/** The twin when the device reported; the same one when nothing changes. */
export function withReported(twin: Twin, members: JsonObject, now: number): Twin {
  const reported = merge(twin.reported, members)
  if (sameJson(reported, twin.reported)) return twin
  return dated({ ...twin, reported, reportedVersion: twin.reportedVersion + 1, reportedAt: now }, twin, now)
}

/** A key that differed before with the same wish keeps its date. */
function dated(twin: Twin, before: Twin, now: number): Twin {
  const since = driftOf(twin).map(({ key, desired }): [string, number] => [
    key,
    sameJson(desired, before.desired[key]) ? (before.driftSince[key] ?? now) : now,
  ])
  return { ...twin, driftSince: Object.fromEntries(since) }
}
