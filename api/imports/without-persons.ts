// What remains of a booking table when it comes in: the columns that are needed, and of a mail address only its domain.
import { matchColumns } from '#domain/imports/fields.ts'
import type { ImportTable } from '#domain/imports/import.ts'
import { USAGE_FIELDS } from '#domain/imports/usage.ts'

/** `matti.meikalainen@poliisi.fi` is `poliisi.fi`; a text without a mail address stays. */
export function organisationOf(text: string): string {
  const match = /[^\s<>@,;:"]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)/i.exec(text)
  return match === null ? text.trim() : match[1]!.toLowerCase()
}

/** A booking table without titles, notes, phones and whatever else tells of people. */
export function withoutPersons(table: ImportTable): ImportTable {
  const columns = Object.values(matchColumns(table.header, USAGE_FIELDS)).toSorted((a, b) => a - b)
  return {
    header: columns.map((column) => table.header[column] ?? ''),
    rows: table.rows.map((row) => columns.map((column) => organisationOf(row[column] ?? ''))),
    lines: table.lines,
  }
}
