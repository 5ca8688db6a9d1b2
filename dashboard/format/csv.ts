// Tables as CSV: commas and decimal points in English, semicolons and decimal commas where spreadsheets expect them.
import type { Language } from '#domain/writing/language.ts'

export type CsvCell = string | number | null

/** Rows as CSV text (RFC 4180 quoting, CRLF). Numbers and decimal strings keep all their digits; null is an empty cell. */
export const formatCsv = (language: Language, rows: readonly (readonly CsvCell[])[]): string => {
  const [separator, point] = language === 'en' ? [',', '.'] : [';', ',']
  const cell = (value: CsvCell): string => {
    if (value === null) return ''
    if (typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(value)) return String(value).replace('.', point)
    // A leading sign would be run as a formula by spreadsheet programs.
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
    return /["\r\n]/.test(safe) || safe.includes(separator) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return rows.map((row) => row.map(cell).join(separator) + '\r\n').join('')
}
