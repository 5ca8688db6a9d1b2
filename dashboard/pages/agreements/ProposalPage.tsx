// One proposal: where it stands, what it changes, the text that is approved, and the steps that this session may take.
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { InlineAlert } from 'suomifi-ui-components'
import type { ProposalShown } from '#contract/proposals.ts'
import { comparisonQuery, proposalQuery, textQuery } from '#dashboard/client/agreement-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { whatIfWords } from '#dashboard/text/what-if/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { ApprovalTable } from './ApprovalTable.tsx'
import { Differences } from './Differences.tsx'
import { ProblemList, WarningList } from './ProposalNotes.tsx'
import { PROPOSAL_MARKS } from './proposal-marks.ts'
import { ProposalSteps } from './ProposalSteps.tsx'
import { TextView } from './TextView.tsx'

export const ProposalPage = () => {
  const { id = '' } = useParams()
  const proposal = useQuery(proposalQuery(id))
  return <PageWhenLoaded query={proposal}>{(data) => <Shown proposal={data} />}</PageWhenLoaded>
}

const Shown = ({ proposal }: { proposal: ProposalShown }) => {
  const { text, format, language } = useText()
  const words = useWords(agreementPages)
  const whatIf = useWords(whatIfWords)
  const { nameOf } = usePremisesNames()
  const wording = useQuery(textQuery({ proposal: proposal.id }, language))
  const comparison = useQuery(comparisonQuery({ proposal: proposal.id }, language))
  const { state, agreement, number } = proposal
  const title = words.titleOf(pickName(proposal.name, language, agreement).text, number)
  return (
    <Page
      title={title}
      crumbs={[{ to: '/agreements', text: text.nav.agreements }]}
      marks={<StateMark state={PROPOSAL_MARKS[state]} />}
      lead={<AppLink to={`/premises/${proposal.premises}`}>{nameOf(proposal.premises)}</AppLink>}
      actions={
        <AppLink to={`/agreements/what-if?premises=${proposal.premises}&proposal=${proposal.id}&keys=agreed`}>
          {whatIf.title}
        </AppLink>
      }
    >
      <Panel>
        <Stack $gap={3}>
          <Facts
            facts={[
              [words.proposer, <OrganisationName key="proposer" id={proposal.proposer} />],
              [words.from, format.date(proposal.from)],
              ...(proposal.note === '' ? [] : [[words.note, proposal.note] as [string, string]]),
            ]}
          />
          <Ending proposal={proposal} />
          <ProblemList problems={proposal.problems} rules={proposal.content.version.rules} />
          <WarningList warnings={proposal.warnings} />
          {wording.data === undefined ? null : <ProposalSteps proposal={proposal} text={wording.data} />}
          {state === 'draft' || state === 'proposed' ? (
            <Row $gap={3}>
              <AppLink to={`/agreements/what-if?proposal=${proposal.id}`}>{words.whatIf}</AppLink>
            </Row>
          ) : null}
          {state === 'approved' ? <AppLink to={`/agreements/${agreement}`}>{words.inForceNow}</AppLink> : null}
        </Stack>
      </Panel>
      {state === 'draft' ? null : (
        <Panel>
          <Stack>
            <h2>{words.approvals}</h2>
            <ApprovalTable approvals={proposal.approvals} missing={proposal.missing} premises={proposal.premises} />
          </Stack>
        </Panel>
      )}
      <Panel>
        <Stack>
          <h2>{words.compare}</h2>
          <WhenLoaded query={comparison}>{(data) => <Differences comparison={data} />}</WhenLoaded>
        </Stack>
      </Panel>
      <Panel>
        <Stack $gap={3}>
          <h2>{state === 'approved' ? words.textApproved : words.text}</h2>
          <WhenLoaded query={wording}>{(data) => <TextView text={data} heading="h3" />}</WhenLoaded>
        </Stack>
      </Panel>
    </Page>
  )
}

const Ending = ({ proposal: { ending, state } }: { proposal: ProposalShown }) => {
  const words = useWords(agreementPages)
  const nameOf = useOrganisationNames()
  if (ending === null) return null
  const say = state === 'rejected' ? words.rejectedBy : words.withdrawnBy
  return <InlineAlert status="neutral">{say(nameOf(ending.organisation), ending.reason)}</InlineAlert>
}
