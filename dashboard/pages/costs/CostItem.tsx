// Why this cent: one cost item, its shares, and the way to one party's share in sentences, with the consumption behind it.
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { InlineAlert } from 'suomifi-ui-components'
import type { ExplanationAnswer } from '#contract/explanation.ts'
import type { PremisesRecorded } from '#contract/premises.ts'
import type { Item, SettlementDetails } from '#contract/settlements.ts'
import { ConsumptionChart } from '#dashboard/charts/ConsumptionChart.tsx'
import { explanationQuery, premisesQuery, settlementDetailsQuery } from '#dashboard/client/queries.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { Explained } from '#dashboard/components/explain/Explained.tsx'
import { parseItemPath } from '#dashboard/components/item-path.ts'
import { useItemName } from '#dashboard/components/ItemName.tsx'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { pickName } from '#domain/writing/names.ts'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded, RefusedPage } from '#dashboard/components/PageWhenLoaded.tsx'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { useVatText } from '#dashboard/components/vat-text.ts'
import { addMonths, startOfDate } from '#dashboard/format/zone.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { partiesOf } from './settlement-view.ts'
import { ItemGround } from './ItemGround.tsx'
import { ItemShares } from './ItemShares.tsx'
import { LineAnswer } from './LineAnswer.tsx'

export const CostItem = () => {
  const { premises = '', month = '', '*': rest = '' } = useParams()
  const item = parseItemPath(rest)
  const known = useQuery(premisesQuery(premises))
  const details = useQuery(settlementDetailsQuery(premises, month))
  return (
    <PageWhenLoaded query={known}>
      {(data) => (
        <PageWhenLoaded query={details}>
          {(found) => {
            const wanted = found.settlement.items.find(({ id }) => id === item)
            if (wanted === undefined) return <RefusedPage error={new RequestError(404, 'not-found', '', item)} />
            return <Opened premises={data} details={found} item={wanted} />
          }}
        </PageWhenLoaded>
      )}
    </PageWhenLoaded>
  )
}

type Props = { premises: PremisesRecorded; details: SettlementDetails; item: Item }
const Opened = ({ premises, details, item }: Props) => {
  const { text, format, language } = useText()
  const itemName = useItemName(details)
  const vatText = useVatText()
  const words = useWords(monthWords)
  const session = useSession()
  const { period } = details.settlement
  const explanation = useQuery(explanationQuery(premises.id, period, item.id, language))
  const premisesName = pickName(premises.name, language, premises.id).text
  const parties = partiesOf(details.settlement, premises.summary.parties)
  return (
    <Page
      title={itemName(item)}
      crumbs={[
        { to: '/costs', text: text.nav.costs },
        { to: `/costs/${premises.id}`, text: premisesName },
        { to: `/costs/${premises.id}/${period}`, text: format.month(period) },
      ]}
      marks={
        <>
          {item.blocked === null ? <StateMark state={details.settlement.status} /> : <StateMark state="blocked" />}
          {isSimulated(explanation.data) ? <StateMark state="simulated" /> : null}
          {item.estimated === '0' ? null : <StateMark state="estimated" />}
        </>
      }
    >
      {item.blocked === null ? null : (
        <InlineAlert status="error" labelText={text.costs.reasons[item.blocked]}>
          {text.costs.remedies[item.blocked]}
        </InlineAlert>
      )}
      <Panel>
        <Facts
          facts={[
            [text.costs.net, <strong key="net">{format.money(item.net)}</strong>],
            [text.costs.category, wordOf(text.categories, item.category)],
            [text.device.kind, text.costs.sources[item.source]],
            [text.costs.payer, <OrganisationName key="payer" id={item.payer} />],
            [text.costs.vat, vatText(item.vat)],
            ...(item.estimated === '0'
              ? []
              : [
                  [text.states.estimated, text.costs.estimated(format.percent(item.estimated))] satisfies [
                    string,
                    string,
                  ],
                ]),
          ]}
        />
        {isCorrectable(item, details) && hasRole(session, 'controller', 'admin') ? (
          <p className="no-print">
            <AppLink to={`/costs/${premises.id}/invoices/${invoiceOf(item)}/correct`}>{words.correct}</AppLink>
          </p>
        ) : null}
      </Panel>
      <ItemGround item={item.id} />
      {item.shares.length === 0 ? null : <ItemShares item={item} parties={parties} />}
      <LineAnswer details={details} item={item.id} timeZone={premises.timeZone} />
      <WhenLoaded query={explanation}>
        {(found) => (
          <>
            <Why explanation={found} parties={parties} item={item} />
            <Behind explanation={found} premises={premises} period={period} />
          </>
        )}
      </WhenLoaded>
    </Page>
  )
}

const invoiceOf = ({ id }: Item): string => id.replace(/^invoice:/, '').replace(/@\d{4}-\d{2}-\d{2}$/, '')
/** Payer and VAT of an invoice of a closed month are credited and entered anew; of an open one the invoice itself is changed. */
const isCorrectable = ({ source }: Item, { settlement }: SettlementDetails): boolean =>
  source === 'invoice' && settlement.status === 'closed'

/** The item that is explained: of an adjustment the recomputed one. */
const explained = (explanation: ExplanationAnswer) => ('of' in explanation ? explanation.recomputed : explanation)
/** Whether the item's own meter is a simulated one. */
const isSimulated = (explanation: ExplanationAnswer | undefined): boolean => {
  const net = explanation === undefined ? undefined : explained(explanation)?.net
  return net?.kind === 'metered' && net.meter.simulated
}

type WhyProps = { explanation: ExplanationAnswer; parties: string[]; item: Item }
const Why = ({ explanation, parties, item }: WhyProps) => {
  const { text } = useText()
  const { get, set } = useAddress()
  const nameOf = useOrganisationNames()
  const { organisation } = useSession()
  const wanted = get('party')
  const party = parties.find((id) => id === wanted) ?? parties.find((id) => id === organisation) ?? parties[0] ?? ''
  return (
    <Panel>
      <Stack $gap={3}>
        <Row $spread>
          <h2>{text.item.whyTitle}</h2>
          {item.shares.length === 0 ? null : (
            <Select
              label={text.item.choose}
              value={party}
              options={parties.map((id) => ({ value: id, text: nameOf(id) }))}
              onChange={(id) => set({ party: id })}
            />
          )}
        </Row>
        {item.shares.length === 0 ? <p>{text.item.notExplained}</p> : null}
        <Explained sections={explanation.sentences ?? []} party={party} />
      </Stack>
    </Panel>
  )
}

/** The consumption that a metered cost goes by, day by day. */
const Behind = ({
  explanation,
  premises,
  period,
}: {
  explanation: ExplanationAnswer
  premises: PremisesRecorded
  period: string
}) => {
  const { text } = useText()
  const item = explained(explanation)
  if (item?.net?.kind !== 'metered') return null
  const { device, point } = item.net.meter
  const month = 'of' in explanation ? explanation.month : period
  const from = startOfDate(`${month}-01`, premises.timeZone)
  const to = startOfDate(`${addMonths(month, 1)}-01`, premises.timeZone)
  return (
    <Panel>
      <Stack>
        <Row $spread>
          <h2>{text.item.consumption}</h2>
          <AppLink to={`/devices/${device}?point=${point}&range=month&date=${month}-01`}>
            {text.item.openDevice}
          </AppLink>
        </Row>
        <ConsumptionChart
          device={device}
          point={point}
          label={text.item.consumption}
          timeZone={premises.timeZone}
          span={{ from, to }}
        />
      </Stack>
    </Panel>
  )
}
