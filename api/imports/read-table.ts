// A file as a table, whatever it is: what it is shows in its bytes, not in its name. Each library is loaded for its own files only.
import { Failure } from '#domain/failure.ts'
import { matchColumns } from '#domain/imports/fields.ts'
import type { ImportFile, ImportKind, ImportTable } from '#domain/imports/import.ts'
import { recogniseKind } from '#domain/imports/kinds.ts'
import { USAGE_FIELDS } from '#domain/imports/usage.ts'
import { readText } from './read-text.ts'
import type { TableLimits } from './table-of.ts'
import { withoutPersons } from './without-persons.ts'

export type ReadRequest = {
  bytes: Uint8Array
  /** What the person says it is, or null to have it recognised. */
  kind: ImportKind | null
  /** Milliseconds since 1970. */
  now: number
  limits: TableLimits
}
export type ReadTable = {
  table: ImportTable
  form: ImportFile['form']
  encoding: string | null
  kind: ImportKind | null
}

/** @throws Failure 'invalid-body', 'too-large' or 'unsupported-type' with what is wrong with the file and how to mend it. */
export async function readTable({ bytes, kind, now, limits }: ReadRequest): Promise<ReadTable> {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const { readXlsx } = await import('./read-xlsx.ts')
    const table = await readXlsx(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), limits)
    return reduced({ table, form: 'xlsx', encoding: null, kind: kind ?? recogniseKind(table.header, table.rows[0]) })
  }
  const { text, encoding } = readText(bytes)
  const start = text.slice(0, 1000).trimStart()
  if (start.startsWith('<')) {
    if (kind !== null && kind !== 'invoices')
      throw new Failure('invalid-body', 'The file is XML; only invoices (Finvoice, UBL) are read from it.')
    const { readInvoiceXml } = await import('./read-invoice-xml.ts')
    return { table: readInvoiceXml(text), form: 'xml', encoding, kind: 'invoices' }
  }
  if (/^BEGIN:VCALENDAR/i.test(start)) {
    if (kind !== null && kind !== 'usage')
      throw new Failure('invalid-body', 'The file is a calendar; only bookings (usage) are read from it.')
    const { readIcs } = await import('./read-ics.ts')
    return { table: readIcs(text, now, limits), form: 'ics', encoding, kind: 'usage' }
  }
  const { readCsv } = await import('./read-csv.ts')
  const table = readCsv(text, limits)
  return reduced({ table, form: 'csv', encoding, kind: kind ?? recogniseKind(table.header, table.rows[0]) })
}

/** Bookings tell of people: only the columns that are needed come in at all. */
function reduced(read: ReadTable): ReadTable {
  if (read.kind !== 'usage') return read
  const columns = matchColumns(read.table.header, USAGE_FIELDS)
  if (columns['from'] === undefined)
    throw new Failure(
      'invalid-body',
      'No column of the file is recognised as the start of a booking. Name the columns huone, järjestäjä, alkaa and päättyy (or room, organiser, start, end); others are not kept, because they may tell of people.',
    )
  return { ...read, table: withoutPersons(read.table) }
}
