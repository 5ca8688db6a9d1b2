// A choice from a short list: the browser's own control, which every keyboard, phone and screen reader knows.
import { useId } from 'react'
import { styled } from 'styled-components'

const Field = styled.div`
  display: inline-flex;
  flex-direction: column;
  /* As the fields of the library have it, beside which it stands. */
  gap: 10px;
  min-width: 0;
  /* A long name among the options does not take the row. */
  max-width: min(100%, 440px);
  label {
    font-weight: 600;
  }
  select {
    min-height: 40px;
    max-width: 100%;
    padding: 0 32px 0 12px;
    text-overflow: ellipsis;
    color: var(--ink);
    background-color: var(--surface);
    border: 1px solid var(--ink-soft);
    border-radius: 2px;
  }
  @media (pointer: coarse), (max-width: 899px) {
    select {
      min-height: 44px;
    }
  }
`
type Props<T extends string> = {
  label: string
  /** Label for screen readers only. */
  quiet?: boolean
  value: T
  options: { value: T; text: string }[]
  onChange: (value: T) => void
}
export const Select = <T extends string>({ label, quiet = false, value, options, onChange }: Props<T>) => {
  const id = useId()
  return (
    <Field>
      {quiet ? null : <label htmlFor={id}>{label}</label>}
      <select
        id={id}
        aria-label={quiet ? label : undefined}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value)
          if (chosen !== undefined) onChange(chosen.value)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </Field>
  )
}
