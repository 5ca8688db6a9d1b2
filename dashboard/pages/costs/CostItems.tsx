// Every cost item by category, with the shares of the parties as a bar and as figures.
import { Button } from 'suomifi-ui-components'
import type { Item, SettlementDetails } from '#contract/settlements.ts'
import { Legend } from '#dashboard/charts/StackedMonths.tsx'
import { ShareBar } from '#dashboard/charts/ShareBar.tsx'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { itemPath } from '#dashboard/components/item-path.ts'
import { useItemName } from '#dashboard/components/ItemName.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { wordOf } from '#domain/writing/word-of.ts'
import { Term } from '#dashboard/components/Term.tsx'
import { costWords } from '#dashboard/text/costs/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Figures, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { itemsByCategory, partiesOf } from './settlement-view.ts'

export const CostItems = ({ details, agreed }: { details: SettlementDetails; agreed: readonly string[] }) => {
  const { text, format } = useText()
  const { settlement } = details
  const itemName = useItemName(details)
  const nameOf = useOrganisationNames()
  const parties = partiesOf(settlement, agreed)
  const words = useWords(costWords)
  const { get, set } = useAddress()
  const only = settlement.items.some(({ category }) => category === get('category')) ? get('category') : null
  const items = settlement.items.filter(({ category }) => only === null || category === only)
  const rows = itemsByCategory(items, (category) => wordOf(text.categories, category)).flatMap(({ items }) => items)
  const shareOf = (item: Item, party: string) => item.shares.find((share) => share.party === party)?.net ?? null
  return (
    <Panel>
      <Stack>
        <Row $gap={0.5}>
          <h2>{text.costs.items}</h2>
          <Term of="cost-item" />
        </Row>
        <Soft as="p">{text.costs.itemsText}</Soft>
        {only === null ? null : (
          <Row>
            <strong>{words.onlyCategory(wordOf(text.categories, only))}</strong>
            <Button variant="secondaryNoBorder" onClick={() => set({ category: null })}>
              {words.showAll}
            </Button>
          </Row>
        )}
        <Legend kinds={parties.map((key, look) => ({ key, look, name: nameOf(key) }))} base="party" />
        <DataTable
          caption={text.costs.items}
          quietCaption
          rows={rows}
          rowKey={({ id }) => id}
          sortWord={text.common.sorted}
          columns={[
            {
              key: 'category',
              head: text.costs.category,
              sort: ({ category }) => wordOf(text.categories, category),
              render: ({ category }) => wordOf(text.categories, category),
            },
            {
              key: 'item',
              head: text.costs.item,
              heading: true,
              sort: itemName,
              render: (item) => (
                <Stack $gap={0.5}>
                  <AppLink to={itemPath(settlement.premises, settlement.period, item.id)}>{itemName(item)}</AppLink>
                  <Row $gap={1}>
                    <Soft>{text.costs.paidBy(nameOf(item.payer))}</Soft>
                    {item.blocked === null ? null : <StateMark state="blocked" />}
                    {item.estimated === '0' ? null : <StateMark state="estimated" />}
                    {details.acceptances.some(({ disputedItems }) => disputedItems.includes(item.id)) ? (
                      <StateMark state="disputed" />
                    ) : null}
                  </Row>
                </Stack>
              ),
            },
            {
              key: 'bar',
              head: text.device.share,
              render: (item) =>
                item.shares.length === 0 ? null : (
                  <ShareBar
                    label={item.shares.map(({ party, net }) => `${nameOf(party)}: ${format.money(net)}`).join(', ')}
                    pieces={item.shares.map(({ party, net }) => ({ party, amount: net, look: parties.indexOf(party) }))}
                  />
                ),
            },
            ...parties.map((party) => ({
              key: party,
              head: nameOf(party),
              figures: true,
              sort: (item: Item) => shareOf(item, party),
              render: (item: Item) => format.money(shareOf(item, party)),
            })),
            {
              key: 'net',
              head: text.costs.net,
              figures: true,
              sort: ({ net }) => net,
              render: ({ net }) => (
                <strong>
                  <Figures>{format.money(net)}</Figures>
                </strong>
              ),
            },
          ]}
        />
      </Stack>
    </Panel>
  )
}
