// Rows of cells as a table: the first row that says something is the header, each of its names once, within the limits.
import { Failure } from '#domain/failure.ts'
import type { ImportTable } from '#domain/imports/import.ts'

export type TableLimits = { rows: number; columns: number; unpackedBytes: number }

/** @throws Failure 'too-large' beyond the limits, 'invalid-body' without a header. */
export function tableOf(rows: string[][], lines: number[], limits: TableLimits): ImportTable {
  const start = rows.findIndex((row) => row.some((cell) => cell.trim() !== ''))
  const head = rows[start]
  if (head === undefined) throw new Failure('invalid-body', 'The file is empty.')
  if (rows.length - start - 1 > limits.rows)
    throw new Failure('too-large', `The file has more than ${limits.rows} rows. Split it.`)
  if (rows.some((row) => row.length > limits.columns))
    throw new Failure(
      'too-large',
      `A row has more than ${limits.columns} columns. Take away those that are not needed.`,
    )
  const seen = new Map<string, number>()
  const header = head.map((cell, i) => {
    const name = cell.replaceAll(/\s+/g, ' ').trim().slice(0, 200) || `${i + 1}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
  return { header, rows: rows.slice(start + 1), lines: lines.slice(start + 1) }
}
