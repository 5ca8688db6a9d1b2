// Two texts side by side: only the clauses that came, went or changed, each in whole sentences.
import { IconEdit, IconMinus, IconPlus } from 'suomifi-ui-components'
import type { ClauseDifference, Comparison } from '#contract/proposals.ts'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'

export const Differences = ({ comparison }: { comparison: Comparison }) => {
  const words = useWords(agreementPages)
  if (comparison.before === null) return <p>{words.noBefore}</p>
  if (comparison.differences.length === 0) return <p>{words.same}</p>
  const title = words.comparedWith(comparison.before, comparison.after)
  const matrix = comparison.differences.filter(({ part }) => part === 'responsibility')
  if (matrix.length < MATRIX_ROWS_SHOWN) return <DifferenceTable title={title} rows={comparison.differences} />
  return (
    <Stack>
      <DifferenceTable title={title} rows={comparison.differences.filter(({ part }) => part !== 'responsibility')} />
      <Fold summary={words.matrixChanges(matrix.length)}>
        <DifferenceTable title={words.matrix} rows={matrix} />
      </Fold>
    </Stack>
  )
}

/** A long matrix would bury the rules: more changed rows than these are folded. */
const MATRIX_ROWS_SHOWN = 6

const DifferenceTable = ({ title, rows }: { title: string; rows: readonly ClauseDifference[] }) => {
  const words = useWords(agreementPages)
  const { text } = useText()
  return (
    <DataTable
      caption={title}
      rows={rows}
      rowKey={({ part, key }) => `${part} ${key}`}
      sortWord={text.common.sorted}
      columns={[
        {
          key: 'clause',
          head: words.clause,
          heading: true,
          render: (difference) => (
            <>
              <strong>{difference.label}</strong>
              <Kind difference={difference} />
            </>
          ),
        },
        { key: 'before', head: words.before, prose: true, render: ({ before }) => before ?? '–' },
        { key: 'after', head: words.after, prose: true, render: ({ after }) => after ?? '–' },
      ]}
    />
  )
}

const Kind = ({ difference: { before, after } }: { difference: ClauseDifference }) => {
  const words = useWords(agreementPages)
  const [Icon, word] =
    before === null ? [IconPlus, words.added] : after === null ? [IconMinus, words.removed] : [IconEdit, words.changed]
  return (
    <Soft>
      <Row as="span" $gap={1}>
        <Icon aria-hidden="true" />
        {word}
      </Row>
    </Soft>
  )
}
