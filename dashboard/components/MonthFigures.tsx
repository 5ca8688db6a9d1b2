// What each party bears of a month, and the difference to how it stands.
import type { PartyMonth } from '#contract/party-changes.ts'
import { partyWords } from '#dashboard/text/parties/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Figures, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Difference } from './Difference.tsx'

type Props = { title: string; month: PartyMonth; nameOf: (id: string) => string; lead?: string }
export const MonthFigures = ({ title, month, nameOf, lead }: Props) => {
  const words = useWords(partyWords)
  const { text, format } = useText()
  return (
    <Stack>
      <h3>{title}</h3>
      {lead === undefined ? null : <Soft as="p">{lead}</Soft>}
      <DataTable
        caption={title}
        quietCaption
        rows={month.parties}
        rowKey={({ party }) => party}
        sortWord={text.common.sorted}
        columns={[
          { key: 'party', head: words.party, heading: true, render: ({ party }) => nameOf(party) },
          { key: 'net', head: words.net, figures: true, render: ({ net }) => <Figures>{format.money(net)}</Figures> },
          {
            key: 'gross',
            head: words.gross,
            figures: true,
            render: ({ gross }) => <Figures>{format.money(gross)}</Figures>,
          },
          {
            key: 'difference',
            head: words.difference,
            figures: true,
            render: ({ netDifference }) => <Difference amount={netDifference} />,
          },
        ]}
      />
    </Stack>
  )
}
