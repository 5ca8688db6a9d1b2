// One key month by month: the difference of each party, and of an opened month its cost types.
import { styled } from 'styled-components'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { whatIfWords } from '#dashboard/text/what-if/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { wordOf } from '#domain/writing/word-of.ts'
import { Difference } from '#dashboard/components/Difference.tsx'
import type { Variant } from './WhatIfResult.tsx'

const MonthButton = styled.button`
  border: 0;
  padding: 4px 0;
  background: none;
  color: var(--link);
  font: inherit;
  text-decoration: underline;
  cursor: pointer;
  @media (pointer: coarse) {
    min-height: 44px;
  }
`
type Rows = { parties: readonly { party: string; netDifference: string }[] }
const differenceOf = ({ parties }: Rows, party: string): string | null =>
  parties.find((row) => row.party === party)?.netDifference ?? null

export const WhatIfMonths = ({ variant, nameOf }: { variant: Variant; nameOf: (id: string) => string }) => {
  const words = useWords(whatIfWords)
  const { text, format } = useText()
  const { get, set } = useAddress()
  const opened = variant.months.find(({ period }) => period === get('month'))
  const columns = variant.parties.map(({ party }) => ({
    key: party,
    head: nameOf(party),
    figures: true,
    render: (row: Rows) => <Difference amount={differenceOf(row, party)} />,
  }))
  return (
    <Stack $gap={3}>
      <DataTable
        caption={words.byMonth}
        quietCaption
        rows={variant.months}
        rowKey={({ period }) => period}
        sortWord={text.common.sorted}
        columns={[
          {
            key: 'month',
            head: text.costs.month,
            heading: true,
            render: ({ period }) => (
              <MonthButton
                type="button"
                aria-expanded={period === opened?.period}
                onClick={() => set({ month: period === opened?.period ? null : period })}
              >
                {format.month(period)}
              </MonthButton>
            ),
          },
          ...columns,
        ]}
        foot={[
          text.common.total,
          ...variant.parties.map(({ party, netDifference }) => <Difference key={party} amount={netDifference} />),
        ]}
      />
      {opened === undefined ? null : (
        <Stack>
          <h3>{words.monthTitle(format.month(opened.period))}</h3>
          <DataTable
            caption={words.monthTitle(format.month(opened.period))}
            quietCaption
            rows={opened.categories}
            rowKey={({ category }) => category}
            sortWord={text.common.sorted}
            columns={[
              {
                key: 'category',
                head: text.costs.category,
                heading: true,
                render: ({ category }) => wordOf(text.categories, category),
              },
              ...columns,
            ]}
          />
        </Stack>
      )}
    </Stack>
  )
}
