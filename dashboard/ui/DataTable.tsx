// A table of facts: sortable columns, figures to the right, scrolls sideways on narrow screens within itself.
import { useMemo, useState, type ReactNode } from 'react'
import styled from 'styled-components'
import { VisuallyHidden } from './Layout.tsx'

export type Column<T> = {
  key: string
  head: string
  /** What stands in the cell. */
  cell: (row: T) => ReactNode
  /** By what the column sorts; without it the column is not sortable. */
  sort?: (row: T) => string | number | null
  /** Figures stand to the right. */
  figures?: boolean
  /** The cell that names its row. */
  heading?: boolean
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
  thead button {
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 600;
    padding: 4px 0;
    min-height: 32px;
    cursor: pointer;
    text-align: inherit;
  }
  thead button:hover {
    color: var(--link-strong);
    text-decoration: underline;
  }
`
const ARROWS = { ascending: '↑', descending: '↓' }

export const DataTable = <T,>({ caption, quietCaption = false, columns, rows, rowKey, sortWord, foot }: Props<T>) => {
  const [order, setOrder] = useState<{ key: string; direction: 'ascending' | 'descending' } | null>(null)
  const sorted = useMemo(() => sortRows(rows, columns, order), [rows, columns, order])
  return (
    <Scroller tabIndex={0} role="region" aria-label={caption}>
      <TableElement>
        <caption>{quietCaption ? <VisuallyHidden>{caption}</VisuallyHidden> : caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => {
              const direction = order?.key === column.key ? order.direction : undefined
              return (
                <th
                  key={column.key}
                  scope="col"
                  className={column.figures === true ? 'figures' : undefined}
                  aria-sort={direction}
                >
                  {column.sort === undefined ? (
                    column.head
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
        <tbody>
          {sorted.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) =>
                column.heading === true ? (
                  <th key={column.key} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={column.figures === true ? 'figures' : undefined}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {foot === undefined ? null : (
          <tfoot>
            <tr>
              {foot.map((cell, i) => {
                const column = columns[i]
                return i === 0 ? (
                  <th key={column?.key ?? i} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={column?.key ?? i} className={column?.figures === true ? 'figures' : undefined}>
                    {cell}
                  </td>
                )
              })}
            </tr>
          </tfoot>
        )}
      </TableElement>
    </Scroller>
  )
}

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
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right)
    return sign * String(left).localeCompare(String(right), undefined, { numeric: true })
  })
}
