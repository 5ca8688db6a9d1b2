// All premises that the session sees, with the state of their devices.
import { useInfiniteQuery } from '@tanstack/react-query'
import { SearchInput } from 'suomifi-ui-components'
import type { PremisesSummary } from '#contract/premises.ts'
import { premisesListQuery } from '#dashboard/client/queries.ts'
import { Age } from '#dashboard/components/Age.tsx'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { DeviceStates } from '#dashboard/components/DeviceStates.tsx'
import { MoreRows } from '#dashboard/components/MoreRows.tsx'
import { Name, OrganisationName } from '#dashboard/components/Name.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'

export const PremisesList = () => {
  const { text } = useText()
  const { premises: words } = useWords(registryWords)
  const session = useSession()
  const { get, set } = useAddress()
  const q = get('q') ?? ''
  const list = useInfiniteQuery(premisesListQuery(q))
  return (
    <Page
      title={text.premises.title}
      actions={hasRole(session, 'manager') ? <AppLink to="/premises/new">{words.make}</AppLink> : undefined}
    >
      <Panel>
        <Stack $gap={3}>
          <SearchInput
            labelText={text.common.search}
            visualPlaceholder={text.common.searchHint}
            clearButtonLabel={text.common.close}
            searchButtonLabel={text.common.search}
            defaultValue={q}
            debounce={300}
            onChange={(value) => set({ q: value })}
          />
          <WhenLoaded query={list}>
            {({ pages }) => {
              const rows = pages.flatMap(({ items }) => items)
              if (rows.length > 0) return <PremisesTable rows={rows} />
              return q === '' ? (
                <Empty title={text.overview.noPremises} step={text.overview.noPremisesStep} />
              ) : (
                <Empty title={text.premises.none} />
              )
            }}
          </WhenLoaded>
          <MoreRows list={list} />
        </Stack>
      </Panel>
    </Page>
  )
}

const PremisesTable = ({ rows }: { rows: PremisesSummary[] }) => {
  const { text } = useText()
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
          head: text.common.name,
          heading: true,
          sort: ({ name, id }) => name.fi ?? name.sv ?? name.en ?? id,
          render: ({ id, name, address }) => (
            <>
              <AppLink to={`/premises/${id}`}>
                <Name names={name} id={id} />
              </AppLink>
              <br />
              <Soft>{address}</Soft>
            </>
          ),
        },
        {
          key: 'landlord',
          head: text.premises.landlord,
          render: ({ landlord }) => <OrganisationName id={landlord} />,
          sort: ({ landlord }) => landlord,
        },
        {
          key: 'devices',
          head: text.premises.deviceStates,
          render: ({ id, devices }) => <DeviceStates premises={id} devices={devices} />,
        },
        {
          key: 'last',
          head: text.overview.lastReading,
          sort: ({ lastReadingAt }) => lastReadingAt,
          render: ({ lastReadingAt, timeZone }) =>
            lastReadingAt === null ? text.overview.nothingHeard : <Age at={lastReadingAt} timeZone={timeZone} />,
        },
      ]}
    />
  )
}
