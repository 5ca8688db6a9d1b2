// A file as a table, whatever it is: what it is shows in its bytes, not in its name. Each library is loaded for its own files only.
import { Failure } from '#domain/failure.ts'
import { matchColumns } from '#domain/imports/fields.ts'
import type { ImportFile, ImportKind, ImportTable } from '#domain/imports/import.ts'
import { recogniseKind } from '#domain/imports/kinds.ts'
import { USAGE_FIELDS } from '#domain/imports/usage.ts'
import { tableOfModel } from '#domain/models/read-model.ts'
import { graphOf } from '#domain/models/graph.ts'
import type { ModelLimits } from '#api/models/read-model.ts'
import { readText } from './read-text.ts'
import type { TableLimits } from './table-of.ts'
import { withoutPersons } from './without-persons.ts'

export type ReadRequest = {
  bytes: Uint8Array
  /** What the person says it is, or null to have it recognised. */
  kind: ImportKind | null
  /** Milliseconds since 1970. */
  now: number
  limits: TableLimits & Partial<ModelLimits>
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
  const form = modelForm(text, kind)
  if (form !== null) {
    // Whoever reads tables only gives no limit for models, and gets none.
    if (limits.triples === undefined)
      throw new Failure('unsupported-type', 'The file is a building model, not a table. Import it as a model.')
    const { readJsonLd, readTurtle } = await import('#api/models/read-model.ts')
    const { triples, dropped } = await (form === 'turtle'
      ? readTurtle(text, { triples: limits.triples })
      : readJsonLd(text, { triples: limits.triples }))
    const table = tableOfModel(graphOf(triples), dropped)
    if (table.rows.length > limits.rows)
      throw new Failure(
        'too-large',
        `The model makes more than ${limits.rows} rows. Split it, by building or by system.`,
      )
    return { table, form, encoding, kind: 'model' }
  }
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

/** Which form of a model the text is; null for another file. @throws Failure 'invalid-body' for a model sent as something else. */
function modelForm(text: string, kind: ImportKind | null): 'turtle' | 'json-ld' | null {
  const begin = text.slice(0, 20_000).replace(/^(?:\s+|#[^\n]*\n)+/, '')
  const form = /^[[{]/.test(begin)
    ? 'json-ld'
    : /^(?:@prefix|@base|prefix\s|base\s|<[a-z][a-z0-9+.-]*:[^<>\s]*>\s)/i.test(begin) || kind === 'model'
      ? 'turtle'
      : null
  if (form !== null && kind !== null && kind !== 'model')
    throw new Failure('invalid-body', `The file is a building model; only the kind model is read from it, not ${kind}.`)
  return form
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
