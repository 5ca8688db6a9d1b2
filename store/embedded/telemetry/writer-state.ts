// All that the writer keeps in memory of the database; load-state.ts builds it.
import type { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import type { SeriesInfo } from '#domain/ports/telemetry.ts'
import type { ChunkTable } from './chunk-table.ts'
import { DamagedChunk } from './chunk-table.ts'
import { hasText } from './flags.ts'
import type { Damage } from './messages.ts'
import type { Progress } from './progress.ts'
import type { SeriesTable } from './series-table.ts'
import type { Tail } from './tail.ts'

export type WriterState = {
  database: DatabaseSync
  /** Why nothing may be written: pages of the file are broken, and writing could make it worse. */
  broken: string | null
  chunks: ChunkTable
  series: SeriesTable
  latest: ReturnType<typeof prepareLatest>
  names: SeriesInfo[]
  tail: Tail
  progress: Progress
  nextChunkId: number
  /** Readings in the store, one per series and instant. */
  readings: number
  /** Series that have many small chunks. */
  dueMerges: Set<number>
  report: Report
}

/** Whether a slice of background work that took up so many readings is over. */
export type IsOver = (readings: number) => boolean

/** Tells damage once; `dropped` is how many readings it took from the count. */
export type Report = (damage: Damage, dropped: number) => void

/** Checksum of a row of the table `series`. */
export const nameChecksum = ({ series, device, point }: SeriesInfo): number =>
  crc32(JSON.stringify([series, device, point]))

/** Writes the row of the table `latest`; a series without any reading has none. */
export function writeLatest({ latest, series }: WriterState, number: number): void {
  if (series.newestAt[number] === -Infinity) latest.delete.run(number)
  else latest.put.run(number, series.encodeLatest(number))
}

export const prepareLatest = (database: DatabaseSync) => ({
  delete: database.prepare('DELETE FROM latest WHERE series = ?'),
  put: database.prepare(
    'INSERT INTO latest (series, body) VALUES (?, ?) ON CONFLICT (series) DO UPDATE SET body = excluded.body',
  ),
})

/** Finds the newest reading of a series again, in the last chunk that can be read. */
export function findNewest({ series, chunks }: WriterState, number: number): void {
  for (let key = chunks.atOrBefore(number, Infinity); key !== null; key = chunks.atOrBefore(number, key.from - 1)) {
    try {
      const run = chunks.run(key)
      const last = run.count - 1
      const flags = run.flags[last] as number
      const text = hasText(flags) ? run.texts?.[last] : undefined
      const [at, value, receivedAt] = [run.at[last], run.value[last], run.receivedAt[last]] as [number, number, number]
      return series.setNewest(number, at, value, flags, receivedAt, text)
    } catch (cause) {
      if (!(cause instanceof DamagedChunk)) throw cause
    }
  }
}

/** How many readings the chunks of a series hold. */
export function countReadings(database: DatabaseSync, number: number): number {
  const row = database.prepare('SELECT coalesce(sum(count), 0) AS readings FROM chunk WHERE series = ?').get(number)
  return row?.['readings'] as number
}
