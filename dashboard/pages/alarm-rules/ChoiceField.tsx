// A choice with what is missing beside it; what is chosen and not on offer stays visible.
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { fieldId, MissingAt } from './fields.tsx'
import type { Choice } from './rule-choices.ts'

type Props = {
  field: string
  label: string
  value: string
  options: readonly Choice[]
  onChange: (value: string) => void
  /** What no choice is called; absent: something must be chosen. */
  empty?: string
}
export const ChoiceField = ({ field, label, value, options, onChange, empty }: Props) => {
  const { form: words } = useWords(alarmWords)
  const isKnown = value === '' || options.some((option) => option.value === value)
  return (
    <Stack $gap={0.5} id={fieldId(field)} tabIndex={-1}>
      <Select
        label={label}
        value={value}
        options={[{ value: '', text: empty ?? words.choose }, ...(isKnown ? [] : [{ value, text: value }]), ...options]}
        onChange={onChange}
      />
      <MissingAt field={field} />
    </Stack>
  )
}
