// Known vulnerabilities with the devices that they affect, and the import of a list: first what it holds, then taken.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, SearchInput } from 'suomifi-ui-components'
import type { VulnerabilityPage } from '#contract/security.ts'
import {
  sendVulnerabilities,
  vulnerabilitiesQuery,
  type VulnerabilityFilter,
} from '#dashboard/client/equipment-queries.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { FileInput } from '#dashboard/components/FileInput.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { TableLinks } from '#dashboard/components/TableLinks.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { VulnerabilityMark } from '#dashboard/components/VulnerabilityMark.tsx'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { sureWords } from '#dashboard/text/sure/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Filters, Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

type Listed = VulnerabilityPage['items'][number]
const FILTERS = ['q', 'severity', 'affecting', 'premises'] as const

export const Vulnerabilities = () => {
  const { security: words } = useWords(lifecycleWords)
  const { text } = useText()
  const session = useSession()
  const { get } = useAddress()
  const filter: VulnerabilityFilter = {}
  for (const key of FILTERS) {
    const value = get(key)
    if (value !== null && value !== '') filter[key] = value
  }
  const isFiltered = Object.keys(filter).length > 0
  return (
    <Page title={words.listTitle} crumbs={[{ to: '/devices', text: text.nav.devices }]} lead={words.listLead}>
      <Panel>
        <Stack $gap={3}>
          <Choices />
          <WhenLoaded query={useQuery(vulnerabilitiesQuery(filter))}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty
                  title={isFiltered ? words.noneFound : words.listNone}
                  {...(isFiltered ? {} : { step: words.listStep })}
                />
              ) : (
                <Stack>
                  <List items={items} />
                  <TableLinks list="vulnerabilities" filters={filter} />
                </Stack>
              )
            }
          </WhenLoaded>
        </Stack>
      </Panel>
      {hasRole(session, 'manager', 'technician') ? <Import /> : null}
    </Page>
  )
}

/** Each stands in the address. */
const Choices = () => {
  const { security: words } = useWords(lifecycleWords)
  const { text } = useText()
  const { get, set } = useAddress()
  const { all, nameOf } = usePremisesNames()
  return (
    <Filters aria-label={words.listTitle}>
      <SearchInput
        fullWidth
        labelText={text.common.search}
        clearButtonLabel={text.common.close}
        searchButtonLabel={text.common.search}
        defaultValue={get('q') ?? ''}
        debounce={300}
        onChange={(value) => set({ q: String(value ?? '') })}
      />
      <Select
        label={words.severity}
        value={get('severity') ?? ''}
        options={[
          { value: '', text: words.anySeverity },
          ...Object.entries(words.severities).map(([value, name]) => ({ value, text: name })),
        ]}
        onChange={(severity) => set({ severity })}
      />
      <Select
        label={words.affecting}
        value={get('affecting') ?? ''}
        options={[
          { value: '', text: words.affects.all },
          { value: 'true', text: words.affects.yes },
        ]}
        onChange={(affecting) => set({ affecting })}
      />
      <Select
        label={text.nav.premises}
        value={get('premises') ?? ''}
        options={[{ value: '', text: text.common.all }, ...all.map(({ id }) => ({ value: id, text: nameOf(id) }))]}
        onChange={(premises) => set({ premises })}
      />
    </Filters>
  )
}

const List = ({ items }: { items: readonly Listed[] }) => {
  const { security: words } = useWords(lifecycleWords)
  const sure = useWords(sureWords)
  const { text } = useText()
  const session = useSession()
  const client = useQueryClient()
  const withdraw = async (id: string) => {
    await sendJson('DELETE', apiPath(`/vulnerabilities/${segment(id)}`))
    await client.invalidateQueries({ queryKey: ['vulnerabilities'] })
  }
  const mayChange = hasRole(session, 'manager', 'technician')
  return (
    <Stack>
      <DataTable
        caption={words.listTitle}
        quietCaption
        rows={items}
        rowKey={({ id }) => id}
        sortWord={text.common.sorted}
        columns={[
          {
            key: 'code',
            head: words.code,
            heading: true,
            render: ({ code, title }) => (
              <>
                {code}
                <div style={{ fontWeight: 400 }}>{title}</div>
              </>
            ),
            sort: ({ code }) => code,
          },
          {
            key: 'severity',
            head: words.severity,
            render: ({ severity, score }) => <VulnerabilityMark severity={severity} score={score} />,
          },
          { key: 'product', head: words.product, render: ({ products }) => products.join(', ') },
          {
            key: 'devices',
            head: words.devices,
            render: ({ devices }) =>
              devices.length === 0
                ? words.noDevices
                : devices.map(({ id, name, match }) => (
                    <div key={id}>
                      <AppLink to={`/devices/${id}`}>
                        <Name names={name ?? undefined} id={id} />
                      </AppLink>
                      {match === 'affected' ? null : ` (${words.matches[match]})`}
                    </div>
                  )),
          },
          { key: 'what', head: words.what, render: ({ remedy }) => remedy ?? words.noRemedy },
          ...(mayChange
            ? [
                {
                  key: 'withdraw',
                  head: words.withdraw,
                  act: true,
                  render: ({ id, code }: Listed) => (
                    <SureButton
                      variant="secondaryNoBorder"
                      text={words.withdraw}
                      label={`${words.withdraw} ${code}`}
                      effect={sure.vulnerability(code)}
                      act={() => withdraw(id)}
                    />
                  ),
                },
              ]
            : []),
        ]}
      />
    </Stack>
  )
}

const Import = () => {
  const { security: words } = useWords(lifecycleWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const send = useMutation({
    mutationFn: ({ chosen, apply }: { chosen: File; apply: boolean }) => sendVulnerabilities(chosen, apply),
    onSuccess: async (answer) => {
      if (answer?.applied !== true) return
      announce(words.taken)
      setFile(null)
      await client.invalidateQueries({ queryKey: ['vulnerabilities'] })
    },
  })
  const found = send.data ?? null
  return (
    <Panel className="no-print">
      <Stack>
        <h2>{words.importTitle}</h2>
        <p>{words.importText}</p>
        <FileInput
          label={words.importFile}
          action={words.look}
          accept=".json,.csv,application/json,text/csv"
          onFile={(chosen) => {
            setFile(chosen)
            send.mutate({ chosen, apply: false })
          }}
        />
        {found === null ? null : (
          <>
            <output>{found.applied ? words.taken : words.found(found.created, found.changed, found.devices)}</output>
            {found.problems.length === 0 ? null : (
              <ul>
                {found.problems.map(({ row, field: place, message }) => (
                  <li key={`${row} ${place ?? ''} ${message}`}>{words.problem(row, message)}</li>
                ))}
              </ul>
            )}
          </>
        )}
        {send.error === null ? null : <Refusal error={send.error} />}
        {file !== null && found !== null && !found.applied && found.problems.length === 0 ? (
          <div>
            <Button onClick={() => send.mutate({ chosen: file, apply: true })} disabled={send.isPending}>
              {words.take}
            </Button>
          </div>
        ) : null}
      </Stack>
    </Panel>
  )
}
