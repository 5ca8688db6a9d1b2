// What passes between the thread that uses the store and its two workers.
import type { CommitResult, SeriesInfo, TelemetryState } from '#domain/ports/telemetry.ts'
import type { FailureCode } from '#domain/failure.ts'
import type { SentColumns } from './columns.ts'

/** A row that somebody could not read. */
export type Suspect =
  | { table: 'chunk'; id: number }
  | { table: 'rollup'; series: number; from: number }
  | { table: 'superseded'; id: number }

/** Something that cannot be read: where, and why. It has been set aside, or will be when it is rewritten. */
export type Damage = { place: string; reason: string }

export type WriterOptions = { path: string; reorganiseReadings: number | null; freeBytes: number }
export type ReaderOptions = { path: string }

export type WriterRequest =
  | { kind: 'commit'; columns: SentColumns; newSeries: SeriesInfo[] }
  | { kind: 'latest'; series: Int32Array }
  | { kind: 'drop'; before: number; keep: [number, number][] }
  | { kind: 'settle' }
  | { kind: 'set-aside'; suspect: Suspect }
  | { kind: 'stop'; reason: string }
  | { kind: 'close' }

export type ReaderRequest =
  | { kind: 'buckets'; series: number[]; edges: Float64Array }
  | { kind: 'readings'; series: number; from: number; to: number; limit: number }
  | { kind: 'meter'; series: number; from: number; to: number }
  | { kind: 'superseded'; series: number; from: number; to: number; limit: number }
  | { kind: 'damaged'; series: number; from: number; to: number }
  | { kind: 'scrub' }
  | { kind: 'close' }

/** Readings of one query in columns; `flags` 255 where there is none. */
export type SentReadings = {
  at: Float64Array
  value: Float64Array
  receivedAt: Float64Array
  flags: Uint8Array
  texts: (string | undefined)[] | null
}

/** Figures of series × buckets, row by row; `count` 0 where there is none. */
export type SentBuckets = {
  min: Float64Array
  max: Float64Array
  sum: Float64Array
  first: Float64Array
  last: Float64Array
  count: Float64Array
  marks: Uint8Array
}

export type CommitAnswer = { result: CommitResult; buffer: ArrayBuffer; capacity: number }
/** `lastSeries` is the largest number ever used, also where the name was lost: it must not be given again. */
export type Opened = { series: SeriesInfo[]; lastSeries: number; readings: number }

/** An answer carries the number of its request; notices carry none. */
export type Answer = { id: number; value?: unknown; failure?: { code: FailureCode; message: string } }
export type Notice =
  | { notice: 'opened'; opened: Opened }
  | { notice: 'refused'; failure: { code: FailureCode; message: string } }
  | { notice: 'state'; state: TelemetryState['state']; reason: string | null }
  | { notice: 'damage'; damage: Damage; dropped: number }
  | { notice: 'suspect'; suspect: Suspect }
  | { notice: 'broken'; reason: string }
