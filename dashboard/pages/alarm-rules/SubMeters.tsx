// The sub-meters that a main meter is held against.
import { Checkbox, CheckboxGroup } from 'suomifi-ui-components'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { fieldId, MissingAt } from './fields.tsx'
import type { Choice } from './rule-choices.ts'

type Props = { meters: readonly Choice[]; chosen: readonly string[]; onChange: (chosen: string[]) => void }
export const SubMeters = ({ meters, chosen, onChange }: Props) => {
  const { form: words } = useWords(alarmWords)
  // A meter that is not seen any more stays, by its reference.
  const gone = chosen.filter((one) => !meters.some(({ value }) => value === one))
  return (
    <Stack $gap={0.5} id={fieldId('subs')} tabIndex={-1}>
      <CheckboxGroup labelText={words.subs}>
        {[...meters, ...gone.map((value) => ({ value, text: value }))].map(({ value, text }) => (
          <Checkbox
            key={value}
            checked={chosen.includes(value)}
            onClick={({ checkboxState }) =>
              onChange(checkboxState ? [...chosen, value] : chosen.filter((one) => one !== value))
            }
          >
            {text}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <MissingAt field="subs" />
    </Stack>
  )
}
