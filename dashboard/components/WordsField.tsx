// A field for several lines of text, with its hint and what is wrong with it.
import { useId } from 'react'
import { styled } from 'styled-components'
import { Small } from '#dashboard/ui/Layout.tsx'

const Field = styled.div`
  display: flex;
  flex-direction: column;
  gap: 4px;
  max-width: 640px;
  label {
    font-weight: 600;
  }
  textarea {
    min-height: 96px;
    padding: 8px 12px;
    font: inherit;
    color: var(--ink);
    background: var(--surface);
    border: 1px solid var(--ink-soft);
    border-radius: 2px;
    resize: vertical;
  }
  textarea[aria-invalid='true'] {
    border: 2px solid var(--bad);
  }
  [role='alert'] {
    color: var(--bad);
    font-weight: 600;
  }
`
type Props = {
  label: string
  hint?: string
  value: string
  onChange: (value: string) => void
  /** Says what is wrong; null when nothing is. */
  error?: string | null
}
const MAX_LENGTH = 4000

export const WordsField = ({ label, hint, value, onChange, error = null }: Props) => {
  const [field, told, wrong] = [useId(), useId(), useId()]
  return (
    <Field>
      <label htmlFor={field}>{label}</label>
      {hint === undefined ? null : (
        <Small as="span" id={told}>
          {hint}
        </Small>
      )}
      <textarea
        id={field}
        value={value}
        maxLength={MAX_LENGTH}
        aria-describedby={[hint === undefined ? '' : told, error === null ? '' : wrong].join(' ').trim() || undefined}
        aria-invalid={error !== null}
        onChange={({ target }) => onChange(target.value)}
      />
      {error === null ? null : (
        <span id={wrong} role="alert">
          {error}
        </span>
      )}
    </Field>
  )
}
