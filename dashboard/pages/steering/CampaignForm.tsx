// A form for a roll-out: which image, which devices, in which waves; and which devices it would reach.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Button, IconPlus, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { CampaignPreview, CampaignShown, CampaignWanted } from '#contract/firmware.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { firmwareImagesQuery } from '#dashboard/client/twin-queries.ts'
import { withLanguage } from '#dashboard/components/AppLink.tsx'
import { useDeviceTypes } from '#dashboard/components/device-types.ts'
import { Name } from '#dashboard/components/Name.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { WholeField } from '#dashboard/components/WholeField.tsx'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

type Wave = CampaignWanted['waves'][number]
const waveOf = (percent: number): Wave => ({
  size: { percent },
  successPercent: 100,
  failuresAllowed: 0,
  waitMinutes: 10,
})

export const CampaignForm = ({ premises, onDone }: { premises: string; onDone: () => void }) => {
  const words = useWords(twinWords).firmware
  const { language } = useText()
  const { nameOf } = useDeviceTypes()
  const announce = useAnnounce()
  const client = useQueryClient()
  const navigate = useNavigate()
  const images = (useQuery(firmwareImagesQuery).data?.items ?? []).filter(({ state }) => state === 'ready')
  const [chosen, setChosen] = useState('')
  const [name, setName] = useState('')
  const [versions, setVersions] = useState('')
  const [waves, setWaves] = useState<Wave[]>([waveOf(10), waveOf(30), waveOf(100)])
  const image = images.find(({ id }) => id === chosen) ?? images[0]
  const title = name.trim() === '' ? (image?.version ?? '') : name.trim()
  const body: CampaignWanted = {
    name: { [language]: title },
    premises,
    image: image?.id ?? '',
    filter: {
      ...(image?.deviceType == null ? {} : { type: image.deviceType }),
      versions: versions
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    },
    waves,
  }
  const look = useMutation({
    mutationFn: () => sendJson<CampaignPreview>('POST', apiPath('/firmware/campaigns/preview'), body),
  })
  const create = useMutation({
    mutationFn: () => sendJson<CampaignShown>('POST', apiPath('/firmware/campaigns'), body),
    onSuccess: async (made) => {
      announce(words.created)
      await client.invalidateQueries({ queryKey: ['firmware', 'campaigns', premises] })
      onDone()
      if (made !== null) await navigate(withLanguage(`/firmware/${made.id}`, language))
    },
  })
  if (image === undefined) return <p>{words.noImages}</p>
  const error = create.error ?? look.error
  return (
    <Stack>
      <Row $end>
        <Select
          label={words.image}
          value={image.id}
          options={images.map(({ id, version, deviceType }) => ({
            value: id,
            text: deviceType === null ? version : `${version} – ${nameOf(deviceType)}`,
          }))}
          onChange={setChosen}
        />
        <TextInput labelText={words.name} value={name} onChange={(value) => setName(String(value ?? ''))} />
        <TextInput
          labelText={words.fromVersions}
          value={versions}
          onChange={(value) => setVersions(String(value ?? ''))}
        />
      </Row>
      <h3>{words.waves}</h3>
      {waves.map((wave, index) => (
        <WaveFields
          // Waves have no names of their own.
          // eslint-disable-next-line react/no-array-index-key
          key={index}
          title={words.wave(index + 1)}
          wave={wave}
          onChange={(changed) => setWaves(waves.map((one, at) => (at === index ? changed : one)))}
          {...(waves.length > 1 ? { remove: () => setWaves(waves.filter((_, at) => at !== index)) } : {})}
        />
      ))}
      <div>
        <Button variant="secondary" icon={<IconPlus />} onClick={() => setWaves([...waves, waveOf(100)])}>
          {words.addWave}
        </Button>
      </div>
      {error === null ? null : <Refusal error={error} />}
      {look.data == null ? null : (
        <InlineAlert status="neutral">
          <Stack $gap={1}>
            <p>{words.targets(look.data.targets.length)}</p>
            {look.data.leftOut.length === 0 ? null : (
              <>
                <p>{words.leftOut(look.data.leftOut.length)}</p>
                <ul>
                  {look.data.leftOut.slice(0, 20).map(({ device, deviceName, code }) => (
                    <li key={device}>
                      <Name names={deviceName} id={device} />: {words.leftOutCodes[code]}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </Stack>
        </InlineAlert>
      )}
      <Row>
        <Button onClick={() => create.mutate()} disabled={create.isPending}>
          {words.create}
        </Button>
        <Button variant="secondary" onClick={() => look.mutate()} disabled={look.isPending}>
          {words.preview}
        </Button>
      </Row>
    </Stack>
  )
}

type WaveProps = { title: string; wave: Wave; onChange: (wave: Wave) => void; remove?: () => void }
const WaveFields = ({ title, wave, onChange, remove }: WaveProps) => {
  const words = useWords(twinWords).firmware
  const percent = 'percent' in wave.size ? wave.size.percent : 100
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
      <legend>
        <strong>{title}</strong>
      </legend>
      <Row $end>
        <WholeField
          label={words.size}
          value={percent}
          least={1}
          most={100}
          onChange={(value) => onChange({ ...wave, size: { percent: value } })}
        />
        <WholeField
          label={words.success}
          value={wave.successPercent}
          least={0}
          most={100}
          onChange={(successPercent) => onChange({ ...wave, successPercent })}
        />
        <WholeField
          label={words.failures}
          value={wave.failuresAllowed}
          least={0}
          most={1000}
          onChange={(failuresAllowed) => onChange({ ...wave, failuresAllowed })}
        />
        <WholeField
          label={words.wait}
          value={wave.waitMinutes}
          least={0}
          most={43_200}
          onChange={(waitMinutes) => onChange({ ...wave, waitMinutes })}
        />
        {remove === undefined ? null : (
          <Button variant="secondaryNoBorder" onClick={remove}>
            {words.removeWave}
          </Button>
        )}
      </Row>
    </fieldset>
  )
}
