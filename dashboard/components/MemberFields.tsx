// Fields for settings of a device or parameters of a command, by what the platform says of each.
import { TextInput } from 'suomifi-ui-components'
import type { FieldShown } from '#contract/twins.ts'
import { typedDecimal } from '#dashboard/format/typed.ts'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Row } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { wordOf } from '#domain/writing/word-of.ts'

/** What is written in each field, by key; empty: not given. */
export type Written = Readonly<Record<string, string>>
type Props = {
  fields: readonly FieldShown[]
  written: Written
  onChange: (written: Written) => void
  optional: boolean
}

export const MemberFields = ({ fields, written, onChange, optional }: Props) => {
  const words = useWords(twinWords).twin
  const { language, format } = useText()
  const set = (key: string) => (value: string) => onChange({ ...written, [key]: value })
  const none = { value: '', text: words.unchanged }
  return (
    <Row $gap={2} $end>
      {fields.map(({ key, name, kind, least, most, unit, options }) => {
        const value = written[key] ?? ''
        if (kind === 'boolean' || kind === 'choice') {
          const choices =
            kind === 'boolean'
              ? [
                  { value: 'true', text: words.yes },
                  { value: 'false', text: words.no },
                ]
              : options.map((one) => ({ value: one, text: wordOf(words.modes, one) }))
          return (
            <Select
              key={key}
              label={name[language]}
              value={value}
              options={optional || value === '' ? [none, ...choices] : choices}
              onChange={set(key)}
            />
          )
        }
        const range =
          least === null || most === null
            ? undefined
            : words.range(format.number(least, 0), format.number(most, 0), unit ?? '')
        return (
          <TextInput
            key={key}
            labelText={name[language]}
            {...(range === undefined ? {} : { hintText: range })}
            value={value}
            {...(kind === 'number' ? { inputMode: 'decimal' as const } : {})}
            onChange={(given) => set(key)(String(given ?? ''))}
          />
        )
      })}
    </Row>
  )
}

/** The members that are given, as the API takes them; a number may have a decimal comma. */
export const membersOf = (fields: readonly FieldShown[], written: Written): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap(({ key, kind }): [string, string | number | boolean][] => {
      const value = (written[key] ?? '').trim()
      if (value === '') return []
      if (kind === 'number') {
        const number = Number(typedDecimal(value))
        return [[key, Number.isFinite(number) ? number : value]]
      }
      return [[key, kind === 'boolean' ? value === 'true' : value]]
    }),
  )
