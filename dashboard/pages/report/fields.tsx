// The big fields of the public page: choices as whole lines to touch, text, a photo.
import { useId, useState } from 'react'
import { styled } from 'styled-components'
import { reportWords } from '#dashboard/text/report/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { PhotoChooser, PhotoPicture } from '#dashboard/ui/PhotoPicture.tsx'
import { smallPhoto } from '#dashboard/ui/small-photo.ts'

export const Big = styled.div`
  max-width: 640px;
  font-size: 18px;
  line-height: 1.5;
  h1 {
    font-size: 32px;
    line-height: 1.2;
  }
  h2 {
    font-size: 24px;
    line-height: 1.25;
  }
  legend,
  .label {
    font-size: 20px;
    font-weight: 600;
    padding: 0;
  }
  .hint {
    font-size: 16px;
    color: var(--ink-soft);
  }
  .wrong {
    color: var(--bad);
    font-weight: 600;
  }
`
/** The one thing to do. */
export const SendButton = styled.button`
  width: 100%;
  min-height: 64px;
  padding: 8px 16px;
  border: 0;
  border-radius: 4px;
  font: inherit;
  font-size: 20px;
  font-weight: 600;
  color: var(--surface);
  background: var(--link);
  cursor: pointer;
  &:hover {
    background: var(--link-strong);
  }
  &:focus-visible {
    outline: 3px solid var(--ink);
    outline-offset: 2px;
  }
  &[aria-disabled='true'] {
    opacity: 0.75;
    cursor: progress;
  }
`
export const PlainButton = styled.button`
  min-height: 48px;
  padding: 8px 16px;
  border: 1px solid var(--link);
  border-radius: 4px;
  font: inherit;
  font-weight: 600;
  color: var(--link);
  background: var(--surface);
  cursor: pointer;
  &:focus-visible {
    outline: 3px solid var(--link);
    outline-offset: 2px;
  }
`
const Choices = styled.fieldset`
  margin: 0;
  padding: 0;
  border: 0;
  min-width: 0;
  > div {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr));
    gap: 8px;
    margin-top: 8px;
  }
  label {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 56px;
    padding: 8px 16px;
    border: 2px solid var(--line-strong);
    border-radius: 4px;
    background: var(--surface);
    cursor: pointer;
  }
  label:has(input:checked) {
    border-color: var(--link);
    background: var(--selected);
    font-weight: 600;
  }
  label:has(input:focus-visible) {
    outline: 3px solid var(--link);
    outline-offset: 2px;
  }
  input {
    width: 24px;
    height: 24px;
    flex: none;
    margin: 0;
    accent-color: var(--link);
  }
`
type ChoiceProps<T extends string> = {
  label: string
  value: T | null
  options: readonly { value: T; text: string }[]
  onChange: (value: T) => void
  wrong?: string | null
}
export const ChoiceField = <T extends string>({ label, value, options, onChange, wrong = null }: ChoiceProps<T>) => {
  const [name, told] = [useId(), useId()]
  return (
    <Choices aria-describedby={wrong === null ? undefined : told}>
      <legend>{label}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.text}</span>
          </label>
        ))}
      </div>
      {wrong === null ? null : (
        <p className="wrong" id={told} role="alert">
          {wrong}
        </p>
      )}
    </Choices>
  )
}

const Text = styled.div`
  display: flex;
  flex-direction: column;
  gap: 4px;
  textarea,
  input {
    width: 100%;
    padding: 12px;
    font: inherit;
    color: var(--ink);
    background: var(--surface);
    border: 1px solid var(--ink-soft);
    border-radius: 4px;
  }
  textarea {
    min-height: 112px;
    resize: vertical;
  }
`
type TextProps = {
  label: string
  hint: string
  value: string
  onChange: (value: string) => void
  maxLength: number
  rows?: boolean
}
export const TextField = ({ label, hint, value, onChange, maxLength, rows = false }: TextProps) => {
  const [field, told] = [useId(), useId()]
  const given = { id: field, value, maxLength, 'aria-describedby': told }
  return (
    <Text>
      <label className="label" htmlFor={field}>
        {label}
      </label>
      <span className="hint" id={told}>
        {hint}
      </span>
      {rows ? (
        <textarea {...given} onChange={({ target }) => onChange(target.value)} />
      ) : (
        <input type="text" autoComplete="off" {...given} onChange={({ target }) => onChange(target.value)} />
      )}
    </Text>
  )
}

const Photo = styled(PhotoChooser)`
  label {
    margin-top: 8px;
    border: 2px dashed var(--link);
    border-radius: 4px;
  }
`
export const PhotoField = ({ photo, onChange }: { photo: Blob | null; onChange: (photo: Blob | null) => void }) => {
  const words = useWords(reportWords)
  const [id, told] = [useId(), useId()]
  const [isRefused, setRefused] = useState(false)
  const take = async (file: File): Promise<void> => {
    try {
      onChange(await smallPhoto(file))
      setRefused(false)
    } catch {
      setRefused(true)
    }
  }
  return (
    <Photo>
      <Stack $gap={1}>
        <span className="label">{words.photo}</span>
        <span className="hint" id={told}>
          {words.photoHint}
        </span>
      </Stack>
      <input
        id={id}
        type="file"
        accept="image/*"
        capture="environment"
        aria-describedby={told}
        onChange={({ target }) => {
          const file = target.files?.[0]
          target.value = ''
          if (file !== undefined) void take(file)
        }}
      />
      <label htmlFor={id}>{words.takePhoto}</label>
      {isRefused ? (
        <p className="wrong" role="alert">
          {words.photoRefused}
        </p>
      ) : null}
      {photo === null ? null : (
        <Stack $gap={1}>
          <PhotoPicture photo={photo} label={words.photoAlt} />
          <PlainButton type="button" onClick={() => onChange(null)}>
            {words.removePhoto}
          </PlainButton>
        </Stack>
      )}
    </Photo>
  )
}
