// A chart as everyone can use it: keys move the cursor, the read-out is spoken, and the same numbers stand in a table and a file.
import { useId, useRef, useState, type ReactNode } from 'react'
import { Button, IconDownload } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import { formatCsv, type CsvCell } from '#dashboard/format/csv.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable, type Column } from '#dashboard/ui/DataTable.tsx'
import { downloadText } from '#dashboard/ui/download.ts'
import { Row, Small, Stack } from '#dashboard/ui/Layout.tsx'

/** A table of hundreds of rows helps nobody; the file has them all. */
const TABLE_ROWS_MAX = 200

export type ChartRow = { key: string; cells: CsvCell[]; shown: ReactNode[] }
type Props = {
  label: string
  /** Columns of table and file; the first names the row. */
  heads: { text: string; figures?: boolean }[]
  /** Made when the table is opened or the file is asked for: hundreds of instants in words cost more than the picture. */
  rows: () => ChartRow[]
  fileName: string
  notes?: string[]
  /** The chart's own keyboard, when it has a cursor. */
  keys?: {
    length: number
    moveTo: (index: number) => void
    say: (index: number) => string
    zoom: (factor: number, index: number | null) => void
    reset: () => void
    /** Moves what is shown back or forth. */
    pan?: ((direction: 1 | -1) => void) | undefined
  }
  readout?: ReactNode
  children: ReactNode
}
const Canvas = styled.div`
  border-radius: 2px;
`

export const ChartFigure = ({ label, heads, rows, fileName, notes = [], keys, readout, children }: Props) => {
  const { text, language } = useText()
  const announce = useAnnounce()
  const helpId = useId()
  const tableId = useId()
  const [tableOpen, setTableOpen] = useState(false)
  const cursor = useRef<number | null>(null)
  const move = (index: number) => {
    if (keys === undefined || keys.length === 0) return
    const bounded = Math.min(keys.length - 1, Math.max(0, index))
    cursor.current = bounded
    keys.moveTo(bounded)
    announce(keys.say(bounded))
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (keys === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const at = cursor.current ?? keys.length
    const step = event.shiftKey ? 10 : 1
    const actions: Record<string, () => void> = {
      ArrowLeft: () => move(at - step),
      ArrowRight: () => move(at + step),
      Home: () => move(0),
      End: () => move(keys.length - 1),
      '+': () => keys.zoom(0.5, cursor.current),
      '-': () => keys.zoom(2, cursor.current),
      Escape: () => keys.reset(),
      ...(keys.pan === undefined ? {} : { PageUp: () => keys.pan?.(-1), PageDown: () => keys.pan?.(1) }),
    }
    const action = actions[event.key]
    if (action === undefined) return
    event.preventDefault()
    action()
  }
  const csv = () => formatCsv(language, [heads.map((head) => head.text), ...rows().map((row) => row.cells)])
  return (
    <figure>
      <Stack $gap={1}>
        {keys === undefined ? (
          children
        ) : (
          <>
            <Canvas
              // A chart is operated by keys like a slider of many values; screen readers hand the keys on in this role.
              role="application"
              aria-roledescription={text.chart.role}
              aria-label={label}
              aria-describedby={helpId}
              tabIndex={0}
              onKeyDown={onKeyDown}
            >
              {children}
            </Canvas>
            <Small id={helpId} hidden>
              {text.chart.help}
              {keys.pan === undefined ? null : ` ${text.chart.panHelp}`}
            </Small>
          </>
        )}
        {readout}
        {notes.length === 0 ? null : <Small as="figcaption">{notes.join(' ')}</Small>}
        <Row $gap={1} className="no-print">
          <Button
            variant="secondaryNoBorder"
            aria-expanded={tableOpen}
            aria-controls={tableId}
            onClick={() => setTableOpen(!tableOpen)}
          >
            {tableOpen ? text.common.hideTable : text.common.table}
          </Button>
          <Button
            variant="secondaryNoBorder"
            icon={<IconDownload />}
            onClick={() => downloadText(`${fileName}.csv`, csv(), 'text/csv')}
          >
            {text.common.csv}
          </Button>
        </Row>
        <div id={tableId} hidden={!tableOpen}>
          {tableOpen ? <RowTable caption={text.chart.tableCaption(label)} heads={heads} rows={rows()} /> : null}
        </div>
      </Stack>
    </figure>
  )
}

const RowTable = ({ caption, heads, rows }: { caption: string; heads: Props['heads']; rows: ChartRow[] }) => {
  const { text } = useText()
  const columns: Column<ChartRow>[] = heads.map((head, i) => ({
    key: String(i),
    head: head.text,
    render: (row) => row.shown[i],
    sort: (row) => row.cells[i] ?? null,
    figures: head.figures === true,
    heading: i === 0,
  }))
  return (
    <Stack $gap={1}>
      <DataTable
        caption={caption}
        columns={columns}
        rows={rows.slice(0, TABLE_ROWS_MAX)}
        rowKey={(row) => row.key}
        sortWord={text.common.sorted}
      />
      {rows.length > TABLE_ROWS_MAX ? <Small>{text.chart.tooMany(TABLE_ROWS_MAX)}</Small> : null}
    </Stack>
  )
}
