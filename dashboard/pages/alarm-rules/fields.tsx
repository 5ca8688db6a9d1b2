// The small fields that a rule is typed in: text, number, length of time; each with what is missing beside it.
import { createContext, useContext } from 'react'
import { styled } from 'styled-components'
import { decimalToType } from '#dashboard/format/typed.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Small } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { UNITS, type Length, type Missing } from './rule-draft.ts'

/** What is missing, once somebody tried to go on. */
export const MissingContext = createContext<readonly Missing[]>([])
export const fieldId = (field: string): string => `rule-${field}`

/** Fields stand on one line, whether they have a hint or not. */
export const FIELDS = { alignItems: 'end' } as const

/** What is wrong at a field, in words; undefined where nothing is. */
export const useMissing = (field: string): string | undefined => {
  const { form } = useWords(alarmWords)
  const found = useContext(MissingContext).find((one) => one.field === field)
  return found === undefined ? undefined : form.needs[found.need]
}
const Wrong = styled.span`
  color: var(--bad);
  font-size: 14px;
  font-weight: 600;
`
const Line = styled.div`
  display: flex;
  flex-direction: column;
  gap: 4px;
  min-width: 0;
  max-width: 480px;
  label {
    font-weight: 600;
  }
  input {
    width: 100%;
    min-height: 40px;
    padding: 0 12px;
    color: var(--ink);
    background: var(--surface);
    border: 1px solid var(--ink-soft);
    border-radius: 2px;
  }
  input[aria-invalid='true'] {
    border: 2px solid var(--bad);
  }
  @media (pointer: coarse), (max-width: 899px) {
    input {
      min-height: 44px;
    }
  }
`
/** What is wrong with a choice or a group. */
export const MissingAt = ({ field }: { field: string }) => {
  const wrong = useMissing(field)
  return wrong === undefined ? null : (
    <Wrong id={`${fieldId(field)}-wrong`} role="alert">
      {wrong}
    </Wrong>
  )
}

type TextProps = { field: string; label: string; hint?: string; value: string; onChange: (value: string) => void }
export const TextField = ({
  field,
  label,
  hint,
  value,
  onChange,
  inputMode,
}: TextProps & { inputMode?: 'decimal' }) => {
  const wrong = useMissing(field)
  const id = fieldId(field)
  const about = [hint === undefined ? '' : `${id}-hint`, wrong === undefined ? '' : `${id}-wrong`].filter(Boolean)
  return (
    <Line>
      <label htmlFor={id}>{label}</label>
      {hint === undefined ? null : <Small id={`${id}-hint`}>{hint}</Small>}
      <input
        id={id}
        type="text"
        autoComplete="off"
        inputMode={inputMode}
        value={value}
        aria-invalid={wrong !== undefined}
        aria-describedby={about.length === 0 ? undefined : about.join(' ')}
        onChange={({ target }) => onChange(target.value)}
      />
      <MissingAt field={field} />
    </Line>
  )
}
/** A decimal, typed with comma or point. */
export const NumberField = ({ value, onChange, label, unit, ...rest }: TextProps & { unit?: string | null }) => {
  const { language } = useText()
  return (
    <TextField
      {...rest}
      inputMode="decimal"
      label={unit == null || unit === '' ? label : `${label} (${unit})`}
      value={decimalToType(value, language)}
      onChange={onChange}
    />
  )
}

type LengthProps = { field: string; label: string; hint?: string; value: Length; onChange: (value: Length) => void }
/** So many minutes, hours or days. */
export const LengthField = ({ field, label, hint, value, onChange }: LengthProps) => {
  const { form: words } = useWords(alarmWords)
  return (
    <div>
      <Row $gap={1} $end>
        <div style={{ flex: '0 1 200px', minWidth: 0 }}>
          <TextField
            field={field}
            label={label}
            value={value.count}
            onChange={(count) => onChange({ ...value, count })}
          />
        </div>
        <Select
          label={`${label}: ${words.unit}`}
          quiet
          value={value.unit}
          options={UNITS.map((unit) => ({ value: unit, text: words.units[unit] }))}
          onChange={(unit) => onChange({ ...value, unit })}
        />
      </Row>
      {hint === undefined ? null : <Small>{hint}</Small>}
    </div>
  )
}
