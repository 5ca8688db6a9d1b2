// A table of facts: sortable columns, figures to the right, scrolls sideways on narrow screens within itself.
// Of long tables only the rows near the window are drawn, however many there are.
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react'
import { styled } from 'styled-components'
import { VisuallyHidden } from './Layout.tsx'
import { usePrinting } from './usePrinting.ts'

export type Column<T> = {
  key: string
  head: string
  /** What stands in the cell. */
  render: (row: T) => ReactNode
  /** By what the column sorts; without it the column is not sortable. */
  sort?: (row: T) => string | number | null
  /** Figures stand to the right. */
  figures?: boolean
  /** The cell that names its row. */
  heading?: boolean
  /** Sentences: on a phone they stand below the name of their column, from the left. */
  prose?: boolean
  /** Left out on a phone: what nobody looks up there. */
  wideOnly?: boolean
  /** A button or a link says itself what it does: on a phone it stands without the name of its column. */
  act?: boolean
  /** The tick box of a row: on a phone it stands beside the row's name. */
  choice?: boolean
}
type Props<T> = {
  caption: string
  /** Caption for screen readers only, where a heading says the same. */
  quietCaption?: boolean
  columns: Column<T>[]
  rows: readonly T[]
  rowKey: (row: T) => string
  sortWord: { ascending: string; descending: string }
  /** A last row of totals, as they were given. */
  foot?: ReactNode[]
}

const Scroller = styled.div`
  overflow-x: auto;
  max-width: 100%;
  position: relative;
  @media print {
    overflow: visible;
  }
`
const TableElement = styled.table`
  border-collapse: collapse;
  width: 100%;
  font-size: 16px;
  caption {
    text-align: left;
    font-weight: 600;
    padding-bottom: 8px;
  }
  caption.quiet {
    padding: 0;
    line-height: 0;
  }
  th,
  td {
    padding: 8px 16px 8px 0;
    text-align: left;
    vertical-align: top;
    border-bottom: 1px solid var(--line);
  }
  th:last-child,
  td:last-child {
    padding-right: 0;
  }
  /* A button's text breaks between its words, never within one. */
  td button {
    overflow-wrap: normal;
    word-break: normal;
  }
  td .breaks {
    overflow-wrap: anywhere;
  }
  thead th {
    font-size: 14px;
    color: var(--ink-soft);
    font-weight: 600;
    border-bottom: 1px solid var(--line-strong);
    vertical-align: bottom;
  }
  tbody th {
    font-weight: 400;
  }
  tfoot td,
  tfoot th {
    font-weight: 600;
    border-bottom: 0;
    border-top: 1px solid var(--line-strong);
  }
  .figures {
    text-align: right;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  /* Names of parties are long. */
  thead .figures {
    white-space: normal;
  }
  thead span.plain {
    display: inline-block;
    padding: 4px 0;
    line-height: 24px;
  }
  thead button {
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 600;
    padding: 4px 0;
    line-height: 24px;
    cursor: pointer;
    text-align: inherit;
  }
  thead button:hover {
    color: var(--link-strong);
    text-decoration: underline;
  }
  @media print {
    font-size: 13px;
    thead th {
      font-size: 12px;
    }
    th,
    td {
      padding: 5px 8px 5px 0;
    }
    thead span.plain {
      display: inline;
      padding: 0;
    }
    thead span.plain,
    thead button {
      line-height: inherit;
    }
    /* Nobody ticks a row on paper. */
    .choice {
      display: none;
    }
  }
  /* A table too wide for the sheet stands there as cards, too: what lies beside the sheet is lost. */
  @media print {
    &.many,
    &.many > tbody,
    &.many > tfoot {
      display: block;
    }
    &.many > thead {
      display: none;
    }
    &.many > * > tr {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 0 24px;
      padding: 8px 0;
      border-bottom: 1px solid var(--line);
    }
    &.many th,
    &.many td {
      display: flex;
      justify-content: space-between;
      gap: 8px;
      padding: 2px 0;
      border: 0;
    }
    &.many th {
      grid-column: 1 / -1;
      order: -1;
      font-weight: 600;
    }
    &.many td:empty,
    &.many td.none,
    &.many td.act,
    &.many td.choice {
      display: none;
    }
    &.many td::before {
      content: attr(data-label);
      color: var(--ink-soft);
      white-space: normal;
      text-align: left;
    }
    &.many td > div {
      flex-shrink: 0;
      max-width: 70%;
    }
  }
  /* On a phone a row is a card: the first line names it, each further line its column. Roles keep the table a table. */
  @media screen and (max-width: 599px) {
    display: block;
    caption,
    tbody,
    tfoot {
      display: block;
    }
    /* Of the heads only those that sort are seen, in rows, and of a few rows not even they, but for the keyboard. */
    thead {
      display: block;
    }
    thead th:not(:has(button)),
    thead.few:not(:focus-within),
    thead:not(:has(button)) {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    thead th {
      border: 0;
    }
    thead tr {
      flex-flow: row wrap;
      gap: 0 16px;
      padding: 0 0 8px;
    }
    thead button:not(:has(span))::after {
      content: ' ↕' / '';
    }
    tr {
      display: flex;
      flex-direction: column;
      position: relative;
      padding: 12px 0;
      border-bottom: 1px solid var(--line);
    }
    th,
    td {
      display: flex;
      justify-content: space-between;
      gap: 16px;
      padding: 2px 0;
      border: 0;
      text-align: right;
    }
    tfoot th,
    tfoot td {
      border: 0;
    }
    tbody th,
    tfoot th {
      display: block;
      order: -1;
      font-weight: 600;
      text-align: left;
    }
    td:empty,
    td:has(> div:empty),
    td.none {
      display: none;
    }
    td::before {
      content: attr(data-label);
      color: var(--ink-soft);
      font-size: 14px;
      text-align: left;
      flex: none;
      max-width: 45%;
    }
    td > * {
      min-width: 0;
    }
    td.prose {
      display: block;
      text-align: left;
    }
    td.prose::before {
      display: block;
    }
    td.wide-only {
      display: none;
    }
    td.act {
      justify-content: flex-end;
    }
    td.act::before,
    td.choice::before {
      content: none;
    }
    td.choice {
      position: absolute;
      top: 4px;
      right: 0;
    }
    tr:has(> td.choice:not(:empty)) > th {
      padding-right: 52px;
    }
  }
`
/** Said aloud, because a browser may forget that a table is one when its parts are laid out as cards. */
const ROLES = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  columnHead: { role: 'columnheader' },
  rowHead: { role: 'rowheader' },
  cell: { role: 'cell' },
}
/** More columns do not fit on a sheet. */
const PAPER_COLUMNS = 10
/** From so many rows on only those near the window are drawn. */
const VIRTUAL_FROM = 150
const ROW_PX = 64
/** Fewer rows are seen at a glance on a phone, in any order. */
const FEW_ROWS = 6
const ARROWS = { ascending: '↑', descending: '↓' }

