// Raw readings of a series, and values that later ones replaced, in columns.
import type { DatabaseSync } from 'node:sqlite'
import { DamagedBytes } from './bytes.ts'
import * as limits from './limits.ts'
import type { SentReadings, Suspect } from './messages.ts'
import type { Reader } from './reader.ts'
import { decodeReplaced } from './replaced.ts'
import { cut, joinRuns } from './run.ts'
import type { Run } from './run.ts'

/** Readings with from ≤ at < to, ascending, at most `limit`. */
export function readReadings(reader: Reader, series: number, from: number, to: number, limit: number): SentReadings {
  const tail = reader.tailRuns([series], from, to - 1).get(series)
  const runs: Run[] = []
  let left = limit
  for (const run of reader.runs(series, from, to - 1, tail)) {
    runs.push(run.count <= left ? run : cut(run, 0, left))
    left -= run.count
    if (left <= 0) break
  }
  const { at, value, receivedAt, flags, texts, count } = joinRuns(runs)
  // Copies, because the columns may be those of a cached chunk.
  return {
    at: at.slice(0, count),
    value: value.slice(0, count),
    receivedAt: receivedAt.slice(0, count),
    flags: flags.slice(0, count),
    texts,
  }
}

/** Replaced values of instants in [from, to), the last replaced first; `at` and when it was replaced side by side. */
export function readSuperseded(
  database: DatabaseSync,
  suspect: (suspect: Suspect) => void,
  { series, from, to, limit }: { series: number; from: number; to: number; limit: number },
): { readings: SentReadings; supersededAt: Float64Array } {
  const rows = database
    .prepare('SELECT id, at, body FROM superseded WHERE series = ? AND at >= ? AND at < ? ORDER BY id DESC LIMIT ?')
    .all(series, from, to, Math.min(limit, limits.SUPERSEDED_PAGE))
  const found = rows.flatMap((row) => {
    const at = row['at'] as number
    try {
      return [{ at, ...decodeReplaced(row['body'], series, at) }]
    } catch (cause) {
      if (!(cause instanceof DamagedBytes)) throw cause
      suspect({ table: 'superseded', id: row['id'] as number })
      return []
    }
  })
  return {
    readings: {
      at: Float64Array.from(found, ({ at }) => at),
      value: Float64Array.from(found, ({ value }) => value),
      receivedAt: Float64Array.from(found, ({ receivedAt }) => receivedAt),
      flags: Uint8Array.from(found, ({ flags }) => flags),
      texts: found.map(({ text }) => text),
    },
    supersededAt: Float64Array.from(found, ({ supersededAt }) => supersededAt),
  }
}
