// What a month cost, who bears what, and why.
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { Button, IconPrint, InlineAlert } from 'suomifi-ui-components'
import type { SettlementDetails } from '#contract/settlements.ts'
import type { PremisesRecorded } from '#contract/premises.ts'
import { premisesQuery, settlementDetailsQuery } from '#dashboard/client/queries.ts'
import { pickName } from '#domain/writing/names.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { costWords } from '#dashboard/text/costs/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Row } from '#dashboard/ui/Layout.tsx'
import { MonthDocuments } from '#dashboard/pages/documents/MonthDocuments.tsx'
import { AddInvoice } from './AddInvoice.tsx'
import { BlockedItems } from './BlockedItems.tsx'
import { CostItems } from './CostItems.tsx'
import { DocumentLink } from './DocumentLink.tsx'
import { MonthChecks } from './MonthChecks.tsx'
import { MonthDisputes } from './MonthDisputes.tsx'
import { MonthFlow } from './MonthFlow.tsx'
import { MonthPayable } from './MonthPayable.tsx'
import { MonthProof } from './MonthProof.tsx'
import { MonthSteps } from './MonthSteps.tsx'
import { partiesOf } from './settlement-view.ts'
import { SupplierInvoices } from './SupplierInvoices.tsx'
import { Transfers } from './Transfers.tsx'
import { WhoBears } from './WhoBears.tsx'

export const CostMonth = () => {
  const { premises = '', month = '' } = useParams()
  const known = useQuery(premisesQuery(premises))
  const details = useQuery(settlementDetailsQuery(premises, month))
  return (
    <PageWhenLoaded query={known}>
      {(data) => (
        <PageWhenLoaded query={details}>{(found) => <Month premises={data} details={found} />}</PageWhenLoaded>
      )}
    </PageWhenLoaded>
  )
}

const Month = ({ premises, details }: { premises: PremisesRecorded; details: SettlementDetails }) => {
  const { text, format, language } = useText()
  const words = useWords(costWords)
  const { settlement } = details
  const name = pickName(premises.name, language, premises.id).text
  return (
    <Page
      title={text.costs.monthOf(name, format.month(settlement.period))}
      crumbs={[
        { to: '/costs', text: text.nav.costs },
        { to: `/costs/${premises.id}`, text: name },
      ]}
      marks={
        <>
          <StateMark state={settlement.status} />
          {details.simulated ? <StateMark state="simulated" /> : null}
        </>
      }
      actions={
        <Row className="no-print">
          <Button variant="secondary" icon={<IconPrint />} onClick={() => window.print()}>
            {text.common.print}
          </Button>
          <AddInvoice premises={premises.id} />
          <AppLink to={`/costs/${premises.id}/compare?after=${settlement.period}`}>{words.compareMonth}</AppLink>
          <DocumentLink premises={premises.id} period={settlement.period} />
        </Row>
      }
    >
      {details.simulated ? (
        <InlineAlert smallScreen>
          {text.costs.simulatedText} {details.demonstration ? text.frame.demonstrationText : ''}
        </InlineAlert>
      ) : null}
      <BlockedItems details={details} />
      <MonthSteps details={details} timeZone={premises.timeZone} />
      {settlement.status === 'draft' ? <MonthChecks details={details} timeZone={premises.timeZone} /> : null}
      <SupplierInvoices details={details} />
      <MonthDisputes details={details} timeZone={premises.timeZone} />
      <MonthPayable details={details} />
      <WhoBears details={details} agreed={premises.summary.parties} />
      <MonthFlow
        premises={premises.id}
        month={settlement.period}
        parties={partiesOf(settlement, premises.summary.parties)}
      />
      <CostItems details={details} agreed={premises.summary.parties} />
      <Transfers settlement={settlement} />
      <MonthDocuments settlement={settlement} />
      {settlement.status === 'issued' ? <MonthChecks details={details} timeZone={premises.timeZone} /> : null}
      {settlement.digest === null ? null : (
        <MonthProof
          premises={premises.id}
          period={settlement.period}
          digest={settlement.digest}
          parties={settlement.statements.map(({ party }) => party)}
          timeZone={premises.timeZone}
        />
      )}
    </Page>
  )
}