export const DataTable = <T,>({ caption, quietCaption = false, columns, rows, rowKey, sortWord, foot }: Props<T>) => {
  const [order, setOrder] = useState<{ key: string; direction: 'ascending' | 'descending' } | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const scrolls = useScrolls(scroller)
  const sorted = useMemo(() => sortRows(rows, columns, order), [rows, columns, order])
  const body = useRef<HTMLTableSectionElement>(null)
  const drawn = useDrawnRows(body, sorted.length)
  return (
    <Scroller ref={scroller} {...(scrolls ? { tabIndex: 0, role: 'region', 'aria-label': caption } : {})}>
      <TableElement
        {...ROLES.table}
        className={columns.length > PAPER_COLUMNS ? 'many' : undefined}
        aria-rowcount={drawn.long ? sorted.length + 1 : undefined}
      >
        <caption className={quietCaption ? 'quiet' : undefined}>
          {quietCaption ? <VisuallyHidden>{caption}</VisuallyHidden> : caption}
        </caption>
        <thead {...ROLES.group} className={rows.length < FEW_ROWS ? 'few' : undefined}>
          <tr {...ROLES.row}>
            {columns.map((column) => {
              const direction = order?.key === column.key ? order.direction : undefined
              return (
                <th
                  key={column.key}
                  scope="col"
                  {...ROLES.columnHead}
                  className={column.figures === true ? 'figures' : column.choice === true ? 'choice' : undefined}
                  aria-sort={direction}
                >
                  {column.sort === undefined ? (
                    <span className="plain">{column.head}</span>
                  ) : (
                    <button
                      type="button"
                      onClick={() =>
                        setOrder({ key: column.key, direction: direction === 'ascending' ? 'descending' : 'ascending' })
                      }
                    >
                      {column.head}
                      {direction === undefined ? null : (
                        <>
                          <span aria-hidden="true"> {ARROWS[direction]}</span>
                          <VisuallyHidden> {sortWord[direction]}</VisuallyHidden>
                        </>
                      )}
                    </button>
                  )}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody ref={body} {...ROLES.group}>
          <Gap px={drawn.before} />
          {sorted.slice(drawn.first, drawn.last + 1).map((row, i) => (
            <tr
              key={rowKey(row)}
              {...ROLES.row}
              {...(drawn.long
                ? { ref: drawn.measure, 'data-index': drawn.first + i, 'aria-rowindex': drawn.first + i + 2 }
                : {})}
            >
              {columns.map((column) =>
                column.heading === true ? (
                  <th key={column.key} scope="row" {...ROLES.rowHead}>
                    {column.render(row)}
                  </th>
                ) : (
                  <Cell key={column.key} column={column} content={column.render(row)} />
                ),
              )}
            </tr>
          ))}
          <Gap px={drawn.after} />
        </tbody>
        {foot === undefined ? null : (
          <tfoot {...ROLES.group}>
            <tr {...ROLES.row}>
              {foot.map((cell, i) => {
                const column = columns[i]
                return i === 0 ? (
                  <th key={column?.key ?? i} scope="row" {...ROLES.rowHead}>
                    {cell}
                  </th>
                ) : (
                  <Cell key={column?.key ?? i} column={column} content={cell} />
                )
              })}
            </tr>
          </tfoot>
        )}
      </TableElement>
    </Scroller>
  )
}

const NOTHING = '–'

/** What stands in a cell is one block, so that on a phone its parts stay together; a dash is left out there. */
const Cell = <T,>({ column, content }: { column: Column<T> | undefined; content: ReactNode }) => (
  <td {...ROLES.cell} data-label={column?.head} className={classOf(column, content)}>
    {content === null || content === undefined || content === '' || content === false ? null : <div>{content}</div>}
  </td>
)

const classOf = <T,>(column: Column<T> | undefined, content: ReactNode): string | undefined => {
  const kind =
    column?.figures === true
      ? 'figures'
      : column?.prose === true
        ? 'prose'
        : column?.wideOnly === true
          ? 'wide-only'
          : column?.act === true
            ? 'act'
            : column?.choice === true
              ? 'choice'
              : undefined
  return content !== NOTHING ? kind : kind === undefined ? 'none' : `${kind} none`
}

/** The place of rows that are not drawn. */
const Gap = ({ px }: { px: number }) =>
  px <= 0 ? null : <tr aria-hidden="true" style={{ height: px, padding: 0, border: 0 }} />

/** Which rows are drawn, and how high the place of the others is. */
const useDrawnRows = (body: RefObject<HTMLTableSectionElement | null>, count: number) => {
  // On paper all rows stand: there is no window that they could be near.
  const isPrinting = usePrinting()
  const long = count >= VIRTUAL_FROM && !isPrinting
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    if (body.current !== null) setTop(body.current.getBoundingClientRect().top + window.scrollY)
  }, [body, long])
  // eslint-disable-next-line react/incompatible-library
  const virtual = useWindowVirtualizer({
    count,
    enabled: long,
    estimateSize: () => ROW_PX,
    overscan: 10,
    scrollMargin: top,
  })
  const items = virtual.getVirtualItems()
  const [first, last] = [items[0], items.at(-1)]
  if (!long || first === undefined || last === undefined)
    return { long, first: 0, last: long ? VIRTUAL_FROM : count, before: 0, after: 0, measure: virtual.measureElement }
  return {
    long,
    first: first.index,
    last: last.index,
    before: first.start - top,
    after: virtual.getTotalSize() - (last.end - top),
    measure: virtual.measureElement,
  }
}

/** Numbers, also those written as decimal texts, stand in order of their size. */
const isFigure = (value: string | number): boolean => typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(value)

/** The rows in the order asked; those without a value last. */
const sortRows = <T,>(
  rows: readonly T[],
  columns: Column<T>[],
  order: { key: string; direction: 'ascending' | 'descending' } | null,
): readonly T[] => {
  const by = columns.find(({ key }) => key === order?.key)?.sort
  if (order === null || by === undefined) return rows
  const sign = order.direction === 'ascending' ? 1 : -1
  return [...rows].sort((a, b) => {
    const [left, right] = [by(a), by(b)]
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1
    if (isFigure(left) && isFigure(right)) return sign * (Number(left) - Number(right))
    return sign * String(left).localeCompare(String(right), undefined, { numeric: true })
  })
}

/** Whether the table is wider than its place: only then it needs the keyboard to scroll. */
const useScrolls = (ref: RefObject<HTMLDivElement | null>): boolean => {
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const element = ref.current
    const table = element?.firstElementChild
    if (element === null || table == null) return undefined
    const observer = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth))
    observer.observe(element)
    observer.observe(table)
    return () => observer.disconnect()
  }, [ref])
  return scrolls
}
