// Credentials of devices and gateways: made (the password is shown once, as text and as a QR code), looked at, revoked.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Checkbox, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { CredentialList, CredentialMade, RotationMade } from '#contract/credentials.ts'
import { apiPath, getJson, segment, sendJson } from '#dashboard/client/http.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { sureWords } from '#dashboard/text/sure/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Authorities } from './Authorities.tsx'
import { Certificates } from './Certificates.tsx'
import { MadeCredential } from './MadeCredential.tsx'

const credentialsQuery = (device: string) =>
  queryOptions({
    queryKey: ['credentials', device],
    queryFn: ({ signal }) => getJson<CredentialList>(apiPath('/credentials', { device }), signal),
    retry: false,
  })

export const Credentials = () => {
  const { credentials: words } = useWords(connectWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const { get, set } = useAddress()
  const looked = get('device') ?? ''
  const [device, setDevice] = useState(looked)
  const [gateway, setGateway] = useState(false)
  const [tried, setTried] = useState(false)
  const [made, setMade] = useState<CredentialMade | null>(null)
  const make = useMutation({
    mutationFn: (id: string) => sendJson<CredentialMade[]>('POST', apiPath('/credentials'), { devices: [id], gateway }),
    onSuccess: async (answer, id) => {
      setMade(answer?.[0] ?? null)
      set({ device: id })
      await client.invalidateQueries({ queryKey: ['credentials'] })
    },
  })
  const rotate = useMutation({
    mutationFn: (id: string) => sendJson<RotationMade>('POST', apiPath(`/credentials/${segment(id)}/rotate`), {}),
    onSuccess: async (answer) => {
      setMade(answer)
      await client.invalidateQueries({ queryKey: ['credentials'] })
    },
  })
  const revoke = async (id: string) => {
    const answer = await sendJson<{ revoked: number }>('DELETE', apiPath(`/credentials/${segment(id)}`))
    announce(words.revoked(answer?.revoked ?? 0))
    setMade(null)
    await client.invalidateQueries({ queryKey: ['credentials'] })
  }
  const id = device.trim()
  return (
    <Stack $gap={3}>
      <Panel>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            setTried(true)
            if (id !== '') make.mutate(id)
          }}
        >
          <Stack $gap={3}>
            <Soft as="p">{words.lead}</Soft>
            {make.error === null ? null : make.error instanceof RequestError && make.error.status === 404 ? (
              <InlineAlert status="error">{words.notFound}</InlineAlert>
            ) : (
              <RefusalWithProblems error={make.error} />
            )}
            <TextInput
              labelText={words.device}
              value={device}
              onChange={(value) => setDevice(String(value ?? ''))}
              {...(tried && id === '' ? { status: 'error' as const, statusText: words.needed } : {})}
            />
            <Checkbox checked={gateway} onClick={({ checkboxState }) => setGateway(checkboxState)}>
              {words.gateway}
            </Checkbox>
            <Row>
              <Button type="submit">{words.make}</Button>
              <Button variant="secondary" onClick={() => set({ device: id })}>
                {words.look}
              </Button>
            </Row>
          </Stack>
        </form>
      </Panel>
      {made === null ? null : <MadeCredential made={made} close={() => setMade(null)} />}
      {rotate.error === null ? null : <Refusal error={rotate.error} />}
      {looked === '' ? null : (
        <Valid device={looked} revoke={() => revoke(looked)} rotate={() => rotate.mutate(looked)} />
      )}
      <Certificates />
      <Authorities />
    </Stack>
  )
}

type ValidProps = { device: string; revoke: () => Promise<void>; rotate: () => void }
const Valid = ({ device, revoke, rotate }: ValidProps) => {
  const { credentials: words } = useWords(connectWords)
  const sure = useWords(sureWords)
  const { text, format } = useText()
  const query = useQuery(credentialsQuery(device))
  return (
    <Panel>
      <Stack $gap={2}>
        <h2>
          {words.valid}: {device}
        </h2>
        <WhenLoaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={words.none} />
            ) : (
              <Stack>
                <DataTable
                  caption={words.valid}
                  quietCaption
                  rows={items}
                  rowKey={({ id }) => id}
                  sortWord={text.common.sorted}
                  columns={[
                    {
                      key: 'made',
                      head: words.made,
                      heading: true,
                      sort: ({ createdAt }) => createdAt,
                      render: ({ createdAt }) => format.instant(createdAt, OWN_ZONE, 'second'),
                    },
                    {
                      key: 'kind',
                      head: words.kind,
                      render: ({ gateway }) => (gateway ? words.forGateway : words.forDevice),
                    },
                    {
                      key: 'use',
                      head: words.use,
                      render: ({ connected, lastUsedAt, endsAt, fresh }) =>
                        [
                          connected
                            ? words.connected
                            : lastUsedAt === null
                              ? words.unused
                              : words.lastUsed(format.instant(lastUsedAt, OWN_ZONE, 'minute')),
                          ...(fresh ? [words.fresh] : []),
                          ...(endsAt === null ? [] : [words.ends(format.instant(endsAt, OWN_ZONE, 'minute'))]),
                        ].join(' · '),
                    },
                  ]}
                />
                <Soft as="p">{words.rotateText}</Soft>
                <Row>
                  <Button variant="secondary" onClick={rotate}>
                    {words.rotate}
                  </Button>
                  <SureButton text={words.revoke} effect={sure.credentials(device)} act={revoke} />
                </Row>
              </Stack>
            )
          }
        </WhenLoaded>
      </Stack>
    </Panel>
  )
}
