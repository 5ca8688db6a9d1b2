// Faults: who has which, and until when it is to be answered; the filters stand in the address.
import { useInfiniteQuery } from '@tanstack/react-query'
import { TextInput } from 'suomifi-ui-components'
import type { FaultSummary } from '#contract/faults.ts'
import { faultExportPath, faultListQuery, type FaultFilter } from '#dashboard/client/fault-queries.ts'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { MoreRows } from '#dashboard/components/MoreRows.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { TableLinks } from '#dashboard/components/TableLinks.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { useFaultTitle } from '#dashboard/components/useFaultTitle.ts'
import { faultWords } from '#dashboard/text/faults/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { FaultMark } from './FaultMark.tsx'

const WISHES = ['premises', 'device', 'state', 'whose', 'q'] as const
const STATES = ['offered', 'accepted', 'in-work', 'done', 'closed'] as const

const XLSX = ['xlsx'] as const

export const FaultList = () => {
  const words = useWords(faultWords)
  const { language } = useText()
  const session = useSession()
  const { get, set } = useAddress()
  const { all, nameOf } = usePremisesNames()
  const filter: FaultFilter = {}
  for (const key of WISHES) {
    const value = get(key)
    if (value !== null) filter[key] = value
  }
  const list = useInfiniteQuery(faultListQuery(filter))
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <Row $gap={2}>
          <AppLink to="/faults/new">{words.report}</AppLink>
          <AppLink to="/faults/times">{words.times}</AppLink>
          {hasRole(session, 'technician', 'manager') ? <AppLink to="/faults/labels">{words.labels}</AppLink> : null}
        </Row>
      }
    >
      <Panel>
        <Stack $gap={3}>
          <Row $gap={2} $end className="no-print">
            <Select
              label={words.whose}
              value={get('whose') ?? 'all'}
              options={(['all', 'ours', 'waiting'] as const).map((value) => ({
                value,
                text: words.whoseOptions[value],
              }))}
              onChange={(whose) => set({ whose: whose === 'all' ? null : whose })}
            />
            <Select
              label={words.state}
              value={get('state') ?? ''}
              options={[
                { value: '', text: words.anyState },
                { value: 'open', text: words.openStates },
                { value: 'ended', text: words.endedStates },
                ...STATES.map((value) => ({ value, text: words.states[value] })),
              ]}
              onChange={(state) => set({ state })}
            />
            <Select
              label={words.premises}
              value={get('premises') ?? ''}
              options={[
                { value: '', text: words.anyPremises },
                ...all.map(({ id }) => ({ value: id, text: nameOf(id) })),
              ]}
              onChange={(premises) => set({ premises })}
            />
            <TextInput
              labelText={words.search}
              debounce={300}
              defaultValue={get('q') ?? ''}
              onChange={(q) => set({ q: String(q ?? '').trim() })}
            />
          </Row>
          <WhenLoaded query={list}>
            {({ pages }) => {
              const faults = pages.flatMap(({ items }) => items)
              if (faults.length === 0)
                return (
                  <Empty title={words.none} step={words.noneStep}>
                    <AppLink to="/faults/new">{words.report}</AppLink>
                  </Empty>
                )
              return (
                <Stack>
                  <FaultTable faults={faults} />
                  <Row $gap={2} className="no-print">
                    <MoreRows list={list} />
                    <a href={faultExportPath(filter, 'csv', language)}>{words.csv}</a>
                    <a href={faultExportPath(filter, 'json', language)}>{words.json}</a>
                    <TableLinks list="faults" filters={filter} formats={XLSX} />
                  </Row>
                </Stack>
              )
            }}
          </WhenLoaded>
        </Stack>
      </Panel>
    </Page>
  )
}

const FaultTable = ({ faults }: { faults: FaultSummary[] }) => {
  const words = useWords(faultWords)
  const { text, format } = useText()
  const titleOf = useFaultTitle()
  const nameOf = useOrganisationNames()
  return (
    <DataTable
      caption={words.title}
      quietCaption
      rows={faults}
      rowKey={({ id }) => id}
      sortWord={text.common.sorted}
      columns={[
        {
          key: 'fault',
          head: words.heads.fault,
          heading: true,
          sort: titleOf,
          render: (fault) => <AppLink to={`/faults/${fault.id}`}>{titleOf(fault)}</AppLink>,
        },
        {
          key: 'place',
          head: words.heads.place,
          sort: ({ premises }) => premises,
          render: ({ premises, premisesName, space, spaceName }) => (
            <div>
              <Name names={premisesName} id={premises} />
              {space === null ? null : (
                <div>
                  <Small>
                    <Name names={spaceName} id={space} />
                  </Small>
                </div>
              )}
            </div>
          ),
        },
        {
          key: 'state',
          head: words.heads.state,
          sort: ({ state }) => state,
          render: ({ state, overdue, escalations }) => (
            <FaultMark state={state} overdue={overdue} escalated={escalations > 0} />
          ),
        },
        {
          key: 'keeper',
          head: words.heads.keeper,
          sort: ({ keeper }) => nameOf(keeper),
          render: ({ keeper }) => nameOf(keeper),
        },
        {
          key: 'due',
          head: words.heads.dueAt,
          sort: ({ dueAt }) => dueAt,
          render: ({ dueAt, timeZone }) => (dueAt === null ? '–' : format.instant(dueAt, timeZone)),
        },
        {
          key: 'reported',
          head: words.heads.reported,
          sort: ({ reportedAt }) => reportedAt,
          render: ({ reportedAt, timeZone }) => format.instant(reportedAt, timeZone),
        },
      ]}
    />
  )
}
