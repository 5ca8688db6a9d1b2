// The small fields that a draft is made of: text, number, part of one, choice, each with its problem beside it.
import { useState, type ReactNode } from 'react'
import { Button, IconArrowUp, IconPlus, IconRemove, TextInput } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import { decimalToType, partOfPercent, percentOfPart, typedDecimal } from '#dashboard/format/typed.ts'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { fieldId, useProblemAt, type Choice } from './draft-context.ts'

/** A group of fields that belong together, with a line at its side that shows how deep it is nested. */
export const Nested = styled.fieldset`
  min-width: 0;
  margin: 0;
  padding: 0 0 0 16px;
  border: 0;
  border-left: 4px solid var(--line);
  legend {
    padding: 0;
    margin-bottom: 8px;
    font-weight: 600;
  }
  @media (max-width: 599px) {
    padding-left: 10px;
  }
`
const ProblemLine = styled.span`
  color: var(--bad);
  font-size: 14px;
  font-weight: 600;
`
/** What is wrong with a whole group. */
export const ProblemOf = ({ at }: { at: string }) => {
  const problem = useProblemAt(at)
  return problem === undefined ? null : <ProblemLine role="alert">{problem}</ProblemLine>
}

type FieldProps = {
  at: string
  label: string
  value: string
  onChange: (value: string) => void
  hint?: string
  width?: number
}
export const TextField = ({ at, label, value, onChange, hint, width }: FieldProps) => {
  const problem = useProblemAt(at)
  return (
    <TextInput
      id={fieldId(at)}
      labelText={label}
      value={value}
      onChange={(typed) => onChange(String(typed ?? ''))}
      {...(hint === undefined ? {} : { hintText: hint })}
      {...(width === undefined ? {} : { style: { width, maxWidth: '100%' } })}
      {...(problem === undefined ? {} : { status: 'error' as const, statusText: problem })}
    />
  )
}
/** A decimal: typed with comma or point, kept with a point. */
export const NumberField = ({ value, onChange, ...rest }: FieldProps) => {
  const { language } = useText()
  return (
    <TextField
      width={140}
      {...rest}
      value={decimalToType(value, language)}
      onChange={(typed) => onChange(typedDecimal(typed))}
    />
  )
}
/** A part of one, typed as per cent. What is half typed ("12,") stays as it is. */
export const PercentField = ({ value, onChange, ...rest }: FieldProps) => {
  const [typed, setTyped] = useState(percentOfPart(value))
  const shown = partOfPercent(typed) === value ? typed : percentOfPart(value)
  return (
    <NumberField
      {...rest}
      value={shown}
      onChange={(text) => {
        setTyped(text)
        onChange(partOfPercent(text))
      }}
    />
  )
}

type ChoiceProps = Omit<FieldProps, 'hint' | 'width'> & { options: readonly Choice[]; empty?: string; quiet?: boolean }
/** A choice; what is chosen and not on offer stays visible. `empty` is what no choice is called. */
export const ChoiceField = ({ at, label, value, onChange, options, empty, quiet = false }: ChoiceProps) => {
  const known = options.some((option) => option.value === value)
  return (
    <Stack $gap={0} id={fieldId(at)} style={{ maxWidth: 480 }}>
      <Select
        label={label}
        quiet={quiet}
        value={value}
        options={[
          ...(empty === undefined ? [] : [{ value: '', text: empty }]),
          ...(known || value === '' ? [] : [{ value, text: value }]),
          ...options,
        ]}
        onChange={onChange}
      />
      <ProblemOf at={at} />
    </Stack>
  )
}

/** Chooses one more: what is chosen goes to the list at once. */
export const AddChoice = ({
  label,
  options,
  onAdd,
}: {
  label: string
  options: readonly Choice[]
  onAdd: (value: string) => void
}) => {
  const words = useWords(agreementPages)
  return options.length === 0 ? null : (
    <div style={{ maxWidth: 480 }}>
      <Select
        label={label}
        value=""
        options={[{ value: '', text: words.choose }, ...options]}
        onChange={(value) => {
          if (value !== '') onAdd(value)
        }}
      />
    </div>
  )
}
export const AddButton = ({ onClick, children }: { onClick: () => void; children: ReactNode }) => (
  <div>
    <Button variant="secondaryNoBorder" icon={<IconPlus />} onClick={onClick}>
      {children}
    </Button>
  </div>
)
export const RemoveButton = ({ what, onClick }: { what: string; onClick: () => void }) => {
  const words = useWords(agreementPages)
  return (
    <Button variant="secondaryNoBorder" icon={<IconRemove />} aria-label={words.removeOf(what)} onClick={onClick}>
      {words.remove}
    </Button>
  )
}
export const UpButton = ({ what, onClick }: { what: string; onClick: () => void }) => {
  const words = useWords(agreementPages)
  return (
    <Button variant="secondaryNoBorder" icon={<IconArrowUp />} aria-label={words.upOf(what)} onClick={onClick}>
      {words.up}
    </Button>
  )
}
/** Members of a list as lines with a button each. */
export const Chips = ({ items, onRemove }: { items: readonly Choice[]; onRemove: (index: number) => void }) => (
  <Stack as="ul" $gap={0}>
    {items.map(({ value, text }, i) => (
      <li key={value}>
        <Row $gap={1}>
          <span>{text}</span>
          <RemoveButton what={text} onClick={() => onRemove(i)} />
        </Row>
      </li>
    ))}
  </Stack>
)
