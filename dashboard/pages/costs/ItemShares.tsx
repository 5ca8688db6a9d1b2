// The shares of one cost item: a bar of all, and a line for each party.
import type { Item } from '#contract/settlements.ts'
import { extentOf, ShareBar } from '#dashboard/charts/ShareBar.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { PartyName } from '#dashboard/components/PartyNames.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'

export const ItemShares = ({ item, parties }: { item: Item; parties: readonly string[] }) => {
  const { text, format } = useText()
  const nameOf = useOrganisationNames()
  const extent = extentOf(item.shares.map(({ net }) => [{ amount: net }]))
  return (
    <Panel>
      <Stack>
        <h2>{text.item.shares}</h2>
        <DataTable
          caption={text.item.shares}
          quietCaption
          rows={item.shares}
          rowKey={({ party }) => party}
          sortWord={text.common.sorted}
          columns={[
            {
              key: 'party',
              head: text.costs.party,
              heading: true,
              sort: ({ party }) => nameOf(party),
              render: ({ party }) => <PartyName id={party} index={parties.indexOf(party)} />,
            },
            {
              key: 'bar',
              head: text.device.share,
              render: ({ party, net }) => (
                <ShareBar
                  label={`${nameOf(party)}: ${format.money(net)}`}
                  pieces={[{ party, amount: net, look: parties.indexOf(party) }]}
                  extent={extent}
                />
              ),
            },
            {
              key: 'net',
              head: text.costs.net,
              figures: true,
              sort: ({ net }) => net,
              render: ({ net }) => format.money(net),
            },
          ]}
          foot={[text.common.total, '', format.money(item.net)]}
        />
      </Stack>
    </Panel>
  )
}
