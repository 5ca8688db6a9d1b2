// How far the log has been turned into chunks: the one row of the table `progress`.
import type { DatabaseSync } from 'node:sqlite'
import { ByteReader, ByteWriter, DamagedBytes } from './bytes.ts'
import { seal, unseal } from './seal.ts'

/**
 * Of the log rows up to `through`, the readings of series below `series` are in chunks; ALL_SERIES when all are.
 * `readings` is how many readings the store holds up to `through`.
 */
export type Progress = { through: number; series: number; readings: number }

export const ALL_SERIES = 2 ** 31

/** Without a row (or with a damaged one) nothing counts as reorganised: doing it again gives the same chunks. */
export const NO_PROGRESS: Progress = { through: 0, series: ALL_SERIES, readings: 0 }

export function progressStatements(database: DatabaseSync): {
  read(): Progress | 'damaged'
  write(progress: Progress): void
} {
  const select = database.prepare('SELECT body FROM progress WHERE id = 1')
  const upsert = database.prepare(
    'INSERT INTO progress (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  )
  return {
    read() {
      const row = select.get()
      if (row === undefined) return NO_PROGRESS
      try {
        const reader = new ByteReader(unseal(row['body'], []))
        return { through: reader.varint(), series: reader.varint(), readings: reader.varint() }
      } catch (cause) {
        if (cause instanceof DamagedBytes) return 'damaged'
        throw cause
      }
    },
    write({ through, series, readings }) {
      const writer = new ByteWriter(32)
      for (const number of [through, series, readings]) writer.varint(number)
      upsert.run(seal(writer.written(), []))
    },
  }
}
