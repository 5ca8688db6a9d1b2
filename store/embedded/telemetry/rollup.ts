// Quarter-hour roll-ups: what stays of raw readings that were dropped, one row per series and UTC month.
import type { DatabaseSync } from 'node:sqlite'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { ByteReader, ByteWriter, DamagedBytes } from './bytes.ts'
import { addFigures, addRows, noFigures } from './figures.ts'
import type { Figures } from './figures.ts'
import type { Run } from './run.ts'
import { seal, unseal } from './seal.ts'
import { readValues, writeValues } from './value-column.ts'

export const QUARTER_MS = 900_000
const MAX_ROW_BYTES = 4_000_000
const ZSTD_OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 3 } }
const COLUMNS = ['min', 'max', 'sum', 'first', 'last'] as const

/** Figures by the start of their quarter. */
export type Quarters = Map<number, Figures>

export const quarterOf = (at: number): number => Math.floor(at / QUARTER_MS) * QUARTER_MS

/** The quarters of a run's readings. */
export function quartersOf(run: Run): Quarters {
  const quarters: Quarters = new Map()
  for (let start = 0; start < run.count;) {
    const from = quarterOf(run.at[start] as number)
    let end = start + 1
    while (end < run.count && (run.at[end] as number) < from + QUARTER_MS) end += 1
    const figures = noFigures()
    addRows(figures, run, start, end)
    if (figures.count > 0) quarters.set(from, figures)
    start = end
  }
  return quarters
}

/** A row of roll-ups whose bytes do not fit their checksum. */
export class DamagedRollup extends Error {
  readonly series: number
  readonly from: number
  constructor(series: number, from: number, reason: string) {
    super(reason)
    this.series = series
    this.from = from
  }
}

export class RollupTable {
  private readonly statements: ReturnType<typeof prepare>
  constructor(database: DatabaseSync) {
    this.statements = prepare(database)
  }

  /** Quarters of a series that start in [from, to), ascending. @throws DamagedRollup */
  quarters(series: number, from: number, to: number): [number, Figures][] {
    const found: [number, Figures][] = []
    for (const row of this.statements.touching.all(series, to, from)) {
      const quarters = decodeQuarters(row['body'], series, row['from_at'] as number, row['to_at'] as number)
      for (const [start, figures] of quarters) if (start >= from && start < to) found.push([start, figures])
    }
    return found
  }

  /** Adds quarters to what is there, in the open transaction. @throws DamagedRollup */
  add(series: number, quarters: Quarters): void {
    const months = Map.groupBy([...quarters], ([start]) => monthOf(start))
    for (const [month, added] of months) {
      const end = monthAfter(month)
      const all = new Map(this.quarters(series, month, end))
      for (const [start, figures] of added) {
        const former = all.get(start)
        if (former === undefined) all.set(start, figures)
        else addFigures(former, figures)
      }
      const ordered = [...all].sort(([a], [b]) => a - b)
      const last = (ordered.at(-1) as [number, Figures])[0]
      this.statements.put.run(series, month, last, encodeQuarters(ordered, series, month, last))
    }
  }
}

function prepare(database: DatabaseSync) {
  return {
    touching: database.prepare(
      'SELECT from_at, to_at, body FROM rollup WHERE series = ? AND from_at < ? AND to_at >= ? ORDER BY from_at',
    ),
    put: database.prepare(
      `INSERT INTO rollup (series, from_at, to_at, body) VALUES (?, ?, ?, ?)
       ON CONFLICT (series, from_at) DO UPDATE SET to_at = excluded.to_at, body = excluded.body`,
    ),
  }
}

const monthOf = (at: number): number => {
  const date = new Date(at)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
}

const monthAfter = (month: number): number => {
  const date = new Date(month)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
}

function encodeQuarters(quarters: readonly [number, Figures][], series: number, month: number, to: number): Uint8Array {
  const writer = new ByteWriter(1 << 14)
  writer.varint(quarters.length)
  let former = month
  for (const [start, figures] of quarters) {
    writer.varint((start - former) / QUARTER_MS)
    writer.varint(figures.count)
    writer.varint(figures.firstAt - start)
    writer.varint(figures.lastAt - start)
    writer.byte(figures.quality * 2 + (figures.simulated ? 1 : 0))
    former = start
  }
  for (const column of COLUMNS) {
    writeValues(
      writer,
      Float64Array.from(quarters, ([, figures]) => figures[column]),
      quarters.length,
    )
  }
  const packed = zstdCompressSync(writer.written(), ZSTD_OPTIONS)
  return seal(packed, [series, month, to])
}

/** @throws DamagedRollup */
export function decodeQuarters(blob: unknown, series: number, month: number, to: number): [number, Figures][] {
  try {
    return decoded(blob, series, month, to)
  } catch (cause) {
    if (cause instanceof DamagedBytes) throw new DamagedRollup(series, month, cause.message)
    throw cause
  }
}

function decoded(blob: unknown, series: number, month: number, to: number): [number, Figures][] {
  const reader = new ByteReader(unpacked(unseal(blob, [series, month, to])))
  const quarters: [number, Figures][] = []
  let start = month
  for (let left = reader.varint(); left > 0; left--) {
    start += reader.varint() * QUARTER_MS
    const figures = noFigures()
    figures.count = reader.varint()
    figures.firstAt = start + reader.varint()
    figures.lastAt = start + reader.varint()
    const marks = reader.byte()
    figures.quality = marks >> 1
    figures.simulated = (marks & 1) === 1
    quarters.push([start, figures])
  }
  const values = new Float64Array(quarters.length)
  for (const column of COLUMNS) {
    readValues(reader, values, quarters.length)
    for (const [row, [, figures]] of quarters.entries()) figures[column] = values[row] as number
  }
  return quarters
}

function unpacked(bytes: Uint8Array): Uint8Array {
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: MAX_ROW_BYTES })
  } catch {
    throw new DamagedBytes('it cannot be decompressed')
  }
}
