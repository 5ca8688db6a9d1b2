// The port of the telemetry store: what it takes, what it gives back, and what it promises.
// store/memory, store/embedded, store/influx1 and store/influx2 implement it; tests/contract/telemetry.suite.ts runs on every one of them.

import type { Arrivals } from '#domain/metering/arrivals.ts'

export const QUALITIES = ['measured', 'manual', 'estimated', 'substituted', 'suspect'] as const
export type Quality = (typeof QUALITIES)[number]

/**
 * A value: a finite number, a boolean, a short text (state), or an exact decimal.
 * `{ decimal }` is a number whose digits a double cannot carry; charts read it as a number, money as its digits.
 */
export type Value = number | boolean | string | { decimal: string }

export type Reading = {
  /** Milliseconds since 1970, by the device's own clock where it has one. */
  at: number
  value: Value
  quality: Quality
  /** Milliseconds since 1970 when the platform received it. */
  receivedAt: number
  simulated: boolean
}

/** What became of the readings of one commit. Of calls that share one write the first gets the counts and the others zeros, so that sums are right. */
export type CommitResult = { stored: number; duplicate: number; superseded: number }

/**
 * One bucket [from, to): null figures where there is no numeric reading; `count`, `quality` (the worst within) and `simulated`
 * are of the numeric ones. A boolean counts as 0 or 1, a text does not count. Where only roll-ups are left, a quarter
 * belongs whole to the bucket in which it starts.
 */
export type Bucket = {
  from: number
  to: number
  min: number | null
  max: number | null
  mean: number | null
  first: number | null
  last: number | null
  count: number
  quality: Quality | null
  simulated: boolean
}

/**
 * Readings of a meter for a settlement, in columns ordered by instant, one per instant (the later received stands):
 * all of [from, to], the last one at or before `from`, the first one at or after `to`; when there is none at or after
 * `to`, also every reading of the 28 × 24 h before the last one, and at least the last two.
 * `micro` holds the value × 10⁶, rounded half away from zero by its shortest decimal form (domain/quantity/micro.ts).
 * Booleans and texts are left out.
 */
export type MeterReadings = { at: Float64Array; micro: BigInt64Array; simulated: boolean; qualities: Uint8Array }

export type SeriesInfo = { series: number; device: string; point: string }
/** Readings between two instants, both included, that were damaged in the store and are kept aside unread. */
export type DamagedSpan = { from: number; to: number; readings: number }
export type Superseded = Reading & { supersededAt: number }

export type TelemetryState = {
  /**
   * 'ready', 'full' (no space: commits are refused, reads work), 'failed' (a write or fsync failed: no more commits until reopened),
   * 'away' (the server of the store does not answer, or readings that it missed are still being written: commits are kept on the disk).
   */
  state: 'ready' | 'full' | 'failed' | 'away'
  reason: string | null
  /** Where several nodes write into one server: those there were at the start and those that came through this node since; the others' are in it after the next start. */
  readings: number
  bytes: number
  /** Readings added and not yet durable. */
  queued: number
}

/** Named limits of the port: edges of one bucket query, readings of one page, characters of a text value. */
export const MAX_EDGES = 2_001
export const MAX_PAGE_READINGS = 100_000
export const MAX_TEXT_CHARACTERS = 1_024
/** Instants that the store takes: [1970, 2200). */
export const LAST_INSTANT = Date.UTC(2200, 0, 1) - 1

/**
 * Promises:
 * - `commit()` resolves only after everything added before it is durable (fsync); after that it is found by every query at once.
 *   It rejects with Failure 'store-unavailable' or 'store-full', and then none of what it covers counts as acknowledged.
 * - A store on a server that is away makes it durable in a spool on this disk instead; then it is found when the server is back and has
 *   it. Until then whatever must be complete (readings, meter readings, history) is refused with 'store-unavailable' rather than answered in part.
 * - The same series, instant and value twice is one reading (counted as duplicate); with another value the later added
 *   stands (counted as superseded) and the former is kept in `superseded()`.
 * - Order of arrival does not matter; readings of any age are taken.
 * - Damage is reported with its place and set aside; the rest stays readable.
 */
export type Telemetry = {
  /** The number of a series, made when it is new; durable with the first reading committed for it. Synchronous: it sits in the path of every message. */
  seriesOf(device: string, point: string): number
  /** The number of a series that has readings, or null. */
  findSeries(device: string, point: string): number | null
  seriesOfDevice(device: string): SeriesInfo[]
  /**
   * Takes one reading into the open batch. The value must be finite (a decimal: digits with at most one point), instants
   * safe integers in 1970–2200. Call `commit()` in the same turn of the event loop, so that it surely covers the reading.
   */
  add(series: number, at: number, value: Value, quality: Quality, receivedAt: number, simulated: boolean): void
  /** Makes durable everything added so far; calls that wait together share one write (group commit). */
  commit(): Promise<CommitResult>
  /** Newest reading by instant of each series, in the order asked. */
  latest(series: readonly number[]): Promise<(Reading | null)[]>
  /** One bucket for each pair of neighbouring edges (ascending milliseconds, at most 2,001), per series. */
  buckets(series: readonly number[], edges: readonly number[]): Promise<Bucket[][]>
  /** Raw readings with from ≤ at < to, ascending, at most `limit` (≤ 100,000); ask on from the last instant + 1. */
  readings(series: number, from: number, to: number, limit: number): Promise<Reading[]>
  meterReadings(series: number, from: number, to: number): Promise<MeterReadings>
  /** Values that a later one replaced, newest first. */
  superseded(series: number, from: number, to: number, limit: number): Promise<Superseded[]>
  /** What of a series was damaged and set aside within [from, to]; a store that leaves its keeping to a server has no such list. */
  damaged?(series: number, from: number, to: number): Promise<DamagedSpan[]>
  /** Drops raw readings older than `before`, taken down to the quarter-hour (quarter and hour roll-ups stay), but none of `keep` (series → kept from that instant on). */
  dropBefore(before: number, keep: ReadonlyMap<number, number>): Promise<{ dropped: number }>
  state(): TelemetryState
  /** What has come in since a mark (domain/metering/arrivals.ts); absent where others write into the store too. */
  arrivals?: Arrivals
  /** Writes a consistent copy into a folder while running; everything acknowledged before the call is in it. */
  backup(folder: string): Promise<void>
  close(): Promise<void>
}
