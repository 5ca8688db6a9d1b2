// Which device: a new one of a type of the library, or one that is listed.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { RadioButton, RadioButtonGroup } from 'suomifi-ui-components'
import type { DeviceSummary } from '#contract/devices.ts'
import { deviceListQuery } from '#dashboard/client/queries.ts'
import { useDeviceTypes } from '#dashboard/components/device-types.ts'
import { DeviceTypeField } from '#dashboard/components/DeviceTypeField.tsx'
import { installWords } from '#dashboard/text/install/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Select } from '#dashboard/ui/Select.tsx'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { LineField } from './fields.tsx'

export type Chosen = {
  isNew: boolean
  known: Pick<DeviceSummary, 'id' | 'name' | 'premises' | 'space'> | null
  type: string
  typeName: string
  name: string
  serial: string
}
export const NOTHING_CHOSEN: Chosen = { isNew: true, known: null, type: '', typeName: '', name: '', serial: '' }
const SHOWN = 50

type Props = {
  chosen: Chosen
  change: (chosen: Chosen) => void
  /** The label's premises: devices of others cannot have it. */
  premises: string | null
}
export const DeviceStep = ({ chosen, change, premises }: Props) => {
  const words = useWords(installWords)
  const { language } = useText()
  const [q, setQ] = useState('')
  const { nameOf } = useDeviceTypes()
  const narrowed = { ...(q === '' ? {} : { q }), ...(premises === null ? {} : { premises }) }
  const listed = useInfiniteQuery({ ...deviceListQuery(narrowed, SHOWN), enabled: !chosen.isNew })
  const devices = listed.data?.pages[0]?.items ?? []
  return (
    <Stack>
      <RadioButtonGroup
        name="which"
        labelText={words.device}
        labelMode="hidden"
        value={chosen.isNew ? 'new' : 'known'}
        onChange={(value) => change({ ...chosen, isNew: value === 'new', known: null })}
      >
        <RadioButton value="new" variant="large">
          {words.newDevice}
        </RadioButton>
        <RadioButton value="known" variant="large">
          {words.known}
        </RadioButton>
      </RadioButtonGroup>
      {chosen.isNew ? (
        <>
          <DeviceTypeField
            label={words.type}
            none={words.chooseType}
            value={chosen.type}
            onChange={(type) => change({ ...chosen, type, typeName: nameOf(type) })}
          />
          <LineField label={words.name} value={chosen.name} change={(name) => change({ ...chosen, name })} />
        </>
      ) : (
        <>
          <LineField label={words.search} value={q} change={setQ} />
          <Select
            label={words.known}
            value={chosen.known?.id ?? ''}
            options={[
              { value: '', text: words.needed.device },
              ...devices.map(({ id, name }) => ({ value: id, text: pickName(name, language, id).text })),
            ]}
            onChange={(id) => change({ ...chosen, known: devices.find((one) => one.id === id) ?? null })}
          />
        </>
      )}
      <LineField label={words.serial} value={chosen.serial} change={(serial) => change({ ...chosen, serial })} code />
    </Stack>
  )
}
