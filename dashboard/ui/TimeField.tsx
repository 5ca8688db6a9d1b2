// A time of day, or a day with its time, by the browser's own control.
import { OwnField } from './DateField.tsx'

type Props = {
  id: string
  label: string
  type: 'time' | 'datetime-local'
  value: string
  onChange: (value: string) => void
  error?: string | undefined
}
/** `value` is HH:MM, or YYYY-MM-DDTHH:MM, or empty. */
export const TimeField = ({ id, label, type, value, onChange, error }: Props) => (
  <OwnField>
    <label htmlFor={id}>{label}</label>
    <input
      id={id}
      type={type}
      value={value}
      aria-invalid={error !== undefined}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      onChange={(event) => onChange(event.target.value)}
    />
    {error === undefined ? null : <span id={`${id}-error`}>{error}</span>}
  </OwnField>
)
