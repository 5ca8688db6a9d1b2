// Which readings of a series were damaged and set aside: what the places of their chunks say (set-aside.ts).
import type { DatabaseSync } from 'node:sqlite'
import type { DamagedSpan } from '#domain/ports/telemetry.ts'

/** Spans of one answer; more are no damage but a ruin. */
const MAX_SPANS = 1_000
const PLACE = /^chunk \d+ of series \d+, (\S+Z) to (\S+Z), (\d+) readings$/

/** The spans that touch [from, to], in the order in which they were found. */
export function readDamaged(
  database: DatabaseSync,
  { series, from, to }: { series: number; from: number; to: number },
): DamagedSpan[] {
  const rows = database
    .prepare(`SELECT place FROM damaged WHERE place LIKE 'chunk % of series ' || ? || ', %' ORDER BY id LIMIT ?`)
    .all(String(series), MAX_SPANS)
  return rows
    .flatMap((row): DamagedSpan[] => {
      const [, first, last, count] = PLACE.exec(String(row['place'])) ?? []
      if (first === undefined || last === undefined) return []
      return [{ from: Date.parse(first), to: Date.parse(last), readings: Number(count) }]
    })
    .filter((span) => span.from <= to && span.to >= from)
}
