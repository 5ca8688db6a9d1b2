// Who pays whom, because the other one paid the bills.
import type { Settlement } from '#contract/settlements.ts'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { Term } from '#dashboard/components/Term.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'

export const Transfers = ({ settlement: { transfers } }: { settlement: Pick<Settlement, 'transfers'> }) => {
  const { text, format } = useText()
  return (
    <Panel>
      <Stack>
        <Row $gap={0.5}>
          <h2>{text.costs.transfers}</h2>
          <Term of="transfer" />
        </Row>
        <Soft as="p">{text.costs.transfersText}</Soft>
        {transfers.length === 0 ? (
          <p>{text.costs.noTransfers}</p>
        ) : (
          <DataTable
            caption={text.costs.transfers}
            quietCaption
            rows={transfers}
            rowKey={({ from, to }) => `${from} ${to}`}
            sortWord={text.common.sorted}
            columns={[
              {
                key: 'from',
                head: text.costs.transferFrom,
                heading: true,
                render: ({ from }) => <OrganisationName id={from} />,
              },
              { key: 'to', head: text.costs.transferTo, render: ({ to }) => <OrganisationName id={to} /> },
              { key: 'net', head: text.costs.net, figures: true, render: ({ net }) => format.money(net) },
              {
                key: 'gross',
                head: text.costs.gross,
                figures: true,
                render: ({ gross }) => <strong>{format.money(gross)}</strong>,
              },
            ]}
          />
        )}
      </Stack>
    </Panel>
  )
}
