// A name in the three languages; a language that is left empty has none.
import { TextInput } from 'suomifi-ui-components'
import type { Names } from '#contract/common.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { FieldSet } from '#dashboard/ui/FieldSet.tsx'
import { Grid } from '#dashboard/ui/Layout.tsx'

const LANGUAGES = ['fi', 'sv', 'en'] as const
export type WrittenNames = Readonly<Record<(typeof LANGUAGES)[number], string>>
type Props = {
  value: WrittenNames
  onChange: (value: WrittenNames) => void
  legend?: string
  /** What is wrong with having no name at all. */ problem?: string | undefined
}

export const NamesFields = ({ value, onChange, legend, problem }: Props) => {
  const { names: words } = useWords(registryWords)
  return (
    <FieldSet legend={legend ?? words.title}>
      <Grid $min={240}>
        {LANGUAGES.map((language) => (
          <TextInput
            key={language}
            labelText={words[language]}
            value={value[language]}
            fullWidth
            {...(problem !== undefined && language === LANGUAGES[0] ? { status: 'error', statusText: problem } : {})}
            onChange={(written) => onChange({ ...value, [language]: String(written ?? '') })}
          />
        ))}
      </Grid>
    </FieldSet>
  )
}
export const writtenNames = (names: Names | null | undefined): WrittenNames => ({
  fi: names?.fi ?? '',
  sv: names?.sv ?? '',
  en: names?.en ?? '',
})
/** Null when no language has a name. */
export const namesOf = (written: WrittenNames): Names | null => {
  const given = LANGUAGES.flatMap((language) =>
    written[language].trim() === '' ? [] : [[language, written[language].trim()]],
  )
  return given.length === 0 ? null : (Object.fromEntries(given) as Names)
}
