// Firmware of a premises: roll-outs with their progress, images, and the keys that may sign them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, IconPlus, Textarea, TextInput } from 'suomifi-ui-components'
import type { FirmwareImageShown, FirmwareKeyShown } from '#contract/firmware.ts'
import { apiPath, segment, sendFile, sendJson } from '#dashboard/client/http.ts'
import { campaignsQuery, firmwareImagesQuery, firmwareKeysQuery } from '#dashboard/client/twin-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { useDeviceTypes } from '#dashboard/components/device-types.ts'
import { Name } from '#dashboard/components/Name.tsx'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { sureWords } from '#dashboard/text/sure/words.ts'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Dialog } from '#dashboard/components/Dialog.tsx'
import { FileInput } from '#dashboard/components/FileInput.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { CampaignForm } from './CampaignForm.tsx'
import { CampaignStateMark } from './CampaignStateMark.tsx'
import { SteeringPage } from './SteeringPage.tsx'

const KIB = 1024

export const FirmwarePage = () => {
  const words = useWords(twinWords).firmware
  return (
    <SteeringPage room="firmware" lead={words.intro}>
      {(premises, timeZone) => (
        <>
          <Campaigns key={premises} premises={premises} timeZone={timeZone} />
          <Images timeZone={timeZone} />
          <Keys timeZone={timeZone} />
        </>
      )}
    </SteeringPage>
  )
}

const Campaigns = ({ premises, timeZone }: { premises: string; timeZone: string }) => {
  const words = useWords(twinWords).firmware
  const { text, format } = useText()
  const mayRenew = hasRole(useSession(), 'technician')
  const campaigns = useQuery(campaignsQuery(premises))
  const [isMaking, setMaking] = useState(false)
  return (
    <Panel>
      <Stack>
        <Row $spread>
          <h2>{words.campaigns}</h2>
          {mayRenew ? (
            <Button icon={<IconPlus />} variant="secondary" onClick={() => setMaking(true)}>
              {words.make}
            </Button>
          ) : null}
        </Row>
        <WhenLoaded query={campaigns}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={words.none} />
            ) : (
              <DataTable
                caption={words.campaigns}
                quietCaption
                rows={items}
                rowKey={({ id }) => id}
                sortWord={text.common.sorted}
                columns={[
                  {
                    key: 'name',
                    head: words.name,
                    heading: true,
                    render: ({ id, name }) => (
                      <AppLink to={`/firmware/${id}`}>
                        <Name names={name} id={id} />
                      </AppLink>
                    ),
                  },
                  { key: 'version', head: words.version, render: ({ version }) => version },
                  { key: 'state', head: words.state, render: ({ state }) => <CampaignStateMark state={state} /> },
                  {
                    key: 'progress',
                    head: words.progress,
                    figures: true,
                    render: ({ counts, devices }) => words.installed(counts.installed, devices),
                  },
                  {
                    key: 'at',
                    head: words.madeAt,
                    render: ({ createdAt }) => <Small>{format.instant(createdAt, timeZone)}</Small>,
                  },
                ]}
              />
            )
          }
        </WhenLoaded>
      </Stack>
      {isMaking ? (
        <Dialog title={words.make} onClose={() => setMaking(false)}>
          <CampaignForm premises={premises} onDone={() => setMaking(false)} />
        </Dialog>
      ) : null}
    </Panel>
  )
}

const Images = ({ timeZone }: { timeZone: string }) => {
  const words = useWords(twinWords).firmware
  const { text, format } = useText()
  const { nameOf } = useDeviceTypes()
  const mayRenew = hasRole(useSession(), 'technician')
  const images = useQuery(firmwareImagesQuery)
  const keys = (useQuery(firmwareKeysQuery).data?.items ?? []).filter(({ state }) => state === 'valid')
  return (
    <Panel>
      <Stack>
        <h2>{words.images}</h2>
        <WhenLoaded query={images}>
          {({ items }) =>
            items.length === 0 ? (
              <Soft as="p">{words.noImagesYet}</Soft>
            ) : (
              <DataTable
                caption={words.images}
                quietCaption
                rows={items}
                rowKey={({ id }) => id}
                sortWord={text.common.sorted}
                columns={[
                  {
                    key: 'version',
                    head: words.version,
                    heading: true,
                    render: ({ version, state }) =>
                      state === 'ready' ? version : `${version} (${words.withdrawn.toLowerCase()})`,
                  },
                  {
                    key: 'type',
                    head: words.type,
                    render: ({ deviceType }) => (deviceType === null ? words.anyType : nameOf(deviceType)),
                  },
                  {
                    key: 'bytes',
                    head: words.bytes,
                    figures: true,
                    render: ({ bytes }) => `${format.number(bytes / KIB, 1)} KiB`,
                  },
                  {
                    key: 'digest',
                    head: words.digest,
                    render: ({ file }) => <code title={file}>{file.slice(7, 19)}…</code>,
                  },
                  {
                    key: 'at',
                    head: words.madeAt,
                    render: ({ createdAt }) => <Small>{format.instant(createdAt, timeZone)}</Small>,
                  },
                ]}
              />
            )
          }
        </WhenLoaded>
        {!mayRenew ? null : keys.length === 0 ? (
          <Soft as="p">{words.noKeys}</Soft>
        ) : (
          <div className="no-print">
            <Fold summary={<strong>{words.addImage}</strong>}>
              <AddImage keys={keys} />
            </Fold>
          </div>
        )}
      </Stack>
    </Panel>
  )
}

