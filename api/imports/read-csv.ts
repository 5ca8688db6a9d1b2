// CSV with any usual delimiter, quotes and line ends, within the limits of rows and columns.
import { CsvError, parse } from 'csv-parse/sync'
import { Failure } from '#domain/failure.ts'
import type { ImportTable } from '#domain/imports/import.ts'
import { tableOf } from './table-of.ts'
import type { TableLimits } from './table-of.ts'

const DELIMITERS = [';', ',', '\t', '|'] as const
/** Characters that one cell and one line may have: beyond, a quote was not closed. */
const CELL_CHARACTERS = 32_767
const LINE_CHARACTERS = 1_000_000

/** @throws Failure 'invalid-body' with the line where the file stops being a table. */
export function readCsv(text: string, limits: TableLimits): ImportTable {
  const rows: string[][] = []
  const lines: number[] = []
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: LINE_CHARACTERS,
      // One more than the limit, so that the limit is seen to be passed.
      to: limits.rows + 2,
      on_record: (record: string[], { lines: line }: { lines: number }) => {
        rows.push(record.map((cell) => (cell.length > CELL_CHARACTERS ? cell.slice(0, CELL_CHARACTERS) : cell)))
        lines.push(line)
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : lines.length + 1
    throw new Failure(
      'invalid-body',
      `The file is no table from line ${line} on: ${error.message}. Mend the quotes there.`,
      {
        problems: [{ pointer: `/lines/${line}`, code: error.code, message: error.message }],
      },
    )
  }
  return tableOf(rows, lines, limits)
}

/** The delimiter that splits the first lines best. */
function delimiterOf(text: string): string {
  const sample = text.slice(0, 20_000).replaceAll(/"(?:[^"]|"")*"/g, '')
  const [first = ''] = sample.split(/\r?\n|\r/).filter((line) => line.trim() !== '')
  let best: { delimiter: string; count: number } = { delimiter: ';', count: 0 }
  for (const delimiter of DELIMITERS) {
    const count = first.split(delimiter).length - 1
    if (count > best.count) best = { delimiter, count }
  }
  return best.delimiter
}
