// Known vulnerabilities with the devices that they affect, and the import of a list: first what it holds, then taken.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { VulnerabilityPage } from '#contract/security.ts'
import { sendVulnerabilities, vulnerabilitiesQuery } from '#dashboard/client/equipment-queries.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { FileChooser } from '#dashboard/components/Attachments.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { TableLinks } from '#dashboard/components/TableLinks.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { VulnerabilityMark } from '#dashboard/components/VulnerabilityMark.tsx'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'

type Row = VulnerabilityPage['items'][number]

export const Vulnerabilities = () => {
  const { security: words } = useWords(lifecycleWords)
  const { text } = useText()
  const session = useSession()
  return (
    <Page title={words.listTitle} crumbs={[{ to: '/devices', text: text.nav.devices }]} lead={words.listLead}>
      <Panel>
        <WhenLoaded query={useQuery(vulnerabilitiesQuery)}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={words.listNone} step={words.listStep} />
            ) : (
              <Stack>
                <List items={items} />
                <TableLinks list="vulnerabilities" filters={{}} />
              </Stack>
            )
          }
        </WhenLoaded>
      </Panel>
      {hasRole(session, 'manager', 'technician') ? <Import /> : null}
    </Page>
  )
}

const List = ({ items }: { items: readonly Row[] }) => {
  const { security: words } = useWords(lifecycleWords)
  const { text } = useText()
  const session = useSession()
  const client = useQueryClient()
  const withdraw = useMutation({
    mutationFn: (id: string) => sendJson('DELETE', apiPath(`/vulnerabilities/${segment(id)}`)),
    onSuccess: () => client.invalidateQueries({ queryKey: ['vulnerabilities'] }),
  })
  const mayChange = hasRole(session, 'manager', 'technician')
  return (
    <Stack>
      {withdraw.error === null ? null : <Refusal error={withdraw.error} />}
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
                  head: '',
                  render: ({ id, code }: Row) => (
                    <Button
                      variant="secondaryNoBorder"
                      aria-label={`${words.withdraw} ${code}`}
                      onClick={() => withdraw.mutate(id)}
                    >
                      {words.withdraw}
                    </Button>
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
  const field = useId()
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
        <FileChooser>
          <input
            id={field}
            type="file"
            accept=".json,.csv,application/json,text/csv"
            aria-label={`${words.importFile}: ${words.look}`}
            onChange={({ target }) => {
              const chosen = target.files?.[0] ?? null
              target.value = ''
              setFile(chosen)
              if (chosen !== null) send.mutate({ chosen, apply: false })
            }}
          />
          <label htmlFor={field}>{words.look}</label>
        </FileChooser>
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
