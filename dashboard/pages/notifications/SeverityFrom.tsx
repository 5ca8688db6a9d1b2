// From which severity on.
import type { SeverityWord } from '#contract/notifications.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Select } from '#dashboard/ui/Select.tsx'

const SEVERITIES: SeverityWord[] = ['info', 'warning', 'major', 'critical']

type Props = { label: string; value: SeverityWord; onChange: (severity: SeverityWord) => void }
export const SeverityFrom = ({ label, value, onChange }: Props) => {
  const { severities } = useWords(alarmWords)
  return (
    <Select
      label={label}
      value={value}
      options={SEVERITIES.map((severity) => ({ value: severity, text: severities[severity] }))}
      onChange={onChange}
    />
  )
}
