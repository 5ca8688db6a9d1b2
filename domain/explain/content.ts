// What a document says, without its form: headings, facts, notices, tables and sentences. It is written as HTML, PDF, XLSX or CSV.
import type { Decimal, Language, LocalDate } from '#domain/registry/bundle.ts'
import type { Sentence } from './sentences.ts'

/** A cell is text to read; a figure or date behind it goes to spreadsheets as a number or date. */
export type Cell = { text: string; amount?: Decimal; fraction?: Decimal; date?: LocalDate }
export type ContentColumn = { head: string; money: boolean }
/** Caption, columns and rows; the first cell of a row is its head. */
export type ContentTable = {
  is: 'table'
  caption: string
  columns: readonly ContentColumn[]
  rows: readonly (readonly Cell[])[]
}
export type ContentFact = { name: string; value: string; code?: boolean }
export type Block =
  | { is: 'heading'; level: 2 | 3 | 4; text: string }
  | { is: 'facts'; facts: readonly ContentFact[] }
  | { is: 'notice'; text: string }
  | { is: 'text'; text: string }
  | { is: 'sentences'; sentences: readonly Sentence[] }
  | ContentTable
export type Content = {
  language: Language
  title: string
  /** Stands with the title on every page. */
  premises: string
  state: string
  /** Simulated, demonstration: on every page. */
  marks: readonly string[]
  blocks: readonly Block[]
}

type Column<R> = { head: string; money: boolean; cell: (row: R) => Cell }
export const textColumn = <R>(head: string, text: (row: R) => string): Column<R> => ({
  head,
  money: false,
  cell: (row) => ({ text: text(row) }),
})
/** An amount, or a dash where there is none. */
export const moneyColumn = <R>(
  head: string,
  amount: (row: R) => Decimal | null,
  write: (amount: Decimal) => string,
): Column<R> => ({
  head,
  money: true,
  cell: (row) => {
    const one = amount(row)
    return one === null ? { text: '–' } : { text: write(one), amount: one }
  },
})
export const partColumn = <R>(
  head: string,
  part: (row: R) => Decimal,
  write: (part: Decimal) => string,
): Column<R> => ({
  head,
  money: false,
  cell: (row) => ({ text: write(part(row)), fraction: part(row) }),
})
export const contentTable = <R>(
  caption: string,
  rows: readonly R[],
  columns: readonly Column<NoInfer<R>>[],
): ContentTable => ({
  is: 'table',
  caption,
  columns: columns.map(({ head, money }) => ({ head, money })),
  rows: rows.map((row) => columns.map(({ cell }) => cell(row))),
})
/** Facts that are there. */
export const factsOf = (rows: readonly (readonly [name: string, value: string | null | undefined])[]): Block => ({
  is: 'facts',
  facts: rows.flatMap(([name, value]) => (value == null ? [] : [{ name, value }])),
})
export const heading = (level: 2 | 3 | 4, text: string): Block => ({ is: 'heading', level, text })
