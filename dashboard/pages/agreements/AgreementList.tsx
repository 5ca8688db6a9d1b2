// Agreements that the session sees, and proposals: what waits for one's own organisation stands first.
import { useQuery } from '@tanstack/react-query'
import { styled } from 'styled-components'
import type { AgreementRecorded } from '#contract/agreements.ts'
import type { ProposalRow } from '#contract/proposals.ts'
import { proposalsQuery } from '#dashboard/client/agreement-queries.ts'
import { agreementsQuery } from '#dashboard/client/queries.ts'
import { AppLink, useGo } from '#dashboard/components/AppLink.tsx'
import { Name, OrganisationName } from '#dashboard/components/Name.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { PartyList } from '#dashboard/components/PartyNames.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { StateMark, type StateWord } from '#dashboard/components/StateMark.tsx'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { whatIfWords } from '#dashboard/text/what-if/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { Button } from 'suomifi-ui-components'
import { PROPOSAL_MARKS } from './proposal-marks.ts'

const Waits = styled.strong`
  color: var(--link-strong);
`

export const AgreementList = () => {
  const { text } = useText()
  const words = useWords(agreementPages)
  const whatIf = useWords(whatIfWords)
  const session = useSession()
  const go = useGo()
  const proposals = useQuery(proposalsQuery())
  const agreements = useQuery(agreementsQuery())
  const mayPropose = session.organisation !== null && hasRole(session, 'controller', 'manager')
  return (
    <Page
      title={text.agreements.title}
      actions={
        mayPropose ? (
          <Row>
            <AppLink to="/agreements/what-if">{whatIf.title}</AppLink>
            <Button onClick={() => void go('/agreements/new')}>{words.newProposal}</Button>
          </Row>
        ) : undefined
      }
    >
      <Panel>
        <Stack>
          <h2>{words.proposals}</h2>
          <WhenLoaded query={proposals}>
            {({ items }) => {
              const open = items.filter(({ state }) => state === 'draft' || state === 'proposed')
              return open.length === 0 ? <Empty title={words.noProposals} /> : <ProposalTable items={open} />
            }}
          </WhenLoaded>
        </Stack>
      </Panel>
      <Panel>
        <Stack>
          <h2>{words.standing}</h2>
          <WhenLoaded query={agreements}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title={text.agreements.none} step={text.agreements.noneStep} />
              ) : (
                <AgreementTable items={items} />
              )
            }
          </WhenLoaded>
        </Stack>
      </Panel>
    </Page>
  )
}

export const ProposalTable = ({ items }: { items: readonly ProposalRow[] }) => {
  const { text, format, language } = useText()
  const words = useWords(agreementPages)
  const { nameOf } = usePremisesNames()
  const partyName = useOrganisationNames()
  const rank = ({ may }: ProposalRow): number => (may.approve ? 0 : may.propose ? 1 : 2)
  return (
    <DataTable
      caption={words.proposals}
      quietCaption
      rows={items.toSorted((a, b) => rank(a) - rank(b))}
      rowKey={({ id }) => id}
      sortWord={text.common.sorted}
      columns={[
        {
          key: 'proposal',
          head: words.proposal,
          heading: true,
          render: ({ id, name, agreement, number }) => (
            <AppLink to={`/agreements/proposals/${id}`}>
              {words.titleOf(pickName(name, language, agreement).text, number)}
            </AppLink>
          ),
        },
        { key: 'premises', head: text.agreements.premises, render: ({ premises }) => nameOf(premises) },
        { key: 'proposer', head: words.proposer, render: ({ proposer }) => <OrganisationName id={proposer} /> },
        { key: 'from', head: words.from, sort: ({ from }) => from, render: ({ from }) => format.date(from) },
        { key: 'state', head: text.costs.state, render: ({ state }) => <StateMark state={PROPOSAL_MARKS[state]} /> },
        {
          key: 'waits',
          head: words.waits,
          render: ({ may, missing }) =>
            may.approve ? <Waits>{words.waitsForYou}</Waits> : format.list(missing.map(partyName)) || '–',
        },
      ]}
    />
  )
}

const AgreementTable = ({ items }: { items: readonly AgreementRecorded[] }) => {
  const { text } = useText()
  const { nameOf } = usePremisesNames()
  return (
    <DataTable
      caption={text.agreements.title}
      quietCaption
      rows={items}
      rowKey={({ id }) => id}
      sortWord={text.common.sorted}
      columns={[
        {
          key: 'name',
          head: text.agreements.agreement,
          heading: true,
          render: ({ id, name }) => (
            <AppLink to={`/agreements/${id}`}>
              <Name names={name} id={id} />
            </AppLink>
          ),
        },
        {
          key: 'premises',
          head: text.agreements.premises,
          sort: ({ premises }) => nameOf(premises),
          render: ({ premises }) => <AppLink to={`/premises/${premises}`}>{nameOf(premises)}</AppLink>,
        },
        { key: 'parties', head: text.agreements.parties, render: ({ parties }) => <PartyList parties={parties} /> },
        { key: 'state', head: text.costs.state, render: (agreement) => <StateMark state={stateOf(agreement)} /> },
      ]}
    />
  )
}

const stateOf = ({ states }: AgreementRecorded): StateWord => {
  if (states.some(({ inForce }) => inForce)) return 'inForce'
  return states.some(({ missing }) => missing.length > 0) ? 'incomplete' : 'notInForce'
}
