// A year of a party against its budget: table, chart, forecast, files.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { BudgetAnswer } from '#contract/budgets.ts'
import { StackedMonths } from '#dashboard/charts/StackedMonths.tsx'
import { budgetFilePath, budgetQuery } from '#dashboard/client/year-queries.ts'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { yearWords } from '#dashboard/text/year/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Figures, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { wordOf } from '#domain/writing/word-of.ts'
import { BudgetForm } from './BudgetForm.tsx'
import { Incomplete } from './Incomplete.tsx'
import { YearPage, type YearOf } from './YearPage.tsx'

export const BudgetPage = () => <YearPage tab="budget">{(of) => <OfParty {...of} />}</YearPage>

const OfParty = ({ premises, year, party: own }: YearOf) => {
  const words = useWords(yearWords)
  const session = useSession()
  const nameOf = useOrganisationNames()
  const { get, set } = useAddress()
  const party = get('party') ?? own
  const forecastBy = get('forecast') === 'budget' ? 'budget' : 'last-year'
  const budget = useQuery(budgetQuery(premises.id, year, { party, forecastBy }))
  const [editing, setEditing] = useState(false)
  const mayEdit = session.organisation === party && session.roles.includes('controller')
  return (
    <WhenLoaded query={budget}>
      {(answer) => {
        const parties = [...new Set(session.organisation === null ? premises.summary.parties : answer.parties)]
        return (
          <>
            <Row className="no-print" $end>
              {parties.length > 1 ? (
                <Select
                  label={words.party}
                  value={party}
                  options={parties.map((value) => ({ value, text: nameOf(value) }))}
                  onChange={(chosen) => set({ party: chosen === own ? null : chosen })}
                />
              ) : null}
              <Select
                label={words.forecastBy}
                value={forecastBy}
                options={(['last-year', 'budget'] as const).map((value) => ({ value, text: words.forecastBys[value] }))}
                onChange={(chosen) => set({ forecast: chosen === 'budget' ? 'budget' : null })}
              />
            </Row>
            <Report key={`${party} ${year}`} answer={answer} />
            {mayEdit && hasRole(session, 'controller') ? (
              <Panel className="no-print">
                {editing ? (
                  <BudgetForm premises={premises.id} answer={answer} close={() => setEditing(false)} />
                ) : (
                  <Row>
                    <Button onClick={() => setEditing(true)}>{answer.version === 0 ? words.make : words.edit}</Button>
                  </Row>
                )}
              </Panel>
            ) : null}
            <Files premises={premises.id} answer={answer} />
          </>
        )
      }}
    </WhenLoaded>
  )
}

const SUMS = ['budget', 'closed', 'open', 'soFar', 'lastYear', 'forecast', 'difference'] as const
const Report = ({ answer: { report, version } }: { answer: BudgetAnswer }) => {
  const { text, format } = useText()
  const words = useWords(yearWords)
  const nameOf = useOrganisationNames()
  const money = (amount: string | null) => (amount === null ? '–' : format.money(amount))
  return (
    <>
      <Panel>
        <Stack>
          <h2>{`${nameOf(report.party)}, ${report.year}`}</h2>
          <Soft as="p">{words.budgetIntro}</Soft>
          {version === 0 ? <p>{words.noBudget}</p> : null}
          {report.months
            .filter(({ missing }) => missing.length > 0)
            .map(({ month, missing }) => (
              <Row key={month}>
                <StateMark state="blocked" />
                <Incomplete month={month} missing={missing} />
              </Row>
            ))}
          <DataTable
            caption={words.budget}
            quietCaption
            rows={report.rows}
            rowKey={({ category }) => category}
            sortWord={text.common.sorted}
            columns={[
              {
                key: 'category',
                head: words.category,
                heading: true,
                render: ({ category }) => wordOf(text.categories, category),
              },
              ...SUMS.map((key) => ({
                key,
                head: words[key],
                figures: true,
                sort: (row: (typeof report.rows)[number]) => row[key],
                render: (row: (typeof report.rows)[number]) => <Figures>{money(row[key])}</Figures>,
              })),
            ]}
            foot={[words.total, ...SUMS.map((key) => money(report.total[key]))]}
          />
        </Stack>
      </Panel>
      <Panel>
        <Stack>
          <h2>{words.chart}</h2>
          <StackedMonths
            label={words.chart}
            fileName={`budget-${report.year}`}
            kinds={report.rows.map(({ category }, look) => ({
              key: category,
              look,
              name: wordOf(text.categories, category),
            }))}
            bars={report.total.months.map(({ month, forecast }, i) => ({
              month,
              total: forecast,
              pieces: report.rows.map((row) => ({ key: row.category, amount: row.months[i]?.forecast ?? '0.00' })),
            }))}
          />
          <DataTable
            caption={words.months}
            rows={report.total.months}
            rowKey={({ month }) => month}
            sortWord={text.common.sorted}
            columns={[
              { key: 'month', head: words.month, heading: true, render: ({ month }) => format.month(month) },
              {
                key: 'state',
                head: text.costs.state,
                render: ({ month }) => {
                  const status = report.months.find((one) => one.month === month)?.status ?? null
                  return status === null ? words.forecast : <StateMark state={status} />
                },
              },
              ...(['budget', 'actual', 'lastYear', 'forecast'] as const).map((key) => ({
                key,
                head: words[key],
                figures: true,
                render: (row: (typeof report.total.months)[number]) => <Figures>{money(row[key])}</Figures>,
              })),
            ]}
          />
        </Stack>
      </Panel>
    </>
  )
}

const Files = ({ premises, answer: { report } }: { premises: string; answer: BudgetAnswer }) => {
  const { language } = useText()
  const words = useWords(yearWords)
  return (
    <Panel className="no-print">
      <Stack $gap={1}>
        <h2>{words.files}</h2>
        <Row as="ul">
          {(['csv', 'xlsx'] as const).map((format) => (
            <li key={format}>
              <a
                href={budgetFilePath(premises, report.year, { party: report.party, format, language })}
                download
                aria-label={`${words.budget}, ${format.toUpperCase()}`}
              >
                {format.toUpperCase()}
              </a>
            </li>
          ))}
        </Row>
      </Stack>
    </Panel>
  )
}
