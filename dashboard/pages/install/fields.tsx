// Fields and buttons of the technician's page: one column, high enough for a thumb.
import { useId } from 'react'
import { styled } from 'styled-components'

export const Column = styled.div`
  display: flex;
  flex-direction: column;
  gap: 24px;
  max-width: 520px;
  button,
  select,
  input[type='text'],
  input[type='search'] {
    min-height: 56px;
    font-size: 18px;
  }
  select {
    width: 100%;
  }
  label {
    font-weight: 600;
  }
`
const Field = styled.div`
  display: flex;
  flex-direction: column;
  gap: 4px;
  input,
  textarea {
    width: 100%;
    padding: 8px 12px;
    font: inherit;
    font-size: 18px;
    color: var(--ink);
    background: var(--surface);
    border: 1px solid var(--ink-soft);
    border-radius: 2px;
  }
  small {
    font-size: 14px;
    color: var(--ink-soft);
  }
`
type Props = { label: string; hint?: string; value: string; change: (value: string) => void; code?: boolean }
export const LineField = ({ label, hint, value, change, code = false }: Props) => {
  const [id, hintId] = [useId(), useId()]
  return (
    <Field>
      <label htmlFor={id}>{label}</label>
      {hint === undefined ? null : <small id={hintId}>{hint}</small>}
      <input
        id={id}
        type="text"
        value={value}
        aria-describedby={hint === undefined ? undefined : hintId}
        autoComplete="off"
        spellCheck={!code}
        {...(code ? { autoCapitalize: 'characters', lang: 'zxx' } : {})}
        onChange={(event) => change(event.target.value)}
      />
    </Field>
  )
}
export const NoteField = ({ label, value, change }: Omit<Props, 'hint' | 'code'>) => {
  const id = useId()
  return (
    <Field>
      <label htmlFor={id}>{label}</label>
      <textarea id={id} rows={3} value={value} maxLength={2000} onChange={(event) => change(event.target.value)} />
    </Field>
  )
}
