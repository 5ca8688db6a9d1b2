// Tables as an XLSX workbook: a sheet each, amounts as numbers, dates as dates, all else as text that is never run as a formula.
import writeXlsxFile from 'write-excel-file/node'
import type { Decimal, LocalDate } from '#domain/registry/bundle.ts'

export type XlsxCell = string | { decimal: Decimal } | { part: Decimal } | { date: LocalDate }
export type XlsxSheet = { name: string; heads: readonly string[]; rows: readonly (readonly XlsxCell[])[] }

const MONEY = '#,##0.00'
const MAX_NAME = 31
const WIDTHS = { least: 12, most: 48 }

/** The bytes of the workbook. Names of sheets are made unique and free of signs that a spreadsheet forbids. */
export async function xlsxBytes(sheets: readonly XlsxSheet[]): Promise<Buffer> {
  const names = new Set<string>()
  const made = sheets.map(({ name, heads, rows }) => ({
    sheet: freeName(name, names),
    data: [
      heads.map((head) => ({ type: String, value: head, fontWeight: 'bold' as const })),
      ...rows.map((row) => row.map(cellOf)),
    ],
    columns: heads.map((head, i) => ({ width: widthOf([head, ...rows.map((row) => row[i] ?? '')]) })),
    stickyRowsCount: 1,
  }))
  return writeXlsxFile(made).toBuffer()
}

function cellOf(cell: XlsxCell) {
  if (typeof cell === 'string') return cell === '' ? null : { type: String, value: cell }
  if ('date' in cell) return { type: Date, value: new Date(`${cell.date}T00:00:00Z`), format: 'yyyy-mm-dd' }
  return 'part' in cell
    ? { type: Number, value: Number(cell.part), format: '0.00%' }
    : { type: Number, value: Number(cell.decimal), format: MONEY }
}
const widthOf = (cells: readonly XlsxCell[]): number =>
  Math.min(
    WIDTHS.most,
    Math.max(WIDTHS.least, ...cells.map((cell) => (typeof cell === 'string' ? cell.length + 2 : WIDTHS.least))),
  )

function freeName(name: string, taken: Set<string>): string {
  const plain =
    name
      .replaceAll(/[[\]:*?/\\']/g, ' ')
      .slice(0, MAX_NAME)
      .trim() || '-'
  let free = plain
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${plain.slice(0, MAX_NAME - 4)} ${n}`
  taken.add(free.toLowerCase())
  return free
}
