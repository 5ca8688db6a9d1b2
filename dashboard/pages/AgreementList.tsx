// All agreements that the session sees.
import { useQuery } from '@tanstack/react-query'
import type { AgreementRecorded } from '#contract/agreements.ts'
import { agreementsQuery } from '#dashboard/client/queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { PartyList } from '#dashboard/components/PartyNames.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { StateMark, type StateWord } from '#dashboard/components/StateMark.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel } from '#dashboard/ui/Layout.tsx'

export const AgreementList = () => {
  const { text } = useText()
  const { nameOf } = usePremisesNames()
  const agreements = useQuery(agreementsQuery())
  return (
    <Page title={text.agreements.title}>
      <Panel>
        <WhenLoaded query={agreements}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={text.agreements.none} step={text.agreements.noneStep} />
            ) : (
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
                  {
                    key: 'parties',
                    head: text.agreements.parties,
                    render: ({ parties }) => <PartyList parties={parties} />,
                  },
                  {
                    key: 'state',
                    head: text.costs.state,
                    render: (agreement) => <StateMark state={stateOf(agreement)} />,
                  },
                ]}
              />
            )
          }
        </WhenLoaded>
      </Panel>
    </Page>
  )
}

const stateOf = ({ states }: AgreementRecorded): StateWord => {
  if (states.some(({ inForce }) => inForce)) return 'inForce'
  return states.some(({ missing }) => missing.length > 0) ? 'incomplete' : 'notInForce'
}
