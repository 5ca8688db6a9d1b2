// One dispute: what it is about, whose turn it is and until when, what was said, and the steps that one may take.
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import type { DisputeShown } from '#contract/disputes.ts'
import type { PremisesRecorded } from '#contract/premises.ts'
import type { SettlementDetails } from '#contract/settlements.ts'
import { disputeQuery } from '#dashboard/client/month-queries.ts'
import { premisesQuery, settlementDetailsQuery } from '#dashboard/client/queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { DisputeStateMark } from '#dashboard/components/DisputeStateMark.tsx'
import { itemPath } from '#dashboard/components/item-path.ts'
import { useItemName } from '#dashboard/components/ItemName.tsx'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { DisputeConversation } from './DisputeConversation.tsx'
import { DisputeSteps } from './DisputeSteps.tsx'

export const DisputePage = () => {
  const { id = '' } = useParams()
  const dispute = useQuery(disputeQuery(id))
  return <PageWhenLoaded query={dispute}>{(found) => <WithMonth dispute={found} />}</PageWhenLoaded>
}

const WithMonth = ({ dispute }: { dispute: DisputeShown }) => {
  const premises = useQuery(premisesQuery(dispute.premises))
  const details = useQuery(settlementDetailsQuery(dispute.premises, dispute.period))
  return (
    <PageWhenLoaded query={premises}>
      {(house) => (
        <PageWhenLoaded query={details}>
          {(month) => <Shown dispute={dispute} premises={house} details={month} />}
        </PageWhenLoaded>
      )}
    </PageWhenLoaded>
  )
}

type Props = { dispute: DisputeShown; premises: PremisesRecorded; details: SettlementDetails }
const Shown = ({ dispute, premises, details }: Props) => {
  const words = useWords(monthWords)
  const { format, language } = useText()
  const nameOf = useOrganisationNames()
  const itemName = useItemName(details)
  const { item, period, turn, dueAt, overdue, owner, outcome } = dispute
  const line = details.settlement.items.find(({ id }) => id === item) ?? null
  const name = pickName(premises.name, language, premises.id).text
  const lineName = item === null ? words.wholeMonth : itemName(line ?? { id: item, source: 'invoice' })
  const now = line?.shares.find(({ party }) => party === dispute.party)?.net ?? null
  const at = dueAt === null ? null : format.instant(dueAt, premises.timeZone)
  return (
    <Page
      title={words.disputeTitle(lineName)}
      crumbs={[{ to: `/costs/${premises.id}/${period}`, text: `${name}, ${format.month(period)}` }]}
      marks={<DisputeStateMark state={dispute.state} />}
    >
      <Panel>
        <Stack>
          {turn === null || at === null ? null : (
            <p>
              <strong>{words.turn(nameOf(turn))}</strong>
              <br />
              {(overdue ? words.late : words.dueAt)(at)}
            </p>
          )}
          <Facts
            facts={[
              [words.disputedBy, <OrganisationName key="party" id={dispute.party} />],
              [
                words.answeredBy,
                <span key="owner">
                  <OrganisationName id={owner.organisation} />, {owner.person ?? words.notTaken}
                </span>,
              ],
              [words.reason, words.reasons[dispute.reason]],
              [
                words.line,
                line === null ? (
                  item === null ? (
                    words.wholeMonth
                  ) : (
                    words.lineGone
                  )
                ) : (
                  <AppLink key="line" to={itemPath(premises.id, period, line.id)}>
                    {lineName}
                  </AppLink>
                ),
              ],
              ...(dispute.net === null
                ? []
                : [
                    [words.disputedShare, format.money(dispute.net)] satisfies [string, string],
                    [words.shareNow, line === null ? words.lineGone : format.money(now)] satisfies [string, string],
                  ]),
              ...(dispute.issue === details.issue
                ? []
                : [[words.line, words.raisedIn(String(dispute.issue))] satisfies [string, string]]),
              ...(outcome === null ? [] : [[words.outcome, words.outcomes[outcome]] satisfies [string, string]]),
            ]}
          />
        </Stack>
      </Panel>
      <DisputeConversation dispute={dispute} timeZone={premises.timeZone} />
      <DisputeSteps dispute={dispute} isIssuedAnew={details.issue > dispute.issue} />
    </Page>
  )
}
