// A table of figures, sortable by every column, and the same numbers with all their digits as a file.
import type { ReactNode } from 'react'
import { Button, IconDownload } from 'suomifi-ui-components'
import { formatCsv, type CsvCell } from '#dashboard/format/csv.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { DataTable, type Column } from '#dashboard/ui/DataTable.tsx'
import { downloadText } from '#dashboard/ui/download.ts'
import { Figures, Stack } from '#dashboard/ui/Layout.tsx'

export type FigureColumn<T> = Omit<Column<T>, 'sort'> & {
  /** What stands in the file, and by what the column sorts. */
  cell: (row: T) => CsvCell
  sort?: (row: T) => string | number | null
}
type Props<T> = {
  caption: string
  quietCaption?: boolean
  columns: FigureColumn<T>[]
  rows: readonly T[]
  rowKey: (row: T) => string
  fileName: string
  foot?: ReactNode[]
}
export const FigureTable = <T,>({ columns, fileName, ...rest }: Props<T>) => {
  const { text, language } = useText()
  const file = (): string =>
    formatCsv(language, [
      columns.map(({ head }) => head),
      ...rest.rows.map((row) => columns.map(({ cell }) => cell(row))),
    ])
  return (
    <Stack $gap={1}>
      <DataTable
        {...rest}
        sortWord={text.common.sorted}
        columns={columns.map(({ cell, ...column }) => ({ sort: cell, ...column }))}
      />
      <div className="no-print">
        <Button
          variant="secondaryNoBorder"
          icon={<IconDownload />}
          aria-label={`${text.common.csv}: ${rest.caption}`}
          onClick={() => downloadText(`${fileName}.csv`, file(), 'text/csv')}
        >
          {text.common.csv}
        </Button>
      </div>
    </Stack>
  )
}

/** A column of one figure of each row: the file has it as it came, the page as `show` writes it. */
export const figureColumn = <T,>(
  key: string,
  head: string,
  cell: (row: T) => string | null,
  show: (value: string | null) => string,
): FigureColumn<T> => ({
  key,
  head,
  figures: true,
  cell,
  render: (row) => <Figures>{show(cell(row))}</Figures>,
})
