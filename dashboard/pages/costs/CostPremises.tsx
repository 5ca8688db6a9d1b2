// Which building's costs? With the last full month of each.
import { useInfiniteQuery } from '@tanstack/react-query'
import { premisesListQuery } from '#dashboard/client/queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { pickName } from '#domain/writing/names.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { PartyList } from '#dashboard/components/PartyNames.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Figures, Panel, Row } from '#dashboard/ui/Layout.tsx'

export const CostPremises = () => {
  const { text, format, language } = useText()
  const list = useInfiniteQuery(premisesListQuery(''))
  return (
    <Page title={text.costs.title} lead={text.costs.choose}>
      <Panel>
        <WhenLoaded query={list}>
          {({ pages }) => {
            const rows = pages.flatMap(({ items }) => items)
            if (rows.length === 0) return <Empty title={text.overview.noPremises} step={text.overview.noPremisesStep} />
            return (
              <DataTable
                caption={text.premises.title}
                quietCaption
                rows={rows}
                rowKey={({ id }) => id}
                sortWord={text.common.sorted}
                columns={[
                  {
                    key: 'name',
                    head: text.devices.premises,
                    heading: true,
                    sort: ({ name, id }) => pickName(name, language, id).text,
                    render: ({ id, name }) => (
                      <AppLink to={`/costs/${id}`}>
                        <Name names={name} id={id} />
                      </AppLink>
                    ),
                  },
                  {
                    key: 'parties',
                    head: text.overview.parties,
                    render: ({ parties }) => <PartyList parties={parties} />,
                  },
                  {
                    key: 'month',
                    head: text.costs.month,
                    sort: ({ month }) => month?.period ?? null,
                    render: ({ id, month }) =>
                      month === null ? (
                        '–'
                      ) : (
                        <AppLink to={`/costs/${id}/${month.period}`}>{format.month(month.period)}</AppLink>
                      ),
                  },
                  {
                    key: 'state',
                    head: text.costs.state,
                    render: ({ month }) =>
                      month === null ? null : (
                        <Row $gap={1}>
                          <StateMark state={month.status} />
                          {month.blocked > 0 ? <StateMark state="blocked" count={month.blocked} /> : null}
                        </Row>
                      ),
                  },
                  {
                    key: 'net',
                    head: text.costs.net,
                    figures: true,
                    sort: ({ month }) => month?.net ?? null,
                    render: ({ month }) => <Figures>{format.money(month?.net ?? null)}</Figures>,
                  },
                ]}
              />
            )
          }}
        </WhenLoaded>
      </Panel>
    </Page>
  )
}
