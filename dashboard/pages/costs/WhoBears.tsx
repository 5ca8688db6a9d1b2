// Who bears what: one bar and one line of figures for each party.
import type { SettlementDetails } from '#contract/settlements.ts'
import { extentOf, ShareBar } from '#dashboard/charts/ShareBar.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { PartyName } from '#dashboard/components/PartyNames.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { Term } from '#dashboard/components/Term.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Row, Small, Soft, Stack, VisuallyHidden } from '#dashboard/ui/Layout.tsx'
import { ownFirst, partiesOf } from './settlement-view.ts'

export const WhoBears = ({ details, agreed }: { details: SettlementDetails; agreed: readonly string[] }) => {
  const { text, format } = useText()
  const { settlement } = details
  const nameOf = useOrganisationNames()
  const { organisation } = useSession()
  const parties = partiesOf(settlement, agreed)
  const base = `/costs/${settlement.premises}/${settlement.period}/statements`
  const extent = extentOf(settlement.statements.map(({ net }) => [{ amount: net }]))
  return (
    <Panel>
      <Stack>
        <Row $gap={0.5}>
          <h2>{text.costs.whoBears}</h2>
          <Term of="share" />
        </Row>
        {settlement.statements.length === 0 ? (
          <p>{text.costs.noMonths}</p>
        ) : (
          <DataTable
            caption={text.costs.whoBears}
            quietCaption
            rows={ownFirst(settlement.statements, organisation)}
            rowKey={({ party }) => party}
            sortWord={text.common.sorted}
            columns={[
              {
                key: 'party',
                head: text.costs.party,
                heading: true,
                sort: ({ party }) => nameOf(party),
                render: ({ party }) => (
                  <>
                    <PartyName id={party} index={parties.indexOf(party)} />
                    {party === organisation ? <Small> ({text.costs.ownFirst})</Small> : null}
                  </>
                ),
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
              {
                key: 'vat',
                head: text.costs.vat,
                figures: true,
                sort: ({ vat }) => vat,
                render: ({ vat }) => format.money(vat),
              },
              {
                key: 'gross',
                head: text.costs.gross,
                figures: true,
                sort: ({ gross }) => gross,
                render: ({ gross }) => <strong>{format.money(gross)}</strong>,
              },
              {
                key: 'statement',
                head: text.costs.statement,
                render: ({ party }) => (
                  <AppLink to={`${base}/${party}`}>
                    {text.common.show} <VisuallyHidden>{text.costs.statementOf(nameOf(party), '')}</VisuallyHidden>
                  </AppLink>
                ),
              },
            ]}
          />
        )}
        {settlement.status === 'draft' ? null : <Soft as="p">{text.costs.next[settlement.status]}</Soft>}
      </Stack>
    </Panel>
  )
}
