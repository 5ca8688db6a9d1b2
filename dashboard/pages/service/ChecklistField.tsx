// One item of a checklist: big buttons for yes and no, a number with its range, words, or a photo.
import { useId } from 'react'
import { styled } from 'styled-components'
import type { ChecklistItem } from '#contract/service.ts'
import { LineField, NoteField } from '#dashboard/pages/install/fields.tsx'
import { PhotoField } from '#dashboard/pages/install/PhotoField.tsx'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Small, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'

const Choice = styled.fieldset`
  border: 0;
  padding: 0;
  margin: 0;
  min-width: 0;
  legend {
    padding: 0 0 8px;
    font-weight: 600;
  }
  > div {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
  }
  input {
    position: absolute;
    opacity: 0;
    width: 1px;
    height: 1px;
  }
  span.option {
    position: relative;
  }
  label {
    display: flex;
    align-items: center;
    justify-content: center;
    min-height: 56px;
    border: 1px solid var(--ink-soft);
    border-radius: 2px;
    background: var(--surface);
    cursor: pointer;
  }
  input:checked + label {
    color: var(--link-strong);
    background: var(--selected);
    border: 3px solid var(--link);
  }
  input:focus-visible + label {
    outline: 3px solid var(--link);
    outline-offset: 2px;
  }
`
type Props = {
  item: ChecklistItem
  value: string
  change: (value: string) => void
  photo: Blob | null
  changePhoto: (photo: Blob | null) => void
  problem: 'needed' | 'wrong-number' | null
}
export const ChecklistField = ({ item, value, change, photo, changePhoto, problem }: Props) => {
  const words = useWords(serviceWords)
  const { format, language } = useText()
  const name = useId()
  const text = pickName(item.text, language, item.id).text
  const label = item.required ? text : `${text} (${words.optional})`
  const limit = (decimal: string) => format.withUnit(format.decimal(decimal), item.unit ?? null)
  const range =
    item.least !== undefined && item.most !== undefined
      ? words.range(format.decimal(item.least), limit(item.most))
      : item.least !== undefined
        ? words.rangeLeast(limit(item.least))
        : item.most !== undefined
          ? words.rangeMost(limit(item.most))
          : (item.unit ?? '')
  return (
    <Stack $gap={1}>
      {item.kind === 'yes-no' ? (
        <Choice>
          <legend>{label}</legend>
          <div>
            {(['yes', 'no'] as const).map((one) => (
              <span key={one} className="option">
                <input
                  type="radio"
                  id={`${name}-${one}`}
                  name={name}
                  value={one}
                  checked={value === one}
                  onChange={() => change(one)}
                />
                <label htmlFor={`${name}-${one}`}>{words[one]}</label>
              </span>
            ))}
          </div>
        </Choice>
      ) : item.kind === 'number' ? (
        <LineField label={label} {...(range === '' ? {} : { hint: range })} value={value} change={change} />
      ) : item.kind === 'text' ? (
        <NoteField label={label} value={value} change={change} />
      ) : (
        <>
          <strong>{label}</strong>
          <PhotoField photo={photo} change={changePhoto} />
        </>
      )}
      {problem === null ? null : (
        <Small as="p" role="alert">
          <strong>{problem === 'needed' ? words.needed : words.wrongNumber}</strong>
        </Small>
      )}
    </Stack>
  )
}
