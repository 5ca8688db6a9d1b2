// An agreement as people read it: parties, versions, rules as sentences, approvals.
import { useInfiniteQuery } from '@tanstack/react-query'
import type { AgreementRecorded } from '#contract/agreements.ts'
import { deviceListQuery } from '#dashboard/client/queries.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { Term } from './Term.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { styled } from 'styled-components'
import { pickName } from '#domain/writing/names.ts'
import { methodSentence, type RuleWords } from '#domain/writing/rule-sentence.ts'
import { useOrganisationNames } from './organisations.ts'
import { OrganisationName } from './Name.tsx'
import { PartyName } from './PartyNames.tsx'
import { usePremisesNames } from './premises-names.ts'
import { StateMark } from './StateMark.tsx'
import { useVersionPeriod } from './version-period.ts'

type Version = AgreementRecorded['versions'][number]

const RuleList = styled.dl`
  > div {
    display: grid;
    grid-template-columns: minmax(140px, 1fr) 4fr;
    gap: 0 24px;
    padding: 6px 0;
    border-bottom: 1px solid var(--line);
  }
  dt {
    font-weight: 600;
  }
  @media (max-width: 599px) {
    > div {
      grid-template-columns: 1fr;
    }
  }
`
/** `Heading`: the level below the heading that stands above the view. */
export const AgreementView = ({
  agreement,
  heading: Heading,
}: {
  agreement: AgreementRecorded
  heading: 'h2' | 'h3'
}) => {
  const { text } = useText()
  const words = useRuleWords(agreement.premises)
  const period = useVersionPeriod()
  const newestFirst = agreement.versions.toSorted((a, b) => b.version - a.version)
  return (
    <Stack $gap={3}>
      <Panel>
        <Stack>
          <Heading>{text.agreements.parties}</Heading>
          <Row as="ol" $gap={2}>
            {agreement.parties.map((id, i) => (
              <li key={id}>
                <PartyName id={id} index={i} />
              </li>
            ))}
          </Row>
          <Soft as="p">{text.agreements.partiesText}</Soft>
          {agreement.commentDays === undefined ? null : <p>{text.agreements.commentDays(agreement.commentDays)}</p>}
        </Stack>
      </Panel>
      {newestFirst.map((version) => (
        <VersionView
          key={version.version}
          version={version}
          period={period(agreement, version)}
          state={agreement.states.find((state) => state.version === version.version)}
          words={words}
          premises={agreement.premises}
          heading={Heading}
        />
      ))}
    </Stack>
  )
}

type VersionProps = {
  version: Version
  period: string
  state: AgreementRecorded['states'][number] | undefined
  words: RuleWords
  premises: string
  heading: 'h2' | 'h3'
}
const VersionView = ({ version, period, state, words, premises, heading: Heading }: VersionProps) => {
  const { text, format } = useText()
  const { timeZoneOf } = usePremisesNames()
  const missing = state?.missing ?? []
  const SubHeading = Heading === 'h2' ? 'h3' : 'h4'
  return (
    <Panel>
      <Stack>
        <Row $gap={2}>
          <Heading>{text.agreements.version(version.version)}</Heading>
          <StateMark state={state?.inForce === true ? 'inForce' : missing.length > 0 ? 'incomplete' : 'notInForce'} />
          <Soft>{period}</Soft>
        </Row>
        <Row $gap={0.5}>
          <SubHeading>{text.agreements.rules}</SubHeading>
          <Term of="allocation-key" />
        </Row>
        <RuleList>
          {version.rules.map(({ category, method }) => (
            <div key={category}>
              <dt>{category === '*' ? text.rules.others : wordOf(text.categories, category)}</dt>
              <dd>
                {/* It goes on from the name of the cost type: "Rent … is split by floor area." */}
                {methodSentence(method, words)}
                {method.by === 'metered' ? <Term of="remainder" /> : null}
              </dd>
            </div>
          ))}
        </RuleList>
        <SubHeading>{text.agreements.approvals}</SubHeading>
        {missing.length === 0 ? (
          <p>{text.agreements.allApproved}</p>
        ) : (
          <p>{text.agreements.missing(format.list(missing.map(words.party)))}</p>
        )}
        {(version.approvals ?? []).length === 0 ? null : (
          <DataTable
            caption={`${text.agreements.approvals}, ${text.agreements.version(version.version)}`}
            quietCaption
            rows={version.approvals ?? []}
            rowKey={({ organisation }) => organisation}
            sortWord={text.common.sorted}
            columns={[
              {
                key: 'party',
                head: text.costs.party,
                heading: true,
                render: ({ organisation }) => <OrganisationName id={organisation} />,
              },
              { key: 'decision', head: text.agreements.decision, render: ({ decision }) => decision ?? '–' },
              {
                key: 'at',
                head: text.agreements.approvedAt,
                render: ({ at }) => (at === undefined ? '–' : format.instant(at, timeZoneOf(premises), 'day')),
              },
            ]}
          />
        )}
      </Stack>
    </Panel>
  )
}

/** Words and names for the rules of one premises. */
export const useRuleWords = (premises: string): RuleWords => {
  const { text, format, language } = useText()
  const party = useOrganisationNames()
  const devices = useInfiniteQuery(deviceListQuery({ premises }, 200))
  const names = new Map((devices.data?.pages ?? []).flatMap(({ items }) => items).map(({ id, name }) => [id, name]))
  return {
    rules: text.rules,
    spaceTypes: text.spaceTypes,
    party,
    device: (id) => pickName(names.get(id), language, id).text,
    decimal: format.decimal,
    list: format.list,
  }
}
