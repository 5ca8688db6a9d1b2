// What did we agree, and who approved it: the text of a version in the reader's language, its approvals, one's own accounts, other versions.
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { Button } from 'suomifi-ui-components'
import type { AgreementRecorded } from '#contract/agreements.ts'
import { proposalsQuery, textQuery } from '#dashboard/client/agreement-queries.ts'
import { agreementQuery } from '#dashboard/client/queries.ts'
import { AppLink, useAddress, useGo } from '#dashboard/components/AppLink.tsx'
import { Name, OrganisationName } from '#dashboard/components/Name.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { useVersionPeriod } from '#dashboard/components/version-period.ts'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { ProposalTable } from './AgreementList.tsx'
import { ApprovalTable } from './ApprovalTable.tsx'
import { TextView } from './TextView.tsx'

type Version = AgreementRecorded['versions'][number]

export const AgreementPage = () => {
  const { id = '' } = useParams()
  const agreement = useQuery(agreementQuery(id))
  return <PageWhenLoaded query={agreement}>{(data) => <Shown agreement={data} />}</PageWhenLoaded>
}

const Shown = ({ agreement }: { agreement: AgreementRecorded }) => {
  const { text, language } = useText()
  const words = useWords(agreementPages)
  const period = useVersionPeriod()
  const { nameOf } = usePremisesNames()
  const session = useSession()
  const go = useGo()
  const { get, set } = useAddress()
  const newestFirst = agreement.versions.toSorted((a, b) => b.version - a.version)
  const inForce = agreement.states.find((one) => one.inForce)?.version
  const chosen =
    newestFirst.find(({ version }) => String(version) === get('version')) ??
    newestFirst.find(({ version }) => version === inForce) ??
    newestFirst[0]
  const mayPropose = session.organisation !== null && hasRole(session, 'controller', 'manager')
  return (
    <Page
      title={pickName(agreement.name, language, agreement.id).text}
      heading={<Name names={agreement.name} id={agreement.id} />}
      crumbs={[{ to: '/agreements', text: text.nav.agreements }]}
      lead={<AppLink to={`/premises/${agreement.premises}`}>{nameOf(agreement.premises)}</AppLink>}
      actions={
        mayPropose ? (
          <Button onClick={() => void go(`/agreements/new?premises=${agreement.premises}&agreement=${agreement.id}`)}>
            {words.newProposal}
          </Button>
        ) : undefined
      }
    >
      <OpenProposals agreement={agreement.id} />
      {chosen === undefined ? null : (
        <>
          <Panel>
            <Row $gap={3} $end $spread>
              <Row $gap={3} $end>
                <Select
                  label={words.versionShown}
                  value={String(chosen.version)}
                  options={newestFirst.map((one) => ({
                    value: String(one.version),
                    text: `${text.agreements.version(one.version)}: ${period(agreement, one)}`,
                  }))}
                  onChange={(version) => set({ version })}
                />
                <VersionMark agreement={agreement} version={chosen} />
              </Row>
              {newestFirst.length < 2 ? null : (
                <AppLink to={`/agreements/${agreement.id}/compare`}>{words.compareVersions}</AppLink>
              )}
            </Row>
          </Panel>
          <VersionText agreement={agreement} version={chosen} />
        </>
      )}
    </Page>
  )
}

const VersionMark = ({ agreement, version }: { agreement: AgreementRecorded; version: Version }) => {
  const state = agreement.states.find((one) => one.version === version.version)
  const incomplete = (state?.missing ?? []).length > 0
  return <StateMark state={state?.inForce === true ? 'inForce' : incomplete ? 'incomplete' : 'notInForce'} />
}

const OpenProposals = ({ agreement }: { agreement: string }) => {
  const words = useWords(agreementPages)
  const proposals = useQuery(proposalsQuery(agreement))
  const open = (proposals.data?.items ?? []).filter(({ state }) => state === 'draft' || state === 'proposed')
  if (open.length === 0) return null
  return (
    <Panel>
      <Stack>
        <h2>{words.proposals}</h2>
        <ProposalTable items={open} />
      </Stack>
    </Panel>
  )
}

const VersionText = ({ agreement, version }: { agreement: AgreementRecorded; version: Version }) => {
  const { language } = useText()
  const words = useWords(agreementPages)
  const text = useQuery(textQuery({ agreement: agreement.id, number: version.version }, language))
  const missing = agreement.states.find((one) => one.version === version.version)?.missing ?? []
  return (
    <>
      <Panel>
        <Stack>
          <h2>{words.approvals}</h2>
          <ApprovalTable approvals={version.approvals ?? []} missing={missing} premises={agreement.premises} />
        </Stack>
      </Panel>
      <Panel>
        <WhenLoaded query={text}>
          {(data) => (
            <Stack $gap={3}>
              <h2>{data.frozen ? words.textApproved : words.textNow}</h2>
              {data.frozen ? null : <Soft as="p">{words.textNowText}</Soft>}
              <TextView text={data} heading="h3" />
            </Stack>
          )}
        </WhenLoaded>
      </Panel>
      <OwnAccounts version={version} />
    </>
  )
}

const OwnAccounts = ({ version }: { version: Version }) => {
  const { text } = useText()
  const words = useWords(agreementPages)
  const { organisation } = useSession()
  if (organisation === null) return null
  const rows = (version.terms?.accounts ?? []).filter(({ party }) => party === organisation)
  return (
    <Panel>
      <Stack>
        <h2>{words.ownAccounts}</h2>
        <Soft as="p">
          <OrganisationName id={organisation} />
        </Soft>
        {rows.length === 0 ? (
          <p>{words.ownAccountsNone}</p>
        ) : (
          <DataTable
            caption={words.ownAccounts}
            quietCaption
            rows={rows}
            rowKey={({ category }) => category}
            sortWord={text.common.sorted}
            columns={[
              {
                key: 'category',
                head: words.category,
                heading: true,
                render: ({ category }) => (category === '*' ? text.rules.others : wordOf(text.categories, category)),
              },
              { key: 'account', head: words.account, render: ({ account }) => account ?? '–' },
              { key: 'costCentre', head: words.costCentre, render: ({ costCentre }) => costCentre ?? '–' },
            ]}
          />
        )}
      </Stack>
    </Panel>
  )
}
