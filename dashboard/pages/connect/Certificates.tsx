// Client certificates of devices and gateways: issued (a key that is made here is shown once), listed, revoked.
import { infiniteQueryOptions, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { styled } from 'styled-components'
import { Button, Checkbox, InlineAlert, Textarea, TextInput } from 'suomifi-ui-components'
import type { CertificateIssued, CertificatePage, CertificateShown } from '#contract/certificates.ts'
import { apiPath, getJson, segment, sendJson } from '#dashboard/client/http.ts'
import { MoreRows } from '#dashboard/components/MoreRows.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { sureWords } from '#dashboard/text/sure/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { downloadFile } from '#dashboard/ui/download.ts'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'

const PEM_TYPE = 'application/x-pem-file'
const Pem = styled.pre`
  padding: 12px;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  font-size: 14px;
  background: var(--ground);
  border: 1px solid var(--line);
`
const KEY = ['certificates']
const certificatesQuery = infiniteQueryOptions({
  queryKey: KEY,
  queryFn: ({ pageParam, signal }) =>
    getJson<CertificatePage>(apiPath('/credentials/certificates', { limit: 50, after: pageParam }), signal),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
})

export const Certificates = () => {
  const { certificates: words } = useWords(connectWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const [issued, setIssued] = useState<CertificateIssued | null>(null)
  const query = useInfiniteQuery(certificatesQuery)
  const revoke = async (serial: string) => {
    await sendJson('DELETE', apiPath(`/credentials/certificates/${segment(serial)}`))
    announce(words.revoked)
    await client.invalidateQueries({ queryKey: KEY })
  }
  return (
    <Panel>
      <Stack $gap={3}>
        <h2>{words.title}</h2>
        <Issue
          done={async (made) => {
            setIssued(made)
            await client.invalidateQueries({ queryKey: KEY })
          }}
        />
        {issued === null ? null : <Issued issued={issued} close={() => setIssued(null)} />}
        <WhenLoaded query={query}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items)
            return items.length === 0 ? (
              <Empty title={words.none} step={words.noneStep} />
            ) : (
              <Table items={items} revoke={revoke} />
            )
          }}
        </WhenLoaded>
        <MoreRows list={query} />
      </Stack>
    </Panel>
  )
}

const Issue = ({ done }: { done: (made: CertificateIssued) => Promise<void> }) => {
  const { certificates: words, credentials } = useWords(connectWords)
  const [device, setDevice] = useState('')
  const [gateway, setGateway] = useState(false)
  const [request, setRequest] = useState('')
  const [tried, setTried] = useState(false)
  const id = device.trim()
  const issue = useMutation({
    mutationFn: () =>
      sendJson<CertificateIssued>('POST', apiPath('/credentials/certificates'), {
        device: id,
        gateway,
        ...(request.trim() === '' ? {} : { request: request.trim() }),
      }),
    onSuccess: async (made) => {
      if (made !== null) await done(made)
      setRequest('')
    },
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (id !== '') issue.mutate()
      }}
    >
      <Stack $gap={3}>
        <Soft as="p">{words.lead}</Soft>
        {issue.error === null ? null : <RefusalWithProblems error={issue.error} />}
        <TextInput
          labelText={credentials.device}
          value={device}
          onChange={(value) => setDevice(String(value ?? ''))}
          {...(tried && id === '' ? { status: 'error' as const, statusText: credentials.needed } : {})}
        />
        <Checkbox checked={gateway} onClick={({ checkboxState }) => setGateway(checkboxState)}>
          {credentials.gateway}
        </Checkbox>
        <Textarea
          labelText={words.request}
          hintText={words.requestHint}
          value={request}
          fullWidth
          onChange={(event) => setRequest(event.target.value)}
        />
        <div>
          <Button type="submit">{words.issue}</Button>
        </div>
      </Stack>
    </form>
  )
}

const Issued = ({ issued, close }: { issued: CertificateIssued; close: () => void }) => {
  const { certificates: words } = useWords(connectWords)
  const { text } = useText()
  const { device, certificate, privateKey } = issued
  const save = (kind: string, pem: string) => downloadFile(`${device}.${kind}.pem`, `${pem.trim()}\n`, PEM_TYPE)
  return (
    <InlineAlert status={privateKey === null ? 'neutral' : 'warning'} labelText={words.issued(device)}>
      <Stack>
        <p>{privateKey === null ? words.fromRequest : words.once}</p>
        {privateKey === null ? null : <Pem>{privateKey.trim()}</Pem>}
        <Row>
          {privateKey === null ? null : <Button onClick={() => save('key', privateKey)}>{words.saveKey}</Button>}
          <Button onClick={() => save('certificate', certificate)}>{words.saveCertificate}</Button>
          <Button variant="secondary" onClick={close}>
            {text.common.close}
          </Button>
        </Row>
      </Stack>
    </InlineAlert>
  )
}

type TableProps = { items: readonly CertificateShown[]; revoke: (serial: string) => Promise<void> }
const Table = ({ items, revoke }: TableProps) => {
  const { certificates: words } = useWords(connectWords)
  const sure = useWords(sureWords)
  const { text, format } = useText()
  return (
    <DataTable
      caption={words.list}
      quietCaption
      rows={items}
      rowKey={({ serial }) => serial}
      sortWord={text.common.sorted}
      columns={[
        {
          key: 'device',
          head: words.device,
          heading: true,
          sort: ({ device }) => device,
          render: ({ device }) => device,
        },
        { key: 'state', head: words.state, sort: ({ state }) => state, render: ({ state }) => words.states[state] },
        {
          key: 'to',
          head: words.validTo,
          sort: ({ validTo }) => validTo,
          render: ({ validTo }) => format.instant(validTo, OWN_ZONE, 'minute'),
        },
        {
          key: 'serial',
          head: words.serial,
          render: ({ serial }) => <code style={{ overflowWrap: 'anywhere' }}>{serial}</code>,
        },
        {
          key: 'act',
          act: true,
          head: words.act,
          render: ({ device, serial, state }) =>
            state === 'valid' ? (
              <SureButton
                text={words.revoke}
                label={words.revokeOf(device, serial)}
                effect={sure.certificate(device)}
                act={() => revoke(serial)}
              />
            ) : null,
        },
      ]}
    />
  )
}
