// Which devices a rule watches: all of the premises, of a type, of a space, or one.
import { useState } from 'react'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Grid, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { ChoiceField } from './ChoiceField.tsx'
import { FIELDS, TextField } from './fields.tsx'
import { useDeviceChoices, useSpaceChoices, useTypeChoices } from './rule-choices.ts'
import type { RuleDraft } from './rule-draft.ts'

const TARGETS = ['premises', 'type', 'space', 'device'] as const
/** From so many devices on they are narrowed by words. */
const MANY = 25

type Target = RuleDraft['target']
type Props = { premises: string; target: Target; onChange: (target: Target) => void }
export const TargetFields = ({ premises, target, onChange }: Props) => {
  const { form: words } = useWords(alarmWords)
  const types = useTypeChoices(premises)
  const spaces = useSpaceChoices(premises)
  const set = (part: Partial<Target>) => onChange({ ...target, ...part })
  return (
    <Grid $min={280} style={FIELDS}>
      <div>
        <Select
          label={words.target}
          value={target.kind}
          options={TARGETS.map((value) => ({ value, text: words.targets[value] }))}
          onChange={(kind) => set({ kind })}
        />
      </div>
      {target.kind === 'type' ? (
        <ChoiceField
          field="target"
          label={words.type}
          value={target.type}
          options={types}
          onChange={(type) => set({ type })}
        />
      ) : target.kind === 'space' ? (
        <ChoiceField
          field="target"
          label={words.space}
          value={target.space}
          options={spaces}
          onChange={(space) => set({ space })}
        />
      ) : target.kind === 'device' ? (
        <DeviceField premises={premises} value={target.device} onChange={(device) => set({ device })} />
      ) : null}
    </Grid>
  )
}

type DeviceProps = { premises: string; value: string; onChange: (device: string) => void }
const DeviceField = ({ premises, value, onChange }: DeviceProps) => {
  const { form: words } = useWords(alarmWords)
  const { text } = useText()
  const [q, setQ] = useState('')
  const devices = useDeviceChoices(premises, q.trim())
  return (
    <Stack $gap={1}>
      {q !== '' || devices.length >= MANY ? (
        <TextField field="device-words" label={text.common.search} value={q} onChange={setQ} />
      ) : null}
      <ChoiceField field="target" label={words.device} value={value} options={devices} onChange={onChange} />
    </Stack>
  )
}
