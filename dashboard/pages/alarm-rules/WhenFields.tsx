// Months, weekdays and hours: when a rule watches, or when a house is open.
import { useId } from 'react'
import { styled } from 'styled-components'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { TimeField } from '#dashboard/ui/TimeField.tsx'
import { LOCALES, type Language } from '#domain/writing/language.ts'
import type { WhenDraft } from './rule-draft.ts'

const Ticks = styled.fieldset`
  display: flex;
  flex-wrap: wrap;
  gap: 0 16px;
  margin: 0;
  padding: 0;
  border: 0;
  legend {
    padding: 0;
    font-weight: 600;
  }
  label {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-height: 44px;
    cursor: pointer;
  }
  input {
    width: 20px;
    height: 20px;
    accent-color: var(--link);
  }
`
const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1)
const DAYS = [1, 2, 3, 4, 5, 6, 7]

type Props = { value: WhenDraft; onChange: (value: WhenDraft) => void; months?: boolean }
export const WhenFields = ({ value, onChange, months = false }: Props) => {
  const { form: words } = useWords(alarmWords)
  const { language } = useText()
  const id = useId()
  return (
    <Stack $gap={1}>
      {months ? (
        <Choices
          legend={words.months}
          all={MONTHS}
          nameOf={(n) => named(language, { month: 'short' }, Date.UTC(2026, n - 1, 15))}
          chosen={value.months}
          onChange={(chosen) => onChange({ ...value, months: chosen })}
        />
      ) : null}
      <Choices
        legend={words.days}
        all={DAYS}
        nameOf={(n) => named(language, { weekday: 'short' }, Date.UTC(2026, 5, n, 12))}
        chosen={value.days}
        onChange={(chosen) => onChange({ ...value, days: chosen })}
      />
      <Row $gap={2} $end>
        <TimeField
          id={`${id}-from`}
          label={words.from}
          type="time"
          value={value.from}
          onChange={(from) => onChange({ ...value, from })}
        />
        <TimeField
          id={`${id}-to`}
          label={words.to}
          type="time"
          value={value.to}
          onChange={(to) => onChange({ ...value, to })}
        />
      </Row>
      <Small>{words.always}</Small>
    </Stack>
  )
}

type ChoicesProps = {
  legend: string
  all: readonly number[]
  nameOf: (n: number) => string
  chosen: readonly number[]
  onChange: (chosen: number[]) => void
}
const Choices = ({ legend, all, nameOf, chosen, onChange }: ChoicesProps) => (
  <Ticks>
    <legend>{legend}</legend>
    {all.map((n) => (
      <label key={n}>
        <input
          type="checkbox"
          checked={chosen.includes(n)}
          onChange={() =>
            onChange(chosen.includes(n) ? chosen.filter((one) => one !== n) : [...chosen, n].toSorted((a, b) => a - b))
          }
        />
        {nameOf(n)}
      </label>
    ))}
  </Ticks>
)
const named = (language: Language, options: Intl.DateTimeFormatOptions, ms: number): string =>
  new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'UTC' }).format(ms)
