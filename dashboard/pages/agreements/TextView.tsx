// The text of an agreement as it is approved: its parts, tables and the checksum over all languages.
import { styled } from 'styled-components'
import type { TextAnswer, TextPart } from '#contract/proposals.ts'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Small, Stack } from '#dashboard/ui/Layout.tsx'

const Hash = styled.code`
  overflow-wrap: anywhere;
`
/** Long lines tire the eye; tables take the whole width. */
const Prose = styled.div`
  max-width: 760px;
`

type Props = { text: TextAnswer; heading: 'h2' | 'h3' }
/** `heading`: the level of the titles of its parts. */
export const TextView = ({ text, heading: Heading }: Props) => {
  const words = useWords(agreementPages)
  return (
    <Stack $gap={3}>
      {text.parts.map((part) => (
        <Stack key={part.title} $gap={1}>
          <Heading>{part.title}</Heading>
          <Prose>
            {part.sentences.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </Prose>
          {part.table === null ? null : <PartTable title={part.title} table={part.table} />}
        </Stack>
      ))}
      <Stack $gap={1}>
        <Small>{words.hash}</Small>
        <Hash>{text.hash}</Hash>
        <Small>{words.hashText}</Small>
      </Stack>
    </Stack>
  )
}

/** A cell longer than this is a sentence, not a word or a figure. */
const SENTENCE_FROM = 50
type Table = NonNullable<TextPart['table']>
const PartTable = ({ title, table }: { title: string; table: Table }) => {
  const { text } = useText()
  return (
    <DataTable
      caption={title}
      quietCaption
      rows={table.rows.map((cells, i) => ({ cells, i }))}
      rowKey={({ i }) => String(i)}
      sortWord={text.common.sorted}
      columns={table.head.map((head, column) => ({
        key: String(column),
        head,
        heading: column === 0,
        prose: column > 0 && table.rows.some((cells) => (cells[column] ?? '').length > SENTENCE_FROM),
        render: ({ cells }: { cells: string[] }) => cells[column] ?? '',
      }))}
    />
  )
}
