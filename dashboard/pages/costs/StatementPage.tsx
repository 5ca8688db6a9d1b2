// One party's statement of a month: its share of every item, VAT, what it pays and gets. Made to be printed.
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { Button, IconPrint } from 'suomifi-ui-components'
import type { SettlementDetails } from '#contract/settlements.ts'
import type { PremisesRecorded } from '#contract/premises.ts'
import { premisesQuery, settlementDetailsQuery } from '#dashboard/client/queries.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { itemPath } from '#dashboard/components/item-path.ts'
import { useItemName } from '#dashboard/components/ItemName.tsx'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { pickName } from '#domain/writing/names.ts'
import { useOrganisation, useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded, RefusedPage } from '#dashboard/components/PageWhenLoaded.tsx'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { useVatText } from '#dashboard/components/vat-text.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Facts, Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { DocumentLink } from './DocumentLink.tsx'
import { itemsByCategory } from './settlement-view.ts'
import { Transfers } from './Transfers.tsx'

export const StatementPage = () => {
  const { premises = '', month = '', party = '' } = useParams()
  const known = useQuery(premisesQuery(premises))
  const details = useQuery(settlementDetailsQuery(premises, month))
  return (
    <PageWhenLoaded query={known}>
      {(data) => (
        <PageWhenLoaded query={details}>
          {(found) => <Statement premises={data} details={found} party={party} />}
        </PageWhenLoaded>
      )}
    </PageWhenLoaded>
  )
}

type Props = { premises: PremisesRecorded; details: SettlementDetails; party: string }
const Statement = ({ premises, details, party }: Props) => {
  const { text, format, language } = useText()
  const nameOf = useOrganisationNames()
  const organisation = useOrganisation(party)
  const itemName = useItemName(details)
  const vatText = useVatText()
  const { settlement } = details
  const statement = settlement.statements.find((one) => one.party === party)
  if (statement === undefined) return <RefusedPage error={new RequestError(404, 'not-found', '', party)} />
  const premisesName = pickName(premises.name, language, premises.id).text
  const inOrder = itemsByCategory(settlement.items, (category) => wordOf(text.categories, category)).flatMap(
    ({ items }) => items,
  )
  const rows = inOrder.flatMap((item) => {
    const share = item.shares.find((one) => one.party === party)
    return share === undefined ? [] : [{ item, net: share.net }]
  })
  const path = `/costs/${settlement.premises}/${settlement.period}`
  return (
    <Page
      title={text.costs.statementOf(nameOf(party), format.month(settlement.period))}
      crumbs={[
        { to: '/costs', text: text.nav.costs },
        { to: `/costs/${premises.id}`, text: premisesName },
        { to: path, text: format.month(settlement.period) },
      ]}
      marks={
        <>
          <StateMark state={settlement.status} />
          {details.simulated ? <StateMark state="simulated" /> : null}
        </>
      }
      lead={premisesName}
      actions={
        <Row className="no-print">
          <Button variant="secondary" icon={<IconPrint />} onClick={() => window.print()}>
            {text.common.print}
          </Button>
          <DocumentLink premises={premises.id} period={settlement.period} party={party} />
        </Row>
      }
    >
      <Panel>
        <Facts
          facts={[
            [text.costs.net, format.money(statement.net)],
            [text.costs.vat, format.money(statement.vat)],
            [text.costs.gross, <strong key="gross">{format.money(statement.gross)}</strong>],
            ...(organisation?.businessId === undefined
              ? []
              : [[text.statement.businessId, organisation.businessId] satisfies [string, string]]),
          ]}
        />
      </Panel>
      <Panel>
        <Stack>
          <h2>{text.costs.items}</h2>
          <DataTable
            caption={text.costs.items}
            quietCaption
            rows={rows}
            rowKey={({ item }) => item.id}
            sortWord={text.common.sorted}
            columns={[
              {
                key: 'category',
                head: text.costs.category,
                sort: ({ item }) => wordOf(text.categories, item.category),
                render: ({ item }) => wordOf(text.categories, item.category),
              },
              {
                key: 'item',
                head: text.costs.item,
                heading: true,
                render: ({ item }) => (
                  <AppLink to={`${itemPath(settlement.premises, settlement.period, item.id)}?party=${party}`}>
                    {itemName(item)}
                  </AppLink>
                ),
              },
              { key: 'payer', head: text.costs.payer, render: ({ item }) => <OrganisationName id={item.payer} /> },
              { key: 'vat', head: text.costs.vat, render: ({ item }) => vatText(item.vat) },
              {
                key: 'net',
                head: text.costs.net,
                figures: true,
                sort: ({ net }) => net,
                render: ({ net }) => format.money(net),
              },
            ]}
            foot={[text.common.total, '', '', '', format.money(statement.net)]}
          />
        </Stack>
      </Panel>
      <Transfers
        settlement={{ transfers: settlement.transfers.filter(({ from, to }) => from === party || to === party) }}
      />
    </Page>
  )
}
