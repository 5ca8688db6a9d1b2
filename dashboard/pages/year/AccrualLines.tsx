// The lines of an accrual voucher: what, why, how much, and what the closed month came to.
import { Button } from 'suomifi-ui-components'
import type { AccrualShown } from '#contract/accruals.ts'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { yearWords } from '#dashboard/text/year/words.ts'
import { DataTable, type Column } from '#dashboard/ui/DataTable.tsx'
import { Figures, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { wordOf } from '#domain/writing/word-of.ts'

type Line = AccrualShown['lines'][number]
type Props = { accrual: AccrualShown; leaveOut?: (key: string) => void; takeIn?: (key: string) => void }
export const AccrualLines = ({ accrual: { lines }, leaveOut, takeIn }: Props) => {
  const { text, format } = useText()
  const words = useWords(yearWords)
  const nameOf = useOrganisationNames()
  const nameOfLine = ({ category, month }: Line) => `${wordOf(text.categories, category)}, ${format.month(month)}`
  const money = (key: 'net' | 'actual' | 'difference', head: string): Column<Line> => ({
    key,
    head,
    figures: true,
    render: (line) => (line[key] === null ? '' : <Figures>{format.money(line[key])}</Figures>),
  })
  const known = lines.some(({ actual }) => actual !== null)
  return (
    <DataTable
      caption={words.accruals}
      quietCaption
      rows={lines}
      rowKey={({ key }) => key}
      sortWord={text.common.sorted}
      columns={[
        {
          key: 'line',
          head: words.line,
          heading: true,
          render: (line) => (
            <Stack $gap={0.5}>
              <span>{nameOfLine(line)}</span>
              <Small>{line.leftOut === null ? line.text : words.leftOut(line.leftOut)}</Small>
            </Stack>
          ),
        },
        {
          key: 'counterparty',
          head: words.counterparty,
          render: ({ side, counterparty, supplier }) =>
            `${words.sides[side]}: ${counterparty === null ? (supplier ?? '') : nameOf(counterparty)}`,
        },
        { key: 'account', head: words.account, render: ({ account }) => account ?? words.noAccount },
        money('net', words.net),
        ...(known ? [money('actual', words.actual), money('difference', words.actualDifference)] : []),
        ...(leaveOut === undefined || takeIn === undefined
          ? []
          : [
              {
                key: 'do',
                act: true,
                head: words.leaveOut,
                render: (line: Line) => (
                  <Button
                    variant="secondaryNoBorder"
                    aria-label={`${line.leftOut === null ? words.leaveOut : words.takeIn}: ${nameOfLine(line)}`}
                    onClick={() => (line.leftOut === null ? leaveOut(line.key) : takeIn(line.key))}
                  >
                    {line.leftOut === null ? words.leaveOut : words.takeIn}
                  </Button>
                ),
              },
            ]),
      ]}
    />
  )
}
