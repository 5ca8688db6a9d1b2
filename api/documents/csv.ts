// Tables as CSV: what a spreadsheet of the language opens by itself, and text that it would run as a formula made harmless.
import { stringify } from 'csv-stringify/sync'
import type { Decimal, Language } from '#domain/registry/bundle.ts'

/** Figures are given as decimals and written with the language's comma; everything else is text. */
export type CsvCell = string | { decimal: Decimal }

/** With a byte order mark; semicolons and decimal commas in Finnish and Swedish. An apostrophe stands before = + - @ tab and CR. */
export function csvText(rows: readonly (readonly CsvCell[])[], language: Language): string {
  const comma = language !== 'en'
  const plain = rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' ? harmless(cell) : writtenDecimal(cell.decimal, comma))),
  )
  return stringify(plain, { bom: true, delimiter: comma ? ';' : ',', record_delimiter: 'windows' })
}

// The library's own way would also put an apostrophe before every amount below zero.
const harmless = (text: string): string => (/^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text)
const writtenDecimal = (decimal: Decimal, comma: boolean): string => (comma ? decimal.replace('.', ',') : decimal)