const AddImage = ({ keys }: { keys: readonly FirmwareKeyShown[] }) => {
  const words = useWords(twinWords).firmware
  const { options } = useDeviceTypes()
  const announce = useAnnounce()
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [version, setVersion] = useState('')
  const [signature, setSignature] = useState('')
  const [key, setKey] = useState(keys[0]?.id ?? '')
  const [deviceType, setDeviceType] = useState('')
  const save = useMutation({
    mutationFn: async () => {
      if (file === null) return null
      const octets = new File([file], file.name, { type: 'application/octet-stream' })
      return sendJson<FirmwareImageShown>('POST', apiPath('/firmware/images'), {
        version: version.trim(),
        file: await sendFile(octets),
        signature: signature.trim(),
        key,
        ...(deviceType === '' ? {} : { deviceType }),
      })
    },
    onSuccess: async () => {
      announce(words.imageAdded)
      setVersion('')
      setSignature('')
      await client.invalidateQueries({ queryKey: ['firmware'] })
    },
  })
  return (
    <Stack>
      <FileInput label={words.file} chosen={file?.name} onFile={setFile} />
      <Row $end>
        <TextInput labelText={words.version} value={version} onChange={(value) => setVersion(String(value ?? ''))} />
        <Select
          label={words.type}
          value={deviceType}
          options={[{ value: '', text: words.anyType }, ...options()]}
          onChange={setDeviceType}
        />
        <Select
          label={words.key}
          value={key}
          options={keys.map(({ id, name }) => ({ value: id, text: name }))}
          onChange={setKey}
        />
      </Row>
      <TextInput
        labelText={words.signature}
        hintText={words.signatureHint}
        fullWidth
        value={signature}
        onChange={(value) => setSignature(String(value ?? ''))}
      />
      {save.error === null ? null : <Refusal error={save.error} />}
      <div>
        <Button
          onClick={() => save.mutate()}
          disabled={save.isPending || file === null || version.trim() === '' || signature.trim() === ''}
        >
          {words.saveImage}
        </Button>
      </div>
    </Stack>
  )
}

const Keys = ({ timeZone }: { timeZone: string }) => {
  const words = useWords(twinWords).firmware
  const sure = useWords(sureWords)
  const { text, format } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const isAdmin = hasRole(useSession(), 'admin')
  const keys = useQuery(firmwareKeysQuery)
  const [name, setName] = useState('')
  const [publicKey, setPublicKey] = useState('')
  const refresh = async (sentence: string) => {
    announce(sentence)
    await client.invalidateQueries({ queryKey: ['firmware'] })
  }
  const save = useMutation({
    mutationFn: () =>
      sendJson<FirmwareKeyShown>('POST', apiPath('/firmware/keys'), { name: name.trim(), publicKey: publicKey.trim() }),
    onSuccess: async () => {
      setName('')
      setPublicKey('')
      await refresh(words.keyAdded)
    },
  })
  const withdraw = async (id: string) => {
    await sendJson('DELETE', apiPath(`/firmware/keys/${segment(id)}`))
    await refresh(words.withdrawn)
  }
  return (
    <Panel>
      <Stack>
        <h2>{words.keys}</h2>
        <WhenLoaded query={keys}>
          {({ items }) =>
            items.length === 0 ? (
              <Soft as="p">{words.noKeys}</Soft>
            ) : (
              <DataTable
                caption={words.keys}
                quietCaption
                rows={items}
                rowKey={({ id }) => id}
                sortWord={text.common.sorted}
                columns={[
                  { key: 'name', head: words.keyName, heading: true, render: (one) => one.name },
                  { key: 'key', head: words.key, render: (one) => <code>{one.publicKey.slice(0, 16)}…</code> },
                  {
                    key: 'at',
                    head: words.madeAt,
                    render: ({ createdAt }) => <Small>{format.instant(createdAt, timeZone)}</Small>,
                  },
                  ...(isAdmin || items.some(({ state }) => state === 'withdrawn')
                    ? [
                        {
                          key: 'do',
                          act: true,
                          head: words.actions,
                          render: ({ id, name: key, state }: (typeof items)[number]) =>
                            state === 'withdrawn' ? (
                              words.withdrawn
                            ) : isAdmin ? (
                              <SureButton
                                variant="secondaryNoBorder"
                                text={words.withdrawKey}
                                label={`${words.withdrawKey}: ${key}`}
                                effect={sure.firmwareKey}
                                act={() => withdraw(id)}
                              />
                            ) : null,
                        },
                      ]
                    : []),
                ]}
              />
            )
          }
        </WhenLoaded>
        {save.error === null ? null : <Refusal error={save.error} />}
        {isAdmin ? (
          <div className="no-print">
            <Fold summary={<strong>{words.addKey}</strong>}>
              <Stack>
                <TextInput labelText={words.keyName} value={name} onChange={(value) => setName(String(value ?? ''))} />
                <Textarea
                  labelText={words.publicKey}
                  value={publicKey}
                  onChange={(event) => setPublicKey(event.target.value)}
                />
                <div>
                  <Button
                    onClick={() => save.mutate()}
                    disabled={save.isPending || name.trim() === '' || publicKey.trim() === ''}
                  >
                    {words.saveKey}
                  </Button>
                </div>
              </Stack>
            </Fold>
          </div>
        ) : null}
      </Stack>
    </Panel>
  )
}
