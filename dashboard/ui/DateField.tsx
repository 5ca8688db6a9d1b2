// A day, by the browser's own control, which knows the reader's way of writing dates and every keyboard.
import { styled } from 'styled-components'

/** A field of the browser's own with its label above and what is wrong below. */
export const OwnField = styled.div`
  display: inline-flex;
  flex-direction: column;
  gap: 10px;
  max-width: 100%;
  label {
    font-weight: 600;
  }
  input {
    min-height: 40px;
    padding: 0 12px;
    color: var(--ink);
    background-color: var(--surface);
    border: 1px solid var(--ink-soft);
    border-radius: 2px;
  }
  input[aria-invalid='true'] {
    border: 2px solid var(--bad);
  }
  span {
    color: var(--bad);
    font-size: 14px;
    font-weight: 600;
  }
  @media (pointer: coarse), (max-width: 899px) {
    input {
      min-height: 44px;
    }
  }
`
type Props = { id: string; label: string; value: string; onChange: (value: string) => void; error?: string | undefined }
/** `value` is YYYY-MM-DD, or empty. */
export const DateField = ({ id, label, value, onChange, error }: Props) => (
  <OwnField>
    <label htmlFor={id}>{label}</label>
    <input
      id={id}
      type="date"
      value={value}
      aria-invalid={error !== undefined}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      onChange={(event) => onChange(event.target.value)}
    />
    {error === undefined ? null : <span id={`${id}-error`}>{error}</span>}
  </OwnField>
)
