// Times in which something is being worked on and the rule raises nothing.
import { useId } from 'react'
import { Button, IconPlus, IconRemove } from 'suomifi-ui-components'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { fieldId, MissingAt, TextField } from './fields.tsx'
import type { MaintenanceDraft } from './rule-draft.ts'

type Props = { value: readonly MaintenanceDraft[]; onChange: (value: MaintenanceDraft[]) => void }
export const MaintenanceFields = ({ value, onChange }: Props) => {
  const { form: words } = useWords(alarmWords)
  const { format } = useText()
  const id = useId()
  const set = (at: number, part: Partial<MaintenanceDraft>) =>
    onChange(value.map((one, i) => (i === at ? { ...one, ...part } : one)))
  const said = ({ from, to }: MaintenanceDraft) =>
    [from, to].map((date) => (date === '' ? '' : format.date(date))).join('–')
  return (
    <Stack>
      <h3>{words.maintenance}</h3>
      {value.map((one, i) => (
        // eslint-disable-next-line react/no-array-index-key
        <Stack key={i} $gap={0.5} id={fieldId(`maintenance-${i}`)} tabIndex={-1}>
          <Row $gap={2} $end>
            <DateField
              id={`${id}-${i}-from`}
              label={words.first}
              value={one.from}
              onChange={(from) => set(i, { from })}
            />
            <DateField id={`${id}-${i}-to`} label={words.last} value={one.to} onChange={(to) => set(i, { to })} />
            <TextField
              field={`maintenance-${i}-reason`}
              label={words.why}
              value={one.reason}
              onChange={(reason) => set(i, { reason })}
            />
            <Button
              variant="secondaryNoBorder"
              icon={<IconRemove />}
              aria-label={words.removeMaintenance(said(one))}
              onClick={() => onChange(value.filter((_, at) => at !== i))}
            >
              {words.remove}
            </Button>
          </Row>
          <MissingAt field={`maintenance-${i}`} />
        </Stack>
      ))}
      <div>
        <Button
          variant="secondaryNoBorder"
          icon={<IconPlus />}
          onClick={() => onChange([...value, { from: '', to: '', reason: '' }])}
        >
          {words.addMaintenance}
        </Button>
      </div>
    </Stack>
  )
}
