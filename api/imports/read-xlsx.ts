// XLSX: the first sheet with its shown values; what it unpacks to is measured before anything reads it.
import { inflateRawSync } from 'node:zlib'
import { InvalidSpreadsheetError, readSheet } from 'read-excel-file/node'
import { Failure } from '#domain/failure.ts'
import type { ImportTable } from '#domain/imports/import.ts'
import { tableOf, type TableLimits } from './table-of.ts'

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
/** Files within the file; a workbook has some tens. */
const MAX_ENTRIES = 2_000

/** @throws Failure 'too-large' when it unpacks to more than the limit, 'invalid-body' when it is no workbook. */
export async function readXlsx(bytes: Buffer, limits: TableLimits): Promise<ImportTable> {
  checkUnpacked(bytes, limits.unpackedBytes)
  const rows = await readSheet(bytes, { parseNumber: shownNumber, trim: false }).catch((error: unknown) => {
    throw new Failure('invalid-body', 'The file is no workbook that can be read. Save it again as XLSX or CSV.', {
      cause: error instanceof InvalidSpreadsheetError ? error.message : error,
    })
  })
  const texts = rows.map((row) => row.map(textOf))
  return tableOf(
    texts,
    texts.map((_row, i) => i + 1),
    limits,
  )
}

/** A workbook keeps numbers as floats and shows 15 digits of them: 0.30000000000000004 is 0.3 to whoever wrote it. */
const shownNumber = (text: string): string => String(Number(Number(text).toPrecision(15)))

/** Days and times of a workbook know no zone: they are clock times. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) {
    const text = Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 19).replace('T', ' ')
    return text.replace(' 00:00:00', '')
  }
  return typeof cell === 'string' ? cell : typeof cell === 'boolean' || typeof cell === 'number' ? String(cell) : ''
}

/** Unpacks every entry once into nothing, with the rest of the limit as its most: what a directory claims of sizes may be a lie. */
function checkUnpacked(bytes: Buffer, limit: number): void {
  let left = limit
  for (const { method, packed } of entriesOf(bytes)) {
    if (method === 0) left -= packed.length
    else {
      try {
        left -= inflateRawSync(packed, { maxOutputLength: Math.max(1, left) }).length
      } catch (error) {
        if (!(error instanceof RangeError)) throw brokenZip()
        left = -1
      }
    }
    if (left < 0) throw new Failure('too-large', `The workbook unpacks to more than ${limit} bytes.`)
  }
}

function entriesOf(bytes: Buffer): { method: number; packed: Buffer }[] {
  let end = bytes.length - 22
  while (end >= 0 && end > bytes.length - 65_600 && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1
  if (end < 0 || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) throw brokenZip()
  const count = bytes.readUInt16LE(end + 10)
  if (count > MAX_ENTRIES) throw new Failure('too-large', `The workbook has more than ${MAX_ENTRIES} parts.`)
  const entries: { method: number; packed: Buffer }[] = []
  let at = bytes.readUInt32LE(end + 16)
  try {
    for (let i = 0; i < count; i += 1) {
      if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw brokenZip()
      const [method, size, local] = [
        bytes.readUInt16LE(at + 10),
        bytes.readUInt32LE(at + 20),
        bytes.readUInt32LE(at + 42),
      ]
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
      if (start + size > bytes.length) throw brokenZip()
      entries.push({ method, packed: bytes.subarray(start, start + size) })
      at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    }
  } catch (error) {
    throw error instanceof Failure ? error : brokenZip()
  }
  return entries
}
const brokenZip = (): Failure =>
  new Failure('invalid-body', 'The workbook is damaged. Save it again as XLSX, or as CSV.')
