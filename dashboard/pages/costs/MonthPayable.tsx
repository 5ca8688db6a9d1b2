// While something is disputed: what of each party's statement and of each debt is payable now, and what waits.
import type { SettlementDetails } from '#contract/settlements.ts'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'

const NOTHING = '0.00'

export const MonthPayable = ({ details }: { details: SettlementDetails }) => {
  const words = useWords(monthWords)
  const { text, format } = useText()
  const nameOf = useOrganisationNames()
  const { settlement, payable } = details
  if (settlement.status !== 'issued' || payable.statements.every(({ disputed }) => disputed.gross === NOTHING))
    return null
  const wholeOf = (party: string) => settlement.statements.find((one) => one.party === party)?.gross ?? null
  const rows = [
    ...payable.statements.map((one) => ({
      key: one.party,
      name: nameOf(one.party),
      payable: one.payable.gross,
      disputed: one.disputed.gross,
      whole: wholeOf(one.party),
    })),
    ...payable.transfers.map(({ from, to, ...one }) => ({
      key: `${from} ${to}`,
      name: words.transferOf(nameOf(from), nameOf(to)),
      payable: one.payable.gross,
      disputed: one.disputed.gross,
      whole: settlement.transfers.find((all) => all.from === from && all.to === to)?.gross ?? null,
    })),
  ]
  return (
    <Panel>
      <Stack>
        <h2>{words.payable}</h2>
        <Soft as="p">{words.payableText}</Soft>
        <DataTable
          caption={words.payable}
          quietCaption
          rows={rows}
          rowKey={({ key }) => key}
          sortWord={text.common.sorted}
          columns={[
            { key: 'name', head: text.costs.party, heading: true, render: ({ name }) => name },
            {
              key: 'payable',
              head: words.payableNow,
              figures: true,
              render: (row) => <strong>{format.money(row.payable)}</strong>,
            },
            { key: 'disputed', head: words.disputedPart, figures: true, render: (row) => format.money(row.disputed) },
            { key: 'whole', head: text.costs.gross, figures: true, render: (row) => format.money(row.whole) },
          ]}
        />
      </Stack>
    </Panel>
  )
}
