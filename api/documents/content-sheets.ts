// A document for spreadsheets: a sheet for its facts, one per table, one for the sentences; and its shares as one CSV table.
import type { Content, ContentTable } from '#domain/explain/content.ts'
import type { CsvCell } from './csv.ts'
import type { XlsxCell, XlsxSheet } from './xlsx.ts'

/** Sheets in the order of the document; `grounds` names the one with all sentences. */
export function contentSheets(content: Content, grounds: string): XlsxSheet[] {
  const facts = content.blocks.flatMap((block) => (block.is === 'facts' ? block.facts : []))
  const notes = content.blocks.flatMap((block) => (block.is === 'notice' ? [block.text] : []))
  return [
    {
      name: content.premises,
      heads: [content.title, content.marks.join(' · ')],
      rows: [...facts.map(({ name, value }) => [name, value]), ...notes.map((note) => ['', note])],
    },
    ...tablesOf(content).map(({ caption, columns, rows }): XlsxSheet => ({
      name: caption,
      heads: columns.map(({ head }) => head),
      rows: rows.map((row) =>
        row.map(({ text, amount, fraction, date }): XlsxCell =>
          amount !== undefined
            ? { decimal: amount }
            : fraction !== undefined
              ? { part: fraction }
              : date !== undefined
                ? { date }
                : text,
        ),
      ),
    })),
    { name: grounds, heads: [grounds], rows: groundsOf(content).map((text) => [text]) },
  ]
}

/** Tables before the grounds of the items: those repeat the shares. */
function tablesOf({ blocks }: Content): ContentTable[] {
  const end = blocks.findIndex((block) => block.is === 'heading' && block.level === 3)
  return blocks.slice(0, end === -1 ? blocks.length : end).flatMap((block) => (block.is === 'table' ? [block] : []))
}
const groundsOf = ({ blocks }: Content): string[] =>
  blocks.flatMap((block) =>
    block.is === 'sentences'
      ? block.sentences.map(({ text, depth }) => `${'   '.repeat(depth)}${text}`)
      : block.is === 'heading' && block.level > 2
        ? [block.text]
        : [],
  )

/** All tables below each other, each under its caption and heads. */
export const contentCsvRows = (content: Content): CsvCell[][] => [
  [content.title, ...content.marks],
  [content.premises, content.state],
  ...tablesOf(content).flatMap(({ caption, columns, rows }): CsvCell[][] => [
    [],
    [caption],
    columns.map(({ head }) => head),
    ...rows.map((row) => row.map(({ text, amount }): CsvCell => (amount === undefined ? text : { decimal: amount }))),
  ]),
]
